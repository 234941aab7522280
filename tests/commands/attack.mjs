// Puts hostile values into blocks, and runs what would be copied.

import { build, copied, slots } from "./page.mjs";
import { SHELLS, escape, run } from "./run.mjs";

const HARMLESS = "harmless1";

/** Texts that run at once, in one shell. */
const BATCH = 400;

/** Tries values in every place of the blocks. Returns the escapes, and what there was to try. `change` is for a test of this. */
export function attack(blocks, valuesOf, shells = Object.keys(SHELLS), change = ({ text }) => text) {
  const figures = build(blocks);
  if (figures.length !== blocks.length) throw new Error(`${figures.length} blocks on the pages instead of ${blocks.length}`);
  const takes = { any: 0, word: 0, number: 0 };
  const jobs = [];
  let combinations = 0;
  figures.forEach((figure, index) => {
    for (const place of slots(figure)) takes[place.takes ?? "word"] += 1;
    for (const value of valuesOf(index)) {
      combinations += 1;
      const { text: written, taken } = copied(figure, () => value);
      if (taken === 0) continue;
      const text = change({ text: written });
      // Where only some places take the value, the others miss theirs with the harmless one too.
      const harmless = copied(figure, (place) => {
        const isTaken = copied({ parts: [{ text: "", place }] }, () => value).taken > 0;
        if (!isTaken) return "\n";
        return place.takes === "number" ? "7" : HARMLESS;
      });
      jobs.push({ block: blocks[index], value, text, harmless: harmless.text });
    }
  });
  const escapes = [];
  for (const shell of shells) {
    for (let at = 0; at < jobs.length; at += BATCH) {
      const part = jobs.slice(at, at + BATCH);
      const texts = [...new Set(part.flatMap((job) => [job.text, job.harmless]))];
      const results = new Map(run(texts, shell).map((result, index) => [texts[index], result]));
      for (const { block, value, text, harmless } of part) {
        const what = escape(results.get(text), results.get(harmless), { value, code: block.code }, HARMLESS);
        if (what) escapes.push({ shell, what, code: block.code, value, text });
      }
    }
  }
  return { escapes, takes, combinations, runs: jobs.length * shells.length };
}
