// Random commands with places, and hostile values in them: node tests/commands/fuzz.mjs --combinations 500000 --seed 7

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { add, attack, nothing } from "./attack.mjs";

const table = JSON.parse(readFileSync(new URL("places.json", import.meta.url), "utf8"));

/** Numbers that look random and are the same each time (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (end) => Math.floor(next() * end);
  return { next, below, of: (list) => list[below(list.length)] };
}

const WORDS = ["$V", '"$V"', "'<v>'", "<v>", "${V}", '"a $V b"', "'a <v>'", "--x=$V", "x$V", "$V.y", '"$V"x', "$V$V", "'{\"a\": \"<v>\"}'", '"{\\"a\\": \\"$V\\"}"',
  "$(ls $V)", '"$(ls "$V")"', "`ls $V`", "${V%-end}", "${U:-$V}", '"${U:-$V}"', "$((1 + $V))", "{a,$V}", "~/$V", "\\$V", "\\\\$V", "$'$V'", "x", "'it'\\''s'", '"it\'s"', "a#b", "*"];
const COMMANDS = [(w) => `ls ${w()}`, (w) => `ls ${w()} ${w()}`, (w) => `grep ${w()} x`, (w) => `echo ${w()} | grep ${w()}`, (w) => `kubectl get pods -l ${w()}`, (w) => `kubectl exec p -- sh -c ${w()}`,
  (w) => `ssh h ${w()}`, (w) => `ssh h "ls ${w()}"`, (w) => `sh -c ${w()}`, (w) => `bash -c 'ls ${w()}'`, (w) => `eval ${w()}`, (w) => `X=${w()} ls x`, (w) => `x=${w()}; ls "$x"`, (w) => `export X=${w()}`,
  (w) => `cat <<E\n${w()}\nE`, (w) => `cat <<'E'\n${w()}\nE`, (w) => `cat <<-E\n\t${w()}\n\tE`, (w) => `sh <<E\nls ${w()}\nE`, (w) => `cat <<<${w()}`, (w) => `[ ${w()} = x ]`, (w) => `[[ ${w()} == x ]]`,
  (w) => `if true; then ls ${w()}; fi`, (w) => `for i in ${w()}; do ls $i; done`, (w) => `case ${w()} in x) ls y;; esac`, (w) => `(ls ${w()})`, (w) => `{ ls ${w()}; }`, (w) => `f() { ls ${w()}; }; f`, (w) => `psql -c ${w()}`,
  (w) => `ls ${w()} > out`, (w) => `ls x # ${w()}`, () => "# it's", () => "# see docs", (w) => `echo x | sed ${w()}`, (w) => `echo x | awk ${w()}`, (w) => `xargs ls ${w()} < /dev/null`, (w) => `watch ${w()}`, (w) => `sudo ls ${w()}`, (w) => `printf '%s' ${w()}`, (w) => `(( ${w()} ))`];
/** None that looks at whether a command succeeded: that differs with the value, and so would what runs. */
const JOINS = ["\n", "\n", "\n", "; ", " | ", " & ", "\\\n", "\n\n"];
const NOISE = ["'", '"', "`", "\\", "#", ";", "|", "&", "(", ")", "{", "}", "$", "!", "<<E\n", "\nE\n", "\n", " ", "=", "[", "]", "<", ">", "$(", "$((", "${", "'\n", '"\n', "\t"];

/** Of these all that is simple: where most places take any value. */
const CALM_WORDS = ["$V", '"$V"', "'<v>'", "<v>", "${V}", '"a $V b"', "'a <v>'", "--x=$V", '--x="<v>"', "x$V", "$V.y", '"$V"x', "$V$V", "'{\"a\": \"<v>\"}'", '"{\\"a\\": \\"$V\\"}"', "'a{b=\"<v>\"}'", '"$(ls "$V")"', '"x/$V"', "x", "-x"];
const CALM_COMMANDS = [(w) => `ls ${w()}`, (w) => `ls ${w()} ${w()} ${w()}`, (w) => `grep ${w()} x`, (w) => `echo ${w()} | grep ${w()}`, (w) => `kubectl get pods -l ${w()}`, (w) => `kubectl -n ${w()} logs ${w()} | head`, (w) => `ls \\\n  ${w()}`,
  (w) => `cat <<<${w()}`, (w) => `systemctl status ${w()}`, (w) => `curl -H ${w()} http://h/`, (w) => `logcli query ${w()}`, (w) => `printf '%s' ${w()}`, (w) => `jq --arg v ${w()} . x`, (w) => `ls ${w()} # it`, () => "# see docs", (w) => `sudo ls ${w()}`];
const CALM_JOINS = ["\n", "\n", "\n\n", "; ", " | "];

/** A block of commands: some of them, some of the table's, with slips of the finger. Every other one is calm. */
export function block(dice) {
  const isCalm = dice.next() < 0.5;
  const word = () => dice.of(isCalm ? CALM_WORDS : WORDS);
  const command = () => (!isCalm && dice.next() < 0.2 ? dice.of(table.blocks).code : dice.of(isCalm ? CALM_COMMANDS : COMMANDS)(word));
  const commands = Array.from({ length: 1 + dice.below(4) }, command);
  let code = commands.reduce((text, command) => text + dice.of(isCalm ? CALM_JOINS : JOINS) + command);
  for (let slips = dice.next() < (isCalm ? 0.2 : 0.5) ? dice.below(3) : 0; slips > 0; slips -= 1) {
    const at = dice.below(code.length + 1);
    code = dice.next() < 0.7 ? code.slice(0, at) + dice.of(NOISE) + code.slice(at) : code.slice(0, at) + code.slice(at + 1 + dice.below(3));
  }
  const language = dice.of(["sh", "bash", "bash", "zsh", "console"]);
  if (language === "console") code = code.split("\n").map((line) => (dice.next() < 0.7 ? `$ ${line}` : line)).join("\n");
  // A fence or a line of nothing but blanks at the end would end the block, or be cut off.
  code = code.replace(/^~+/gm, "").replace(/\s+$/, "") || "ls $V";
  return { language, code };
}

/** A value: one of the table, or pieces of some. */
export function value(dice) {
  // A number counts, as in `${a[@]:$V}`: with another one there are other arguments, and no escape.
  const values = table.values.filter((value) => !/^[0-9]+$/.test(value));
  const one = () => dice.of(values);
  if (dice.next() < 0.7) return one();
  const [first, second] = [one(), one()];
  const pieces = (first.slice(0, dice.below(first.length + 1)) + second.slice(dice.below(second.length + 1))).trim();
  // Some blocks run what the value names, as they say: `watch $V`. A program would then run without an escape.
  return /^[a-z]*$|^[0-9]+$/.test(pieces) ? first : pieces;
}

const VALUES = 10;
const CHUNK = 200 * VALUES;

/** Tries as many combinations as a chunk has, which are the same for the same seed and number of the chunk. */
function fuzzChunk({ seed, number, combinations, shells }) {
  const dice = random(Math.imul(seed, 1_000_003) + number);
  const blocks = Array.from({ length: Math.ceil(combinations / VALUES) }, () => block(dice));
  const values = blocks.map(() => Array.from({ length: VALUES }, () => value(dice)));
  return attack(blocks, (index) => values[index], shells);
}

/** Tries so many combinations of blocks and values, by a worker for each processor. Calls `progress` now and then. */
export async function fuzz({ combinations, seed, shells, workers = availableParallelism(), progress = () => {} }) {
  const all = nothing();
  const chunks = Array.from({ length: Math.ceil(combinations / CHUNK) }, (_, number) => ({ seed, number, shells, combinations: Math.min(CHUNK, combinations - number * CHUNK) }));
  const work = () => new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url));
    const next = () => worker.postMessage(chunks.shift() ?? null);
    worker.on("message", (found) => {
      add(all, found);
      progress(all);
      next();
    });
    worker.on("error", reject);
    worker.on("exit", resolve);
    next();
  });
  await Promise.all(Array.from({ length: Math.min(workers, chunks.length) }, work));
  return all;
}

/** What an attack found, as a line. */
export function summary({ escapes, takes, combinations, taken, runs, endless }) {
  const places = `${takes.any} any value, ${takes.word} plain words, ${takes.number} numbers`;
  return `${escapes.length} escapes in ${combinations} combinations, ${taken} of them with values that were taken; ${runs} texts ran, ${endless} without an end; places take: ${places}`;
}

if (!isMainThread) {
  parentPort.on("message", (chunk) => (chunk ? parentPort.postMessage(fuzzChunk(chunk)) : parentPort.close()));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: options } = parseArgs({ options: { combinations: { type: "string", default: "10000" }, seed: { type: "string", default: "1" }, shells: { type: "string" } } });
  let told = 0;
  const progress = (all) => {
    for (; told < all.escapes.length; told += 1) console.log(JSON.stringify(all.escapes[told]));
    console.error(summary(all));
  };
  const found = await fuzz({ combinations: Number(options.combinations), seed: Number(options.seed), shells: options.shells?.split(","), progress });
  console.log(summary(found));
  process.exitCode = found.escapes.length > 0 ? 1 : 0;
}
