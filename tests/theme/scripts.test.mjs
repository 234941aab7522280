// What holds for all scripts: their layout, and that what they share is written once.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../themes/default/static/", import.meta.url);
const LIVE = new URL("../../src/serve/live/live.js", import.meta.url);
const names = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith(".js")).sort();
const read = (name) => readFileSync(new URL(name, FOLDER), "utf8");

test("no line is longer than 120 characters", () => {
  assert.ok(names.length > 15);
  for (const [name, text] of [...names.map((name) => [name, read(name)]), ["live.js", readFileSync(LIVE, "utf8")]]) {
    text.split("\n").forEach((line, at) => assert.ok(line.length <= 120, `${name}:${at + 1} has ${line.length} characters`));
  }
});

test("only sdkb.js keeps things on the device and makes elements, and theme.js, which runs before it", () => {
  for (const name of names) {
    if (!["sdkb.js", "theme.js"].includes(name)) assert.doesNotMatch(read(name), /localStorage|createElement\(/, name);
  }
});

test("sdkb.js loads each script of search", () => {
  const [, engine] = /const ENGINE = \[(.*?)\];/.exec(read("sdkb.js"));
  const loaded = [...engine.matchAll(/\w+/g)].map(([name]) => `search/${name}.js`);
  const views = ["search/palette.js", "search/results.js"];
  assert.deepEqual([...loaded, ...views].sort(), names.filter((name) => name.startsWith("search/")));
});
