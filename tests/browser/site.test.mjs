// The example site in a real browser: as readers get it, over http and from the disk.
//
// SITE names the folder of the built site. Every check fails on anything in the console, which is where
// violations of the content security policy show.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { start } from "./start.mjs";

const SITE = process.env.SITE;
assert.ok(SITE && existsSync(join(SITE, "index.html")), "SITE must name a built site");

// One page of each type.
const PAGES = [
  "index.html",
  "alerts/index.html",
  "alerts/CheckoutLatencyHigh.html",
  "services/index.html",
  "services/checkout.html",
  "squads/payments.html",
  "runbooks/index.html",
  "runbooks/checkout/CheckoutLatencyHigh.html",
  "runbooks/checkout/index.html",
  "failure-modes/buy/checkout-pool-exhaustion.html",
  "incidents/2025-10-12-checkout-pool-exhausted.html",
  "incidents/2026-11-20-labels-ireland.html",
  "comms-templates/customer-identified.html",
  "priorities/p1.html",
  "ceremonies/chaos-day-2026-09.html",
  "readiness/labels-silver.html",
  "handbook/glossary.html",
  "404.html",
];

let browser;
let address;
let stop;

before(async () => {
  ({ browser, address, stop } = await start(SITE));
});

after(async () => {
  await stop?.();
});

/** A fresh page that remembers what went wrong on it. */
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => troubles.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("file:")) {
      troubles.push(`request: ${request.url()}`);
    }
  });
  await page.goto(url);
  return { page, troubles, close: () => context.close() };
}

const over = { http: (path) => address + path, file: (path) => pathToFileURL(join(SITE, path)).href };

for (const [name, at] of Object.entries(over)) {
  test(`every page type is quiet over ${name}`, async () => {
    // Hosts show 404.html at any address, so it needs one.
    for (const path of PAGES.filter((path) => path !== "404.html" || name === "http")) {
      const { page, troubles, close } = await open(at(path));
      assert.deepEqual(troubles, [], path);
      assert.ok(await page.title(), path);
      const styled = await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("margin-top"));
      assert.equal(styled, "0px", `${path} has no stylesheet`);
      await close();
    }
  });
}

test("no page is wider than a phone", async () => {
  for (const path of PAGES) {
    for (const width of [360, 390, 768]) {
      const { page, close } = await open(over.http(path), { viewport: { width, height: 800 } });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} is ${wide} wide at ${width}`);
      await close();
    }
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in ${colorScheme}`, async () => {
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    for (const path of PAGES) {
      // The policy lets no foreign script in, and the test is one.
      const { page, close } = await open(over.http(path), { colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      });
      assert.deepEqual(found, [], path);
      await close();
    }
  });
}

test("a filter narrows the list and stays in the address", async () => {
  const { page, troubles, close } = await open(over.file("runbooks/index.html"));
  const shown = () => page.locator("main li:visible a[href$='.html']", { hasText: "Checkout" }).count();
  const all = await page.locator("main li:visible").count();
  await page.locator("main input[type=search]").fill("checkout is slow");
  await page.waitForFunction((all) => [...document.querySelectorAll("main li")].filter((li) => li.checkVisibility()).length < all, all);
  assert.ok((await shown()) >= 1);
  assert.match(page.url(), /\?.*checkout/);
  await page.goto(page.url());
  assert.ok((await page.locator("main li:visible").count()) < all, "the address keeps the filter");
  assert.deepEqual(troubles, []);
  await close();
});

test("a copied command leaves out prompts and output", async () => {
  const { page, troubles, close } = await open(address + "runbooks/checkout/CheckoutLatencyHigh.html", {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const figure = page.locator("figure.code").first();
  await figure.getByRole("button", { name: /copy/i }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^kubectl /);
  assert.doesNotMatch(copied, /^\$ /m);
  assert.deepEqual(troubles, []);
  await close();
});

test("everything can be read and reached without scripts", async () => {
  const { page, close } = await open(over.file("index.html"), { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Alerts", exact: true }).first().click();
  await page.getByRole("link", { name: "CheckoutLatencyHigh", exact: true }).first().click();
  await page.getByRole("link", { name: /Checkout is slow/ }).first().click();
  assert.equal(await page.locator("h1").innerText(), "Checkout is slow");
  await close();
});

test("the skip link leads to the content", async () => {
  const { page, close } = await open(over.file("services/checkout.html"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "MAIN");
  await close();
});

test("an alias leads to its document", async () => {
  const { page, close } = await open(over.file("services/seller-portal.html"));
  await page.waitForURL(/services\/(?!seller-portal)/);
  assert.ok(await page.locator("h1").innerText());
  await close();
});
