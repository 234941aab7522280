// What a page takes for a variable: the same as `sdkb check`, by the programs that the two share.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInThisContext } from "node:vm";

const here = (path) => new URL(path, import.meta.url);

// A page with nothing to fill in.
globalThis.location = { search: "" };
globalThis.document = { querySelector: () => null, querySelectorAll: () => [] };
globalThis.sdkb = {};
runInThisContext(readFileSync(here("../../themes/default/static/fill.js"), "utf8"));
const { fits } = globalThis.sdkb;
const examples = JSON.parse(readFileSync(here("patterns.json"), "utf8"));

test("a page takes what the check takes", () => {
  assert.ok(examples.length > 15);
  for (const { pattern, program, takes, refuses } of examples) {
    for (const value of takes) assert.equal(fits(program, value), true, `${pattern} takes ${value}`);
    for (const value of refuses) assert.equal(fits(program, value), false, `${pattern} refuses ${value}`);
  }
});

test("patterns mean what the browser means by them, but for a dash in front", () => {
  for (const { pattern, takes, refuses } of examples) {
    const regex = new RegExp(`^(?:${pattern})$`, "u");
    for (const value of takes) assert.ok(regex.test(value), `${pattern} takes ${value}`);
    for (const value of refuses.filter((value) => !value.startsWith("-"))) assert.ok(!regex.test(value), `${pattern} refuses ${value}`);
  }
});

test("no value takes more steps than characters times states", () => {
  for (const pattern of ["([a-z0-9]+-?)+", "(a*)*b"]) {
    const { program } = examples.find((example) => example.pattern === pattern);
    let steps = 0;
    const counted = new Proxy(program, { get: (states, at) => (typeof at === "string" && /^\d+$/.test(at) ? (steps += 1) : 0, states[at]) });
    assert.equal(fits(counted, `${"a".repeat(500)}!`), false);
    // For each character, a state is looked at up to three times.
    assert.ok(steps > 500 && steps <= 3 * 502 * program.length, `${steps} steps`);
  }
});
