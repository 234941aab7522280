// No value leaves its place in a command that was copied.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { attack } from "./attack.mjs";
import { fuzz, random } from "./fuzz.mjs";

const table = JSON.parse(readFileSync(new URL("places.json", import.meta.url), "utf8"));
const SCRIPTS = ["bash script", "zsh script"];
const TYPED = ["bash typed", "zsh typed"];

/** The number of combinations is that of the environment, or one that takes a minute. */
const COMBINATIONS = Number(process.env.COMBINATIONS ?? 10_000);

const none = (escapes) => assert.deepEqual(escapes, []);

for (const [shells, share] of [[SCRIPTS, 0.1], [TYPED, 0.03]]) {
  test(`no value of the table leaves a place of the table, in ${shells.join(" and ")}`, () => {
    const dice = random(COMBINATIONS);
    const blocks = table.blocks.map(({ language = "sh", code }) => ({ language, code }));
    const found = attack(blocks, () => table.values.filter(() => dice.next() < share), shells);
    none(found.escapes);
    assert.ok(found.takes.any > 50 && found.takes.word > 150 && found.takes.number > 5, JSON.stringify(found.takes));
    assert.ok(found.runs > 200, `${found.runs} texts ran`);
  });
}

test(`no value leaves random commands, in ${COMBINATIONS} combinations`, () => {
  const scripts = fuzz({ combinations: COMBINATIONS, seed: 1, shells: SCRIPTS });
  none(scripts.escapes);
  const typed = fuzz({ combinations: COMBINATIONS / 5, seed: 2, shells: TYPED });
  none(typed.escapes);
  assert.ok(scripts.runs > COMBINATIONS / 5, `${scripts.runs} texts ran`);
});

test("an escape would be found", () => {
  // The script of the page is what keeps this value in its place; without its quotes the marker runs.
  const { escapes } = attack([{ language: "sh", code: "ls $V" }], () => ["x; touch HIT"], SCRIPTS, ({ text }) => text.replaceAll("'", ""));
  assert.equal(escapes.length, 2);
});
