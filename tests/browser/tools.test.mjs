// What a reader does on a page: fill in values, copy commands, tick off steps, choose a priority, write a message.
//
// SITE names the built example site. How values are quoted is tried on a small site of its own, made with SDKB, and
// by running what was copied in a shell.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { start } from "./start.mjs";

const SITE = process.env.SITE;
assert.ok(SITE && existsSync(join(SITE, "index.html")), "SITE must name a built site");
const SDKB = process.env.SDKB ?? fileURLToPath(new URL("../../target/debug/sdkb", import.meta.url));

// One variable in every place that a shell reads in a way of its own.
const PLACES = `---
title: Places
variables:
  - { name: V, label: value }
  - { name: N, pattern: "[0-9]+", example: "7" }
---
\`\`\`sh
printf '%s' $V
\`\`\`
\`\`\`sh
printf '%s' --flag=\${V}
\`\`\`
\`\`\`sh
printf '%s' "a $V b"
\`\`\`
\`\`\`sh
printf '%s' 'a <v> b'
\`\`\`
\`\`\`sh
cat <<END
$V
END
\`\`\`
\`\`\`sh
cat <<'END'
$V
END
\`\`\`
\`\`\`sh
printf '%s' "$(printf '%s' "$V")"
\`\`\`
\`\`\`sh
printf '%s' 'up{pod="$V"}'
\`\`\`
\`\`\`sh
printf '%s' "{\\"pod\\": \\"$V\\"}"
\`\`\`
\`\`\`sh
printf '%s' "\${V#x}"
\`\`\`
\`\`\`console
$ printf '%s' <some-name>
what it printed
\`\`\`
\`\`\`sh
rm -rf /tmp/$N
\`\`\`
\`\`\`sh
printf '%s' "$N"
\`\`\`
\`\`\`sql
SELECT '$N', '\${V}', $1, <v> FROM "$NO" -- $N
\`\`\`

1. One
2. Two
   - [ ] Three

- [ ] Four
- [x] Four
`;

let browser;
let address;
let stop;
let folder;

before(async () => {
  ({ browser, address, stop } = await start(SITE));
  folder = mkdtempSync(join(tmpdir(), "tools-"));
  mkdirSync(join(folder, "runbooks"));
  writeFileSync(join(folder, "runbooks/places.md"), PLACES);
  execFileSync(SDKB, ["build", "--project", folder, "--out", join(folder, "out")], { stdio: "pipe" });
});

after(async () => {
  await stop?.();
  if (folder) rmSync(folder, { recursive: true });
});

/** A page that takes what it copies, and remembers what went wrong on it. */
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: "Europe/Berlin", ...options });
  const page = await context.newPage();
  const troubles = [];
  context.on("console", (message) => troubles.push(`console: ${message.text()}`));
  context.on("weberror", (error) => troubles.push(`error: ${error.error().message}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("file:")) troubles.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    const clipboard = { writeText: async (text) => { globalThis.copied = text; } };
    Object.defineProperty(navigator, "clipboard", { value: clipboard });
  });
  await page.goto(url);
  const close = async () => {
    assert.deepEqual(troubles, []);
    await context.close();
  };
  return { page, context, close, copied: () => page.evaluate(() => globalThis.copied) };
}

const over = { http: (path) => address + path, file: (path) => pathToFileURL(SITE).href + "/" + path };
const places = (query = "") => `${pathToFileURL(join(folder, "out/runbooks/places.html")).href}${query}`;
const run = (script) => execFileSync("bash", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const copy = (page, index) => page.locator("figure.code").nth(index).locator("button.copy");

for (const [name, at] of Object.entries(over)) {
  test(`from an alert's link to a filled command in two clicks, over ${name}`, async () => {
    const { page, close, copied } = await open(at("alerts/CertificateExpiresSoon.html?namespace=selling&instance=stalldesk.pennybarrow.example&name=stalldesk-tls&severity=page"));
    assert.match(await page.locator("[data-labels]").innerText(), /namespace\s*=?\s*selling/);
    // The first command is there already.
    await page.locator("figure.code button.copy").first().click();
    assert.match(await copied(), /^echo \| openssl s_client -connect "stalldesk\.pennybarrow\.example:443"[^]*-n "selling" get certificate "stalldesk-tls"/);
    // And in the runbook, which the labels go along to.
    await page.locator(".first-link a").click();
    assert.equal(await page.locator("h1").innerText(), "A certificate is about to lapse");
    await page.locator("figure.code button.copy").first().click();
    assert.match(await copied(), /"stalldesk\.pennybarrow\.example:443"[^]*"stalldesk-tls"/);
    assert.doesNotMatch(await copied(), /\$|Not filled/);
    await close();
  });

  test(`what a rule says in its annotation leads from a phone to the first filled command in one tap, over ${name}`, async () => {
    const project = fileURLToPath(new URL("../..", import.meta.url));
    const alerts = JSON.parse(execFileSync(SDKB, ["alerts", "--format", "json", "--project", project], { encoding: "utf8" }));
    const labels = { alertname: "PaymentDeclinesHigh", country: "DE" };
    const rule = alerts.find((alert) => alert.alert === labels.alertname).rules[0];
    // As Prometheus fills in annotations.
    const link = rule.runbook_url.replace(/\{\{\s*\$labels\.(\w+)[^}]*\}\}/g, (_, label) => encodeURIComponent(labels[label]));
    const path = link.replace("https://kb.pennybarrow.example/", "");
    assert.notEqual(path, link);
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, close, copied } = await open(at(path), phone);
    await page.locator("figure.code button.copy").first().tap();
    assert.match(await copied(), /country = 'DE' AND NOT approved/);
    assert.match(await page.locator("main").innerText(), /It fires when this has held for 10 min/);
    await close();
  });

  test(`steps are ticked off, kept, copied and reset, over ${name}`, async () => {
    const { page, context, close, copied } = await open(at("runbooks/checkout/CheckoutLatencyHigh.html"));
    const ticks = page.locator(".tick");
    const status = page.locator("[data-progress] [role=status]");
    await ticks.nth(1).check();
    assert.match(await status.innerText(), /^1 of \d+ done, last at \d\d:\d\d$/);
    await page.reload();
    assert.ok(await ticks.nth(1).isChecked());
    assert.ok(!await ticks.nth(0).isChecked());
    await page.getByRole("button", { name: "Copy for the channel" }).click();
    const log = await copied();
    assert.match(log, /^Checkout is slow\n\S+CheckoutLatencyHigh\.html\n\nDiagnosis\n\[ \] 1\. Is the pool empty\?/);
    assert.match(log, /\[x\] 2\. Who holds the connections\?[^\n]*\(\d\d:\d\d\)\n/);
    assert.doesNotMatch(log, /kubectl|Copy/);
    const again = await context.newPage();
    await again.goto(page.url());
    await again.getByRole("button", { name: "Start again" }).click();
    assert.match(await again.locator("[data-progress] [role=status]").innerText(), /Tick off/);
    if (name === "http") await page.waitForFunction(() => !document.querySelector(".tick:checked"));
    await again.getByRole("button", { name: "Undo" }).click();
    assert.ok(await again.locator(".tick").nth(1).isChecked());
    await close();
  });

  test(`a priority from impact and urgency by keyboard, over ${name}`, async () => {
    const { page, close } = await open(at("priorities/index.html"));
    await page.getByRole("radio", { name: "High" }).first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    const verdict = page.getByRole("status").filter({ hasText: "Respond in" });
    assert.match(await verdict.innerText(), /^P2, serious[^]*10 min[^]*Incident lead/);
    assert.equal(await page.locator("[data-cell].chosen").innerText(), "P2");
    assert.match(page.url(), /impact=medium&urgency=high/);
    await page.reload();
    assert.match(await verdict.innerText(), /^P2/);
    await verdict.getByRole("link", { name: "Status page: we are looking into it" }).click();
    await page.waitForLoadState();
    assert.equal(await page.getByLabel("Priority").inputValue(), "P2");
    await close();
  });

  test(`a message is filled in, checked and copied, over ${name}`, async () => {
    const { page, close, copied } = await open(at("comms-templates/customer-identified.html?service=Checkout&priority=P1&evil=%3Cimg%3E"));
    const message = page.locator("#_message");
    assert.equal(await page.locator("#_subject").innerText(), "Checkout: cause found");
    assert.match(await message.innerText(), /Next update for Checkout by \d\d:\d[05] UTC \(\d\d:\d[05] (CES?T|GMT\+[12])\)\./);
    await page.locator("[data-format=subject]").click();
    assert.equal(await copied(), "Checkout: cause found");
    const checks = page.locator("[data-checks]");
    assert.match(await checks.innerText(), /Impact is missing\s+Action is missing\s+Next update$/);
    await page.getByLabel(/^impact/).fill("Card payments <b>fail</b> & retry.");
    await page.getByLabel(/^cause/).fill("A bad release.");
    await page.getByLabel(/^action/).fill("We are rolling back.");
    await page.getByRole("button", { name: "Copy text" }).click();
    assert.match(await copied(), /\{\{ workaround \}\}/);
    assert.match(await page.locator("[data-format=plain]").innerText(), /without workaround/);
    await page.getByLabel(/^workaround/).fill("Pay later.");
    assert.doesNotMatch(await checks.innerText(), /missing/);
    await page.locator("[data-format=plain]").click();
    assert.match(await copied(), /^Card payments <b>fail<\/b> & retry\. A bad release\. We are rolling back\.\n\nWhat you can do: Pay later\.\n\n/);
    await page.locator("[data-format=slack]").click();
    assert.match(await copied(), /^Card payments &lt;b&gt;fail[^]*\n\n\*What you can do:\* Pay later/);
    await page.locator("[data-format=markdown]").click();
    assert.match(await copied(), /\n\n\*\*What you can do:\*\* Pay later/);
    assert.equal(await message.locator("b").count(), 0, "values are text");
    // What was written survives, and an own time is not replaced.
    await page.getByLabel(/^next_update/).fill("14:00 (15:00 CET)");
    await page.goto(at("comms-templates/customer-identified.html"));
    assert.match(await message.innerText(), /Pay later[^]*Checkout by 14:00 \(15:00 CET\)/);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.reload();
    assert.match(await message.innerText(), /\{\{ impact \}\}/);
    await close();
  });
}

test("values are quoted as a shell reads them, wherever they stand", async () => {
  const { page, close, copied } = await open(places());
  const field = page.locator("input[name=V]");
  for (const value of ["plain-1.x", "two words", "it's", "a\"b", "$HOME `id` \\ !x", "*;&|<>()#~", "'; rm -rf / #", "ünï 🐟"]) {
    await field.fill(value);
    const outputs = [value, `--flag=${value}`, `a ${value} b`, `a ${value} b`];
    for (const [index, output] of outputs.entries()) {
      await copy(page, index).click();
      assert.equal(run(await copied()), output, `${value} in block ${index}: ${await copied()}`);
    }
    // Here-documents take plain words, and nested quotes no history.
    const others = [[4, `${value}\n`, /^[\w.-]+$/], [5, `${value}\n`, /^[\w.-]+$/], [6, value, /^[^!]*$/]];
    for (const [index, output, taken] of others) {
      await copy(page, index).click();
      if (taken.test(value)) assert.equal(run(await copied()), output, value);
      else assert.match(await copied(), /^# Not filled in: V\n/, `${value} in block ${index}: ${await copied()}`);
    }
    const inner = value.replace(/[\\"]/g, "\\$&");
    await copy(page, 7).click();
    assert.equal(run(await copied()), `up{pod="${inner}"}`);
    await copy(page, 8).click();
    assert.equal(run(await copied()), `{"pod": "${inner}"}`);
  }
  // An operation on a variable needs the variable, and splits what is more than a word.
  await field.fill("x-1");
  await copy(page, 9).click();
  assert.equal(run(await copied()), "-1");
  await field.fill("x it's");
  const hint = page.locator("input[name=V] + .hint");
  assert.match(await hint.innerText(), /^Only letters, digits and .* can stand in one of the commands, because/);
  // Names keep their case, and what does not show is refused.
  await field.fill("a\u200bb");
  assert.match(await hint.innerText(), /does not show/);
  await close();
});

test("what is not filled in stops, and says so", async () => {
  const { page, close, copied } = await open(places());
  await copy(page, 2).click();
  assert.match(await copied(), /^# Not filled in: V\n/);
  const text = await copied();
  assert.throws(() => run(text), /not filled in/);
  assert.match(await copy(page, 2).innerText(), /without V/);
  assert.equal(await page.locator("input[name=V]").getAttribute("aria-invalid"), "true");
  // A placeholder that nobody declared has a field too.
  await page.getByLabel("some-name").fill("a b");
  await copy(page, 10).click();
  assert.equal(await copied(), "printf '%s' 'a b'");
  // A value that does not fit its pattern is not used.
  await page.locator("input[name=N]").fill("7; id");
  await copy(page, 12).click();
  assert.match(await copied(), /^# Not filled in: N\n/);
  assert.match(await page.locator("input[name=N] + .hint").innerText(), /does not look right. Like 7/);
  await page.locator("input[name=V]").fill("-rf");
  assert.match(await page.locator("input[name=V] + .hint").innerText(), /read as an option/);
  await close();
});

test("what destroys is copied at the second press, and only whole", async () => {
  const { page, close, copied } = await open(places());
  const figure = page.locator("figure.code").nth(11);
  const button = figure.locator("button.copy");
  assert.match(await figure.innerText(), /Destructive: rm -rf/);
  await button.click();
  assert.equal(await copied(), undefined);
  assert.equal(await page.evaluate(() => document.activeElement.name), "N", "the field that is missing");
  await page.keyboard.type("42");
  await page.keyboard.press("Enter");
  assert.notEqual(await page.evaluate(() => document.activeElement.name), "N");
  await button.click();
  assert.equal(await copied(), undefined);
  assert.match(await button.innerText(), /rm -rf: copy it\?/);
  await button.click();
  assert.equal(await copied(), undefined, "a double click is no second thought");
  await page.waitForTimeout(450);
  await button.click();
  assert.equal(await copied(), "rm -rf /tmp/42");
  // Turning away takes the first press back.
  await page.reload();
  await button.click();
  await page.keyboard.press("Escape");
  await page.waitForTimeout(450);
  await button.click();
  assert.equal(await copied(), undefined);
  await close();
});

test("code that is no shell's takes plain words", async () => {
  const { page, close, copied } = await open(places("?N=42&V=a-1"));
  const figure = page.locator("figure.code[data-lang=sql]");
  const written = `SELECT '42', 'a-1', $1, a-1 FROM "$NO" -- 42`;
  assert.equal((await figure.locator("code").innerText()).trim(), written);
  assert.ok(await figure.locator(".tok-k").count() > 0, "it keeps its colours");
  await figure.getByRole("button").click();
  assert.equal(await copied(), written);
  // What is more than letters, digits and the like could end the string that it stands in.
  await page.locator("input[name=V]").fill("a'b");
  await page.locator("input[name=N]").fill("");
  await figure.getByRole("button").click();
  assert.equal(await copied(), `SELECT '$N', '\${V}', $1, <v> FROM "$NO" -- $N`);
  assert.match(await figure.getByRole("button").innerText(), /without (N, V|V, N)/);
  assert.equal(await page.locator("figure.code").first().locator(".slot").innerText(), `'a'\\''b'`, "a shell can quote it");
  await close();
});

test("alerts without a runbook can be listed alone", async () => {
  writeFileSync(join(folder, "runbooks/disk.md"), "---\ntitle: Disk\nalerts: [DiskFull]\n---\nText.\n");
  mkdirSync(join(folder, "failure-modes"), { recursive: true });
  writeFileSync(join(folder, "failure-modes/net.md"), "---\ntitle: Net\ndetection: { alerts: [NetSlow, NetDown] }\n---\nText.\n");
  execFileSync(SDKB, ["build", "--project", folder, "--out", join(folder, "out"), "--allow-errors"], { stdio: "pipe" });
  const { page, close } = await open(pathToFileURL(join(folder, "out/alerts/index.html")).href);
  assert.equal(await page.locator(".row:visible").count(), 3);
  await page.getByRole("link", { name: "2 without a runbook" }).click();
  await page.getByText("2 of 3").waitFor();
  assert.deepEqual(await page.locator(".row:visible .row-title").allInnerTexts(), ["NetDown", "NetSlow"]);
  await close();
});

test("the address fills values, takes them, and is never markup", async () => {
  const evil = encodeURIComponent("<img src=x onerror=globalThis.broken=1>'\"");
  const { page, close } = await open(places(`?keep=1&var-value=${evil}&N=9`));
  assert.equal(await page.locator("input[name=V]").inputValue(), "<img src=x onerror=globalThis.broken=1>'\"");
  assert.equal(await page.locator("main img").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.broken), undefined);
  await page.locator("input[name=V]").fill("a b");
  const query = await page.evaluate(() => [...new URLSearchParams(location.search)]);
  assert.deepEqual(query, [["keep", "1"], ["V", "a b"], ["N", "9"]]);
  await page.goto(page.url());
  assert.equal(await page.locator("figure.code").first().locator(".slot").innerText(), "'a b'");
  // Alertmanager's form, and a value of two lines, which no field shows as it is.
  await page.goto(places(`?filter=${encodeURIComponent('{V="x\\"y", N!="3", N=~"4"}')}`));
  assert.equal(await page.locator("input[name=V]").inputValue(), 'x"y');
  assert.equal(await page.locator("input[name=N]").inputValue(), "");
  await page.goto(places("?V=a%0Arm"));
  assert.equal(await page.locator("input[name=V]").inputValue(), "");
  assert.match(await page.locator("input[name=V] + .hint").innerText(), /not one line/);
  const alert = await open(`${address}alerts/CertificateExpiresSoon.html?instance=${evil}`);
  assert.equal(await alert.page.locator("main img").count(), 0);
  assert.match(await alert.page.locator("[data-labels] dd").innerText(), /^<img/);
  await alert.close();
  await close();
});

test("a ticked step is known by its words", async () => {
  const { page, close } = await open(places());
  assert.equal(await page.locator(".tick").count(), 5);
  await page.locator(".tick").nth(0).check();
  await page.locator(".tick").nth(3).check();
  writeFileSync(join(folder, "runbooks/places.md"), PLACES.replace("1. One\n2. Two", "1. Zero\n2. One\n3. Two"));
  execFileSync(SDKB, ["build", "--project", folder, "--out", join(folder, "out")], { stdio: "pipe" });
  await page.reload();
  const done = await page.locator("li.done").allInnerTexts();
  assert.deepEqual(done.map((text) => text.trim()), ["One", "Four"]);
  await close();
});

test("an index is sorted, and the order stands in the address", async () => {
  const { page, close } = await open(over.http("runbooks/index.html"));
  const titles = () => page.locator("#_list .row:visible .row-title").allInnerTexts();
  const listed = await titles();
  await page.getByLabel("Sort by").selectOption("Title");
  const sorted = await titles();
  assert.deepEqual(sorted, listed.toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true })));
  assert.notDeepEqual(sorted, listed);
  await page.locator("select[name=priority]").selectOption("P1, critical");
  const narrowed = await titles();
  assert.ok(narrowed.length < listed.length);
  await page.goto(page.url());
  assert.deepEqual(await titles(), narrowed);
  assert.deepEqual(narrowed, sorted.filter((title) => narrowed.includes(title)));
  await page.getByRole("button", { name: "Clear" }).click();
  // The form is emptied after the click.
  await page.waitForFunction((count) => document.querySelectorAll("#_list .row:not([hidden])").length === count, listed.length);
  assert.deepEqual(await titles(), listed);
  await close();
});

test("keys lead around, and are explained and switched off in the help", async () => {
  const { page, close } = await open(over.file("runbooks/checkout/CheckoutLatencyHigh.html"));
  const focused = () => page.evaluate(() => document.activeElement.className || document.activeElement.name || document.activeElement.tagName);
  await page.keyboard.press("c");
  assert.match(await focused(), /copy/);
  await page.keyboard.press("v");
  assert.equal(await focused(), "PID");
  await page.keyboard.type("c?n");
  assert.equal(await page.locator("input[name=PID]").inputValue(), "c?n", "keys are letters while somebody types");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).focus();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.waitFor();
  assert.match(await help.innerText(), /Next command/);
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  assert.equal(await focused(), "keys", "the focus is where it was");
  await page.keyboard.press("n");
  await page.waitForURL(/runbooks\/(?!checkout\/CheckoutLatencyHigh)/);
  await page.keyboard.press("?");
  await help.getByRole("checkbox").uncheck();
  await help.getByRole("button", { name: "Close" }).click();
  const before = page.url();
  await page.keyboard.press("p");
  await page.keyboard.press("?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(page.url(), before);
  await close();
});

test("a device that keeps nothing still shows everything", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  for (const path of ["runbooks/checkout/CheckoutLatencyHigh.html", "comms-templates/customer-identified.html"]) {
    await page.goto(over.http(path));
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
  }
  await page.getByLabel(/^impact/).fill("x");
  await page.goto(over.http("runbooks/checkout/CheckoutLatencyHigh.html"));
  await page.locator(".tick").first().check();
  assert.match(await page.locator("[data-progress] [role=status]").innerText(), /^1 of/);
  assert.deepEqual(errors, []);
  await context.close();
});

test("without scripts the same is said in words", async () => {
  const { page, close } = await open(over.file("priorities/p1.html"), { javaScriptEnabled: false });
  assert.equal(await page.locator("[data-triage]").isVisible(), false);
  assert.equal(await page.locator(".matrix .here").innerText(), "P1");
  await page.goto(over.file("runbooks/checkout/CheckoutLatencyHigh.html"));
  assert.equal(await page.locator("[data-progress]").isVisible(), false);
  assert.equal(await page.locator("input[name=PID]").isVisible(), false);
  assert.match(await page.locator(".fill").innerText(), /PID Backend process id[^]*48213/);
  assert.match(await page.locator("figure[data-destructive]").innerText(), /Destructive/);
  await page.goto(over.file("comms-templates/customer-identified.html"));
  assert.match(await page.locator("#_message").innerText(), /\{\{ impact \}\}/);
  await close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in tools that are in use, in ${colorScheme}`, async () => {
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    const look = async (path, act) => {
      const { page, close } = await open(over.http(path), { colorScheme, bypassCSP: true });
      await act?.(page);
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      });
      assert.deepEqual(found, [], path);
      await close();
    };
    await look("alerts/CertificateExpiresSoon.html?namespace=selling&name=a%20b");
    await look("priorities/index.html?impact=high&urgency=low");
    await look("comms-templates/customer-identified.html?service=Checkout&priority=P1");
    await look("runbooks/index.html?sort=title&q=checkout");
    await look("runbooks/checkout/CheckoutLatencyHigh.html?PID=x", async (page) => {
      await page.locator(".tick").first().check();
      await page.locator("figure[data-destructive] .copy").click();
    });
    await look("runbooks/checkout/CheckoutLatencyHigh.html?PID=12", async (page) => {
      await page.locator("figure[data-destructive] .copy").click();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    });
  });
}
