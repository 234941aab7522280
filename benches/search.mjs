// What a search costs in a browser: bytes that travel, compressed as a host would, and time until results are shown.
//
//   node benches/search.mjs SITE [QUERY ...]
//
// SITE is a built site, best a large one (`cargo bench --bench build -- 10000 --keep FOLDER` leaves one). Needs what
// the browser tests need: run `tests/run` once, or `npm --prefix tests/browser ci`.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const require = createRequire(new URL("../tests/browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [site, ...asked] = process.argv.slice(2);
if (!site) throw new Error("name the folder of a built site");
const queries = asked.length ? asked : ["latency", "checkout database", "error budget", "CheckoutLatencyHigh", "restrat"];

let files = 0;
let bytes = 0;
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(request.url.split("?")[0]));
  try {
    const body = gzipSync(readFileSync(join(site, path)));
    if (path.startsWith("/search/")) {
      files += 1;
      bytes += body.length;
    }
    response.writeHead(200, { "content-encoding": "gzip", "content-type": types[path.split(".").pop()] ?? "text/plain" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
const address = `http://127.0.0.1:${server.address().port}/search.html`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

/** Milliseconds from a query to what is found for it. */
const ask = (page, query) => page.evaluate((text) => new Promise((done) => {
  const field = document.querySelector("form[data-search] [name=q]");
  const count = document.getElementById("_count");
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => {
    const start = performance.now();
    const watch = new MutationObserver(() => {
      if (!count.textContent) return;
      watch.disconnect();
      done(performance.now() - start);
    });
    watch.observe(count, { childList: true, characterData: true, subtree: true });
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, 200);
}), query);

const median = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
console.log("query                          first: files       KB       ms   again: ms (median of 9)");
for (const query of queries) {
  // A page that has seen nothing.
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  [files, bytes] = [0, 0];
  const first = await ask(page, query);
  const [loaded, size] = [files, bytes];
  const again = [];
  for (let round = 0; round < 9; round += 1) again.push(await ask(page, query));
  console.log(`${query.padEnd(30)} ${String(loaded).padStart(12)} ${(size / 1000).toFixed(1).padStart(8)} ${first.toFixed(0).padStart(8)} ${median(again).toFixed(1).padStart(11)}`);
  await page.context().close();
}
await browser.close();
server.close();
