// `sdkb watch` in a real browser, as an author uses it. SDKB names the program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { start } from "./start.mjs";

const SDKB = process.env.SDKB;
assert.ok(SDKB, "SDKB must name the program");
const EXAMPLE = resolve(import.meta.dirname, "../..");

const RUNBOOK = "content/runbooks/checkout/CheckoutLatencyHigh.md";
const PAGE = "runbooks/checkout/CheckoutLatencyHigh.html";

let browser;
let stop;
let folder;
let child;
let address;
let page;

/** Waits until `check`, which runs in the page, says yes. */
const until = (check, argument) => page.waitForFunction(check, argument, { timeout: 15_000 });

const panel = (text) => until(
  (wanted) => document.querySelector("sdkb-panel")?.shadowRoot.querySelector(".panel")?.textContent.includes(wanted),
  text,
);
const says = (text) => until((wanted) => document.body.textContent.includes(wanted), text);

const read = (path) => readFileSync(join(folder, path), "utf8");
const write = (path, text) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const edit = (path, from, to) => {
  const text = read(path);
  assert.ok(text.includes(from), `${path} does not hold ${from}`);
  write(path, text.replace(from, to));
};

before(async () => {
  ({ browser, stop } = await start("/nowhere"));
});

after(async () => {
  await stop?.();
});

beforeEach(async (context) => {
  folder = mkdtempSync(join(tmpdir(), "sdkb-watch-"));
  for (const part of ["content", "sdkb.yml"]) cpSync(join(EXAMPLE, part), join(folder, part), { recursive: true });
  child = spawn(SDKB, ["watch", "--port", "0", "--project", folder], { stdio: ["ignore", "ignore", "pipe"] });
  address = await new Promise((found, fail) => {
    let said = "";
    child.stderr.on("data", (data) => {
      said += data;
      const line = /http:\/\/\S+/.exec(said);
      if (line) found(line[0]);
    });
    child.on("exit", () => fail(new Error(`it ended: ${said}`)));
  });
  page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const troubles = [];
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  context.after(async () => {
    await page.close();
    child.removeAllListeners("exit");
    child.kill();
    rmSync(folder, { recursive: true, force: true });
    // A page that is not there, or can't be shown, is told in the console by the browser itself.
    assert.deepEqual(troubles.filter((text) => !/status of (404|500)/.test(text)), []);
  });
});

const visit = async (url) => {
  await page.goto(address + url);
  await until(() => document.querySelector("sdkb-panel")?.dataset.shown);
};

test("what is written shows where it is read, and nothing moves", async () => {
  await visit(PAGE);
  await page.evaluate(() => {
    Object.defineProperty(globalThis, "isTheSamePage", { value: true });
    document.querySelector("#diagnosis").scrollIntoView({ behavior: "instant" });
  });
  const top = () => page.evaluate(() => document.querySelector("#diagnosis").getBoundingClientRect().top);
  const before = await top();
  // Above what is read, so that the page grows there.
  edit(RUNBOOK, "## Meaning\n", "## Meaning\n\nA first new paragraph.\n\nA second new paragraph.\n");
  await says("A second new paragraph.");
  assert.ok(Math.abs(await top() - before) < 2, `the text moved from ${before} to ${await top()}`);
  assert.ok(await page.evaluate(() => globalThis.isTheSamePage), "the page was loaded anew");
});

test("what a reader opened, typed and sees stays", async () => {
  write("content/handbook/form.md", "# Form\n\n<details><summary>More</summary>\n\nInside.\n\n</details>\n\nEnd.\n");
  await visit("handbook/form.html");
  await page.locator("summary", { hasText: "More" }).click();
  edit("content/handbook/form.md", "End.", "The end.");
  await says("The end.");
  assert.ok(await page.locator("details").evaluate((details) => details.open));
  await visit("runbooks/index.html");
  const field = page.locator("form[data-filter] input[type=search]");
  await field.fill("latency");
  const count = await page.locator("#_list .row:visible").count();
  edit(RUNBOOK, "title: ", "title: Changed ");
  await until(() => [...document.querySelectorAll(".row")].some((row) => row.textContent.includes("Changed ")));
  await until(() => document.querySelector("form[data-filter] input[type=search]").value === "latency");
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  assert.equal(await page.locator("#_list .row:visible").count(), count);
  // The scripts of the page take care of what is new.
  await field.fill("zzzz");
  assert.equal(await page.locator("#_list .row:visible").count(), 0);
});

test("code can be copied after a swap, once", async () => {
  await visit(PAGE);
  const buttons = await page.locator("figure.code .copy").count();
  edit(RUNBOOK, "## Meaning\n", "## Meaning\n\nSomething new.\n");
  await says("Something new.");
  await until((count) => document.querySelectorAll("figure.code .copy").length === count, buttons);
  await page.keyboard.press("/");
  await page.waitForSelector("dialog[open]");
  assert.equal(await page.locator("dialog[open]").count(), 1);
});

test("a broken reference is found with its place, and gone when fixed", async () => {
  await visit(PAGE);
  await panel("No findings");
  edit(RUNBOOK, "services: [", "services: [nosuch, ");
  await panel("no service nosuch");
  const place = page.locator("sdkb-panel .place").first();
  assert.match(await place.textContent(), /CheckoutLatencyHigh\.md:\d+:\d+$/);
  assert.match(await place.getAttribute("href"), /^vscode:\/\/file\/.*CheckoutLatencyHigh\.md:\d+:\d+$/);
  assert.ok(await place.isVisible(), "an error opens the panel");
  edit(RUNBOOK, "nosuch, ", "");
  await panel("No findings");
  assert.ok(!(await place.isVisible()), "and it closes when that is fixed");
});

test("a deleted service shows on the pages that referred to it", async () => {
  await visit(PAGE);
  const service = read("content/services/checkout.md");
  rmSync(join(folder, "content/services/checkout.md"));
  await panel("no service checkout");
  await page.goto(`${address}services/checkout.html`);
  await says("There is no page");
  write("content/services/checkout.md", service);
  // The page comes back by itself.
  await until(() => document.querySelector("h1")?.textContent.includes("Checkout"));
  await panel("No findings");
});

test("front matter that can't be read leaves the page as it was", async () => {
  await visit(PAGE);
  const title = await page.locator("h1").textContent();
  edit(RUNBOOK, "services: [", "services: [[");
  await panel("this page is as it was before");
  assert.equal(await page.locator("h1").textContent(), title);
  await page.reload();
  await panel("this page is as it was before");
  assert.equal(await page.locator("h1").textContent(), title);
});

test("a stylesheet is exchanged without loading the page anew", async () => {
  await visit(PAGE);
  await page.evaluate(() => { Object.defineProperty(globalThis, "isTheSamePage", { value: true }); });
  const sheets = await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").length);
  write("themes/default/static/sdkb.css", "body { background: rgb(1, 2, 3) }");
  await until(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
  assert.ok(await page.evaluate(() => globalThis.isTheSamePage));
  await until((count) => document.querySelectorAll("link[rel=stylesheet]").length === count, sheets);
  rmSync(join(folder, "themes"), { recursive: true });
  await until(() => getComputedStyle(document.body).backgroundColor !== "rgb(1, 2, 3)");
});

test("a template that fails is shown with its line, until it is fixed", async () => {
  await visit(PAGE);
  write("themes/default/templates/kinds/runbook.html", "{% extends \"document.html\" %}\n{% block lead %}{{ page.nosuch }}{% endblock %}");
  await says("themes/default/templates/kinds/runbook.html:2");
  await panel("nosuch");
  rmSync(join(folder, "themes"), { recursive: true });
  await until(() => document.querySelector("#diagnosis"));
});

test("a tab that was hidden catches up", async () => {
  await visit(PAGE);
  const hide = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
    dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await hide(true);
  edit(RUNBOOK, "## Meaning\n", "## Meaning\n\nWritten in the dark.\n");
  await page.waitForTimeout(400);
  assert.ok(!(await page.textContent("body")).includes("Written in the dark."));
  await hide(false);
  await says("Written in the dark.");
});
