// Puts hostile values into blocks, and runs what would be copied.

import { build, copied, places, slots } from "./page.mjs";
import { SHELLS, escape, run } from "./run.mjs";

/** Values that do nothing. Behind a variable that is not filled in, the first one makes its name longer. */
const HARMLESS = ["kind1", ".kind1"];

/** What a value is compared with in a place that takes it: whatever it does, this does not. */
function harmlessFor(value, place) {
  if (place.takes === "number") return "7";
  const [name, other] = HARMLESS;
  return /^\w/.test(value) || places.write(other, place) === undefined ? name : other;
}

/** Texts that run at once, in one shell. */
const BATCH = 400;

/** What an attack on nothing finds: escapes, places by what they take, and numbers. Attacks add up. */
export const nothing = () => ({ escapes: [], takes: { any: 0, word: 0, number: 0 }, combinations: 0, taken: 0, runs: 0, endless: 0 });

/** Adds what an attack found to what others did. */
export function add(all, found) {
  all.escapes.push(...found.escapes);
  for (const kind of Object.keys(all.takes)) all.takes[kind] += found.takes[kind];
  for (const number of ["combinations", "taken", "runs", "endless"]) all[number] += found[number];
}

/** Tries values in every place of the blocks. Returns the escapes, and what there was to try. `change` is for a test of this. */
export function attack(blocks, valuesOf, shells = Object.keys(SHELLS), change = ({ text }) => text) {
  const figures = build(blocks);
  if (figures.length !== blocks.length) throw new Error(`${figures.length} blocks on the pages instead of ${blocks.length}`);
  return attackFigures(figures.map((figure, index) => ({ ...figure, code: blocks[index].code })), valuesOf, shells, change);
}

/** The same for blocks that a page shows, each with its `code`. */
export function attackFigures(figures, valuesOf, shells = Object.keys(SHELLS), change = ({ text }) => text) {
  const { escapes, takes, ...counts } = nothing();
  const jobs = [];
  figures.forEach((figure, index) => {
    for (const place of slots(figure)) takes[place.takes ?? "word"] += 1;
    for (const value of valuesOf(index)) {
      counts.combinations += 1;
      const { text: written, taken } = copied(figure, () => value);
      if (taken === 0) continue;
      counts.taken += 1;
      const text = change({ text: written });
      // Where only some places take the value, the others miss theirs with the harmless one too.
      const harmless = copied(figure, (place) => {
        const isTaken = places.write(value, place) !== undefined;
        return isTaken ? harmlessFor(value, place) : "\n";
      });
      jobs.push({ block: figure, value, text, harmless: harmless.text });
    }
  });
  for (const shell of shells) {
    for (let at = 0; at < jobs.length; at += BATCH) {
      const part = jobs.slice(at, at + BATCH);
      const texts = [...new Set(part.flatMap((job) => [job.text, job.harmless]))];
      const results = new Map(run(texts, shell).map((result, index) => [texts[index], result]));
      counts.runs += texts.length;
      counts.endless += [...results.values()].filter((result) => !result.hasEnded).length;
      for (const { block, value, text, harmless } of part) {
        const compare = (found, expected) => escape(found, expected, { value, code: block.code }, HARMLESS[0]);
        // Jobs in the background may be cut off at the end. What a value does, it does each time.
        const again = () => compare(...run([text, harmless], shell));
        const what = compare(results.get(text), results.get(harmless));
        if (what && Array.from({ length: 6 }, again).every(Boolean)) escapes.push({ shell, what, code: block.code, value, text });
      }
    }
  }
  return { escapes, takes, ...counts };
}
