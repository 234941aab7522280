// Search in a real browser, from the disk and over http. SITE names the folder of the built example site.
//
// Some checks need a document with markup in its text, so they work on a copy of the site in which one has it.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { start } from "./start.mjs";

const SITE = process.env.SITE;
assert.ok(SITE && existsSync(join(SITE, "search.html")), "SITE must name a built site with search");

const MARKUP = '<img src=x onerror="globalThis.broken=1"><script>globalThis.broken=1</script>';

let browser;
let address;
let stop;
let copy;

before(async () => {
  // The text of one document becomes markup, and so does a title among those that are jumped to.
  copy = mkdtempSync(join(tmpdir(), "search-"));
  cpSync(SITE, copy, { recursive: true });
  const files = readdirSync(join(copy, "search"));
  const change = (name, change) => {
    const path = join(copy, "search", name);
    const text = readFileSync(path, "utf8");
    const start = text.indexOf(",") + 1;
    const data = JSON.parse(text.slice(start, text.lastIndexOf(")")));
    change(data);
    writeFileSync(path, `${text.slice(0, start)}${JSON.stringify(data)});\n`);
  };
  for (const name of files.filter((name) => name.startsWith("d"))) {
    change(name, (data) => {
      for (const document of Object.values(data)) {
        document[1] = `${MARKUP} ${document[1]}`;
        for (const section of document[2]) {
          section[1] &&= `${MARKUP} ${section[1]}`;
          section[2] = section[2].replaceAll("pool", `pool ${MARKUP}`);
        }
      }
    });
  }
  for (const name of files.filter((name) => name.startsWith("j"))) {
    change(name, (data) => { data.titles = data.titles.replaceAll("Checkout", `${MARKUP} Checkout`); });
  }

  ({ browser, address, stop } = await start(SITE));
});

after(async () => {
  await stop?.();
  if (copy) rmSync(copy, { recursive: true });
});

/** A fresh page that remembers what went wrong on it. */
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles = [];
  context.on("console", (message) => troubles.push(`console: ${message.text()}`));
  context.on("weberror", (error) => troubles.push(`error: ${error.error().message}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("file:")) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, context, troubles, close: () => context.close() };
}

const folder = (path) => `${pathToFileURL(path).href}/`;
const over = { http: (path) => address + path, file: (path) => folder(SITE) + path };
const dialog = "dialog.palette";
const options = `${dialog} [role=option]`;
const selected = `${dialog} [aria-selected=true]`;

/** Types into the palette and waits for what the words find. */
async function ask(page, query) {
  await page.locator(`${dialog} input`).fill(query);
  await page.waitForFunction((place) => {
    const status = document.querySelector(`${place} [role=status]`).textContent;
    return status && status !== "Searching…";
  }, dialog);
}

for (const [name, at] of Object.entries(over)) {
  test(`the palette opens by keys and by its button, and closes, over ${name}`, async () => {
    const { page, troubles, close } = await open(at("services/checkout.html"));
    for (const key of ["/", "Control+k", "Meta+k"]) {
      await page.keyboard.press(key);
      await page.locator(dialog).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox");
      await page.keyboard.press("Escape");
      assert.ok(await page.locator(dialog).isHidden());
    }
    await page.getByRole("button", { name: "Search" }).click();
    await page.locator(dialog).waitFor();
    await ask(page, "checkout slow");
    assert.match(await page.locator(selected).innerText(), /Checkout is slow/);
    assert.ok((await page.locator(`${dialog} mark`).count()) > 0);
    await page.getByRole("button", { name: "Close" }).click();
    assert.ok(await page.locator(dialog).isHidden());
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`Enter opens what is found, over ${name}`, async () => {
    const { page, troubles, close } = await open(at("runbooks/checkout/index.html"));
    await page.keyboard.press("/");
    await ask(page, "CheckoutLatencyHigh");
    await page.keyboard.press("Enter");
    await page.waitForURL(/runbooks\/checkout\/CheckoutLatencyHigh\.html$/);
    assert.equal(await page.locator("h1").innerText(), "Checkout is slow");
    assert.deepEqual(troubles, []);
    await close();
  });
}

test("arrows move, and the field says where", async () => {
  const { page, context, troubles, close } = await open(over.http("index.html"));
  await page.keyboard.press("/");
  await ask(page, "disk");
  const field = page.locator(`${dialog} input`);
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  const first = await page.locator(selected).getAttribute("id");
  assert.equal(await field.getAttribute("aria-activedescendant"), first);
  await page.keyboard.press("ArrowDown");
  const second = await page.locator(selected).getAttribute("id");
  assert.notEqual(second, first);
  assert.equal(await field.getAttribute("aria-activedescendant"), second);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.locator(selected).getAttribute("id"), await page.locator(options).last().getAttribute("id"), "round the corner");
  await page.keyboard.press("ArrowDown");
  const [fresh] = await Promise.all([context.waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await fresh.waitForLoadState();
  assert.match(fresh.url(), /OrdersDbDiskFilling|disk/i);
  assert.ok(await page.locator(dialog).isVisible(), "the first tab stays as it is");
  assert.deepEqual(troubles, []);
  await close();
});

test("a slash in a field is a slash", async () => {
  const { page, close } = await open(over.http("runbooks/index.html"));
  await page.locator("main input[type=search]").first().press("/");
  assert.equal(await page.locator(dialog).count(), 0);
  await close();
});

test("what was looked for before is offered again", async () => {
  const { page, close } = await open(over.http("index.html"));
  await page.keyboard.press("/");
  await ask(page, "certificate");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.href.endsWith("index.html"));
  await page.keyboard.press("/");
  assert.equal(await page.locator(options).first().innerText(), "certificate");
  await close();
});

test("where nothing fits, there is still somewhere to go", async () => {
  const { page, troubles, close } = await open(over.file("index.html"));
  await page.keyboard.press("/");
  await ask(page, "zzzqqqzzz");
  assert.match(await page.locator(`${dialog} [role=status]`).innerText(), /Nothing found/);
  const links = await page.locator(options).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(links.includes("alerts/index.html") && links.includes("squads/index.html"), links.join(" "));
  assert.deepEqual(troubles, []);
  await close();
});

test("the palette keeps its size", async () => {
  const { page, close } = await open(over.http("index.html"));
  await page.keyboard.press("/");
  const before = await page.locator(dialog).boundingBox();
  await ask(page, "c");
  assert.deepEqual(await page.locator(dialog).boundingBox(), before);
  await ask(page, "checkout latency");
  assert.deepEqual(await page.locator(dialog).boundingBox(), before);
  await close();
});

test("the field of the home page leads to the palette", async () => {
  const { page, troubles, close } = await open(over.http("index.html"));
  await page.locator("main input[type=search]").focus();
  await page.keyboard.type("disk");
  await page.waitForSelector(selected);
  assert.equal(await page.locator(`${dialog} input`).inputValue(), "disk");
  assert.deepEqual(troubles, []);
  await close();
});

for (const [name, at] of Object.entries(over)) {
  test(`the page of results keeps to its address over ${name}`, async () => {
    const { page, troubles, close } = await open(at("search.html?q=disk"));
    const results = page.locator("#_found > li");
    await results.first().waitFor();
    const all = await results.count();
    assert.ok((await page.locator("#_found mark").count()) > 0);
    assert.match(await page.locator("#_count").innerText(), /^\d+ documents?$/);
    await page.getByRole("button", { name: /^Runbook/ }).click();
    await page.waitForFunction((all) => document.querySelectorAll("#_found > li").length < all, all);
    assert.match(page.url(), /kind(:|%3A)runbook/);
    await page.goto(page.url());
    await results.first().waitFor();
    const button = page.getByRole("button", { name: /^Runbook/ });
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await button.click();
    await page.waitForFunction((all) => document.querySelectorAll("#_found > li").length === all, all);
    assert.match(page.url(), /\?q=disk$/);
    const link = page.locator("#_found .names a").first();
    const href = await link.getAttribute("href");
    await link.click();
    assert.ok(page.url().endsWith(href) && href.includes("#"));
    assert.deepEqual(troubles, []);
    await close();
  });
}

test("more results come on request", async () => {
  const { page, troubles, close } = await open(over.http("search.html?q=checkout"));
  const results = page.locator("#_found > li");
  await results.first().waitFor();
  assert.equal(await results.count(), 10);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#_found > li").length > 10);
  assert.deepEqual(troubles, []);
  await close();
});

test("the form of the page works with the address alone", async () => {
  const { page, troubles, close } = await open(over.http("search.html"));
  await page.getByRole("searchbox").fill("orders database");
  await page.keyboard.press("Enter");
  await page.locator("#_found > li").first().waitFor();
  assert.match(page.url(), /q=orders/);
  assert.deepEqual(troubles, []);
  await close();
});

test("markup in a document stays text", async () => {
  const { page, troubles, close } = await open(`${folder(copy)}search.html?q=pool`);
  await page.locator("#_found > li").first().waitFor();
  assert.match(await page.locator("#_found").innerText(), /<img src=x onerror=/);
  assert.equal(await page.locator("#_found :is(img, script)").count(), 0);
  await page.goto(`${folder(copy)}index.html`);
  await page.keyboard.press("/");
  for (const query of ["pool", "checkout", "chekcoutzz", MARKUP]) {
    await ask(page, query);
    assert.equal(await page.locator(`${dialog} :is(img, script)`).count(), 0, query);
  }
  assert.equal(await page.evaluate(() => globalThis.broken), undefined);
  assert.deepEqual(troubles, []);
  await close();
});

test("an index that cannot be read is said so", async () => {
  const { page, context, close } = await open(over.http("index.html"));
  await context.route(`${address}search/**`, (route) => route.abort());
  await page.keyboard.press("/");
  await ask(page, "disk");
  assert.match(await page.locator(`${dialog} [role=status]`).innerText(), /could not be loaded/);
  assert.ok((await page.locator(options).count()) > 3);
  await close();
});

test("without scripts there are lists", async () => {
  const { page, close } = await open(over.file("services/checkout.html"), { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Search" }).click();
  await page.locator("main").getByRole("link", { name: "Alerts", exact: true }).waitFor();
  assert.ok(await page.locator("main").getByRole("link", { name: "Runbooks", exact: true }).isVisible());
  assert.ok(await page.locator("noscript p").isVisible());
  assert.ok(await page.locator("form").isHidden());
  await close();
});

test("nothing is wider than a phone, and fingers can hit it", async () => {
  for (const width of [360, 390]) {
    const { page, close } = await open(over.http("search.html?q=checkout"), { viewport: { width, height: 780 }, hasTouch: true, isMobile: true });
    await page.locator("#_found > li").first().waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `the page at ${width}`);
    await page.locator("summary").click();
    for (const button of await page.locator("main button:visible, .search-open").all()) {
      assert.ok((await button.boundingBox()).height >= 44, await button.innerText());
    }
    await page.goto(over.http("index.html"));
    await page.locator(".search-open").tap();
    await ask(page, "checkout");
    const wide = await page.evaluate((place) => document.querySelector(place).scrollWidth, dialog);
    assert.ok(wide <= width, `the palette is ${wide} wide at ${width}`);
    for (const target of await page.locator(`${options}, ${dialog} :is(button, input)`).all()) {
      assert.ok((await target.boundingBox()).height >= 44, await target.innerText());
    }
    await close();
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in ${colorScheme}`, async () => {
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    const look = async (page, what) => {
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      });
      assert.deepEqual(found, [], what);
    };
    // The policy lets no foreign script in, and the test is one.
    const { page, close } = await open(over.http("index.html"), { colorScheme, bypassCSP: true });
    await page.keyboard.press("/");
    await look(page, "the empty palette");
    for (const query of ["checkout", "zzzqqqzzz"]) {
      await ask(page, query);
      await look(page, `the palette with ${query}`);
    }
    for (const path of ["search.html", "search.html?q=checkout kind:runbook", "search.html?q=zzzqqqzzz"]) {
      await page.goto(over.http(path));
      if (path.includes("q=")) await page.waitForFunction(() => document.getElementById("_count").textContent);
      await look(page, path);
    }
    await close();
  });
}
