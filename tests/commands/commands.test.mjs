// No value leaves its place in a command that was copied.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { add, attack, nothing } from "./attack.mjs";
import { fuzz, random, summary } from "./fuzz.mjs";
import { takesAll } from "./fields.mjs";
import { SDKB, pages } from "./page.mjs";
import { variables } from "./report.mjs";
import { run } from "./run.mjs";

const table = JSON.parse(readFileSync(new URL("places.json", import.meta.url), "utf8"));
const SCRIPTS = ["bash script", "zsh script"];
const TYPED = ["bash typed", "zsh typed"];

/** The number of combinations is that of the environment, or one that takes a minute. */
const COMBINATIONS = Number(process.env.COMBINATIONS ?? 10_000);

const none = (escapes) => assert.deepEqual(escapes, []);
const progress = (all) => console.error(summary(all));

for (const [shells, share] of [[SCRIPTS, 0.1], [TYPED, 0.03]]) {
  test(`no value of the table leaves a place of the table, in ${shells.join(" and ")}`, () => {
    const dice = random(COMBINATIONS);
    const blocks = table.blocks.map(({ language = "sh", code }) => ({ language, code }));
    const all = nothing();
    for (let at = 0; at < blocks.length; at += 80) {
      add(all, attack(blocks.slice(at, at + 80), () => table.values.filter(() => dice.next() < share), shells));
      progress(all);
    }
    none(all.escapes);
    assert.ok(all.takes.any > 50 && all.takes.word > 150 && all.takes.number > 5, JSON.stringify(all.takes));
    assert.ok(all.runs > 400, `${all.runs} texts ran`);
  });
}

test(`no value leaves random commands, in ${COMBINATIONS} combinations`, async () => {
  const scripts = await fuzz({ combinations: COMBINATIONS, seed: 1, shells: SCRIPTS, progress });
  none(scripts.escapes);
  const typed = await fuzz({ combinations: COMBINATIONS / 5, seed: 2, shells: TYPED, progress });
  none(typed.escapes);
  assert.ok(scripts.taken > COMBINATIONS / 4, `${scripts.taken} values were taken`);
  assert.ok(scripts.takes.any > scripts.takes.word / 3, `${scripts.takes.any} places take any value`);
});

test("of ten variables of the example, nine take all that their patterns allow", () => {
  const folder = mkdtempSync(join(tmpdir(), "example-"));
  try {
    execFileSync(SDKB, ["build", "--project", fileURLToPath(new URL("../..", import.meta.url)), "--out", join(folder, "site")], { stdio: "ignore" });
    const declared = variables(pages(join(folder, "site")).filter(({ name }) => name.startsWith("runbooks/")));
    const refusing = declared.filter(({ why }) => why);
    assert.ok(declared.length > 30, `${declared.length} variables`);
    assert.ok(refusing.length <= declared.length / 10, JSON.stringify(refusing, null, 1));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a field that its commands do not take whole is known as one", () => {
  const word = { name: "V", written: "$V", first: "-" };
  // `[a-z]-?`, `[a ]`, `-?a`, and anything.
  const patterns = [[[1, 97, 122], [2, 3], [3, 45, 45], []], [[1, 97, 97, 32, 32], []], [[1, 2], [2, 45, 45], [3, 97, 97], []], [[1, 32, 0x10ffff], [0, 2], []]];
  const takes = (place, hasDash = false) => patterns.map((states) => takesAll({ states, hasDash }, { ...word, ...place }));
  assert.deepEqual(takes({}), [true, false, false, false]);
  assert.deepEqual(takes({}, true), [true, false, true, false]);
  assert.deepEqual(takes({ takes: "any" }), [true, true, false, true]);
  assert.deepEqual(takes({ not: "z" }), [false, false, false, false]);
  assert.deepEqual(takes({ end: "E" }), [true, false, false, false]);
  assert.deepEqual(takes({ end: "qa" }), [false, false, false, false]);
});

test("an escape would be found", () => {
  // The script of the page is what keeps this value in its place; without its quotes the marker runs.
  const { escapes } = attack([{ language: "sh", code: "ls $V" }], () => ["x; touch HIT"], SCRIPTS, ({ text }) => text.replaceAll("'", ""));
  assert.equal(escapes.length, 2);
});

test("a text that hangs, or kills what runs it, takes no other with it", () => {
  const texts = ["ls first", "kill -9 $PPID $$", "ls last", "touch HIT"];
  const found = run(texts, "bash script");
  assert.deepEqual(found.map(({ calls, hit, hasEnded }) => [calls.length, hit, hasEnded]), [[1, false, true], [0, false, false], [1, false, true], [0, true, true]]);
});
