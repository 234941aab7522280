// How good the search is: asks the page of results of a built site in a real browser what people ask, and counts how
// far up stands what they wanted.
//
//     node tests/search/golden.mjs SITE [--apart] [--json FILE] [--gate FILE]... FILE...
//
// SITE is the folder of a built site; it is opened from the disk. Each FILE is a list of { query, wanted, sort }, where
// `wanted` are the addresses, relative to the site and without anchors, of which one has to be found. Printed are the
// queries that do not find it first, and for each sort of query and for all: success at 1, success at 3, and the mean
// reciprocal rank; "offered" is success at 3 if also the names count that the page offers where it has found nothing.
// Only what the page shows at first counts, so what is behind its "Show more" has not been found. A file with --gate
// fails the run (1) if its success at 3 is below 0.95. Anything that says that the measurement itself is broken ends it
// with 2.
//
// The queries are typed one after the other into a few pages, each of which is emptied before; with --apart each query
// is an address of its own, which is slower and must give the same. --json writes all answers to a file. npm ci in
// tests/browser brings what this needs.

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { chromium } = createRequire(new URL("../browser/package.json", import.meta.url))("playwright-core");

const GATE = 0.95;
const AT_ONCE = 4;
const PATIENCE = 15_000;
const SORTS = ["alert", "part", "typo", "symptom", "error", "filter", "phrase", "accent", "metric", "id", "comms", "process"];

class Broken extends Error {}

// Where the page is asked, where it says that it is done, and where it puts its results: the link to the document stands
// in the item itself, those to its sections in a list below. Names that it offers where it has found nothing stand in
// lists, without such a link; they are no results.
const FIELD = "form[data-search] [name=q]";
const STATUS = "#_count";
const RESULTS = "#_found > li:has(> a[href])";
const OFFERS = "#_found > li:not(:has(> a[href]))";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    gate: { type: "string", multiple: true, default: [] },
    apart: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const [folder, ...plain] = positionals;
const files = [...plain.map((file) => ({ file, gate: false })), ...values.gate.map((file) => ({ file, gate: true }))];

/** The entries of a file, which must name pages of the site. */
function load(file, site) {
  const entries = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(entries) || !entries.length) throw new Broken(`${file}: no queries`);
  const asked = new Set();
  for (const { query, wanted, sort } of entries) {
    if (typeof query !== "string" || !query.trim()) throw new Broken(`${file}: an entry without a query`);
    const at = `${file}: ${JSON.stringify(query)}`;
    if (asked.has(query)) throw new Broken(`${at} is there twice`);
    asked.add(query);
    if (!SORTS.includes(sort)) throw new Broken(`${at} is of no known sort`);
    if (!Array.isArray(wanted) || !wanted.length) throw new Broken(`${at} wants nothing`);
    for (const url of wanted) {
      if (!existsSync(join(site, url)) || !statSync(join(site, url)).isFile()) {
        throw new Broken(`${at} wants ${url}, which the site does not have`);
      }
    }
  }
  return entries;
}

/** An address of the site, without anchor or query, or nothing if it is somewhere else. */
function address(href, base) {
  const url = new URL(href);
  url.hash = "";
  url.search = "";
  if (!url.href.startsWith(base)) return undefined;
  const path = decodeURIComponent(url.href.slice(base.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/** A page of results, and what goes wrong on it. */
async function open(context, base) {
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") troubles.push(message.text()); });
  await page.goto(`${base}search.html`);
  return { page, troubles };
}

/** What the site answers: the addresses of its results in order, and what it offers instead if there are none. */
async function ask({ page, troubles }, base, query) {
  const said = (wanted) => page.waitForFunction(
    ([status, some]) => Boolean(document.querySelector(status)?.textContent.trim()) === some,
    [STATUS, wanted],
    { timeout: PATIENCE },
  ).catch(() => { throw new Broken(`no answer to ${JSON.stringify(query)}: ${troubles.join("; ") || "nothing in the console"}`); });
  if (values.apart) await page.goto(`${base}search.html?q=${encodeURIComponent(query)}`);
  else {
    // An empty field empties the page, so that what is read next can only be the answer to this.
    await page.fill(FIELD, "");
    await said(false);
    await page.fill(FIELD, query);
  }
  await said(true);
  const [field, found, offered, text] = await page.evaluate(([box, results, offers, status]) => [
    document.querySelector(box).value,
    [...document.querySelectorAll(results)].map((item) => item.querySelector("a[href]").href),
    [...document.querySelectorAll(`${offers} a[href]`)].map((link) => link.href),
    document.querySelector(status).textContent.trim(),
  ], [FIELD, RESULTS, OFFERS, STATUS]);
  if (field !== query) troubles.push(`the field holds ${JSON.stringify(field)}`);
  if (/could not be loaded/.test(text)) troubles.push(text);
  if (troubles.length) throw new Broken(`${JSON.stringify(query)}: ${troubles.join("; ")}`);
  const tidy = (hrefs) => [...new Set(hrefs.map((href) => address(href, base)).filter(Boolean))];
  return { found: tidy(found), offered: tidy(offered), text };
}

/** Asks all, on a few pages at a time. */
async function askAll(context, base, entries) {
  const answers = new Array(entries.length);
  let next = 0;
  const worker = async () => {
    const page = await open(context, base);
    while (next < entries.length) {
      const at = next;
      next += 1;
      const { query, wanted, sort } = entries[at];
      const { found, offered, text } = await ask(page, base, query);
      const rank = found.findIndex((url) => wanted.includes(url)) + 1;
      const near = !found.length && offered.slice(0, 3).some((url) => wanted.includes(url));
      answers[at] = { query, wanted, sort, found, offered, text, rank, near };
    }
    await page.page.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function measure(answers) {
  return {
    count: answers.length,
    first: mean(answers.map(({ rank }) => (rank === 1 ? 1 : 0))),
    three: mean(answers.map(({ rank }) => (rank >= 1 && rank <= 3 ? 1 : 0))),
    reciprocal: mean(answers.map(({ rank }) => (rank ? 1 / rank : 0))),
    near: mean(answers.map(({ near, rank }) => (near || (rank >= 1 && rank <= 3) ? 1 : 0))),
  };
}

function report(name, answers) {
  console.log(`\n${name}\n`);
  const misses = answers.filter(({ rank }) => rank !== 1).sort((one, other) => (other.rank || Infinity) - (one.rank || Infinity) || 0);
  for (const { query, sort, wanted, found, offered, text, rank } of misses) {
    const place = rank || (found.length ? "none" : "empty");
    console.log(`${String(place).padStart(5)}  ${query}  (${sort})`);
    console.log(`       wanted ${wanted.join(", ")}`);
    if (found.length) console.log(`       found  ${found.slice(0, 3).join(", ")}`);
    else console.log(`       offers ${offered.slice(0, 3).join(", ") || "nothing"} (${text})`);
  }
  const row = (label, { count, first, three, reciprocal, near }) => console.log([
    label.padEnd(9), String(count).padStart(5), ...[first, three, reciprocal, near].map((number) => number.toFixed(3).padStart(7)),
  ].join(" "));
  console.log(`\nsort      count    at 1    at 3     MRR offered`);
  for (const sort of SORTS) {
    const some = answers.filter((answer) => answer.sort === sort);
    if (some.length) row(sort, measure(some));
  }
  const all = measure(answers);
  row("all", all);
  return all;
}

async function main() {
  if (!folder || !files.length) throw new Broken("usage: node tests/search/golden.mjs SITE [--apart] [--json FILE] [--gate FILE]... FILE...");
  const site = resolve(folder);
  if (!existsSync(join(site, "search.html"))) throw new Broken(`${folder} has no search.html`);
  const loaded = files.map(({ file, gate }) => ({ file, gate, entries: load(file, site) }));
  const base = `${pathToFileURL(site).href}/`;
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const low = [];
  const all = [];
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    for (const { file, gate, entries } of loaded) {
      const answers = await askAll(context, base, entries);
      all.push({ file, answers });
      const { three } = report(file, answers);
      if (gate && three < GATE) low.push(`${file}: success at 3 is ${three.toFixed(3)}, below ${GATE}`);
    }
  } finally {
    await browser.close();
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  if (low.length) {
    console.error(`\n${low.join("\n")}`);
    process.exitCode = 1;
  }
}

main().catch((error) => {
  console.error(error instanceof Broken ? error.message : error);
  process.exitCode = 2;
});
