// Random commands with places, and hostile values in them: node tests/commands/fuzz.mjs --combinations 500000 --seed 7

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { attack } from "./attack.mjs";

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
  "$(ls $V)", '"$(ls "$V")"', "`ls $V`", "${V%x}", "${U:-$V}", '"${U:-$V}"', "$((1 + $V))", "{a,$V}", "~$V", "\\$V", "\\\\$V", "$'$V'", "x", "'it'\\''s'", '"it\'s"', "a#b", "*"];
const COMMANDS = [(w) => `ls ${w()}`, (w) => `ls ${w()} ${w()}`, (w) => `grep ${w()} x`, (w) => `echo ${w()} | grep ${w()}`, (w) => `kubectl get pods -l ${w()}`, (w) => `kubectl exec p -- sh -c ${w()}`,
  (w) => `ssh h ${w()}`, (w) => `ssh h "ls ${w()}"`, (w) => `sh -c ${w()}`, (w) => `bash -c 'ls ${w()}'`, (w) => `eval ${w()}`, (w) => `X=${w()} ls x`, (w) => `x=${w()}; ls "$x"`, (w) => `export X=${w()}`,
  (w) => `cat <<E\n${w()}\nE`, (w) => `cat <<'E'\n${w()}\nE`, (w) => `cat <<-E\n\t${w()}\n\tE`, (w) => `sh <<E\nls ${w()}\nE`, (w) => `cat <<<${w()}`, (w) => `[ ${w()} = x ]`, (w) => `[[ ${w()} == x ]]`,
  (w) => `if true; then ls ${w()}; fi`, (w) => `for i in ${w()}; do ls $i; done`, (w) => `case ${w()} in x) ls y;; esac`, (w) => `(ls ${w()})`, (w) => `{ ls ${w()}; }`, (w) => `f() { ls ${w()}; }; f`, (w) => `psql -c ${w()}`,
  (w) => `ls ${w()} > out`, (w) => `ls x # ${w()}`, () => "# it's", () => "# see docs", (w) => `echo x | sed ${w()}`, (w) => `echo x | awk ${w()}`, (w) => `xargs ls ${w()} < /dev/null`, (w) => `watch ${w()}`, (w) => `sudo ls ${w()}`, (w) => `printf '%s' ${w()}`, (w) => `(( ${w()} ))`];
const JOINS = ["\n", "\n", "\n", "; ", " && ", " || ", " | ", " & ", "\\\n", "\n\n"];
const NOISE = ["'", '"', "`", "\\", "#", ";", "|", "&", "(", ")", "{", "}", "$", "!", "<<E\n", "\nE\n", "\n", " ", "=", "[", "]", "<", ">", "$(", "$((", "${", "'\n", '"\n', "\t"];

/** A block of commands: some of them, some of the table's, with slips of the finger. */
export function block(dice) {
  const word = () => dice.of(WORDS);
  const commands = Array.from({ length: 1 + dice.below(4) }, () => (dice.next() < 0.2 ? dice.of(table.blocks).code : dice.of(COMMANDS)(word)));
  let code = commands.reduce((text, command) => text + dice.of(JOINS) + command);
  for (let slips = dice.next() < 0.5 ? dice.below(3) : 0; slips > 0; slips -= 1) {
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
  const one = () => dice.of(table.values);
  if (dice.next() < 0.7) return one();
  const [first, second] = [one(), one()];
  return (first.slice(0, dice.below(first.length + 1)) + second.slice(dice.below(second.length + 1))).trim() || first;
}

/** Tries so many combinations of blocks and values. */
export function fuzz({ combinations, seed, shells }) {
  const dice = random(seed);
  const each = 10;
  const all = { escapes: [], takes: { any: 0, word: 0, number: 0 }, combinations: 0, runs: 0 };
  while (all.combinations < combinations) {
    const count = Math.min(2000, Math.ceil((combinations - all.combinations) / each));
    const blocks = Array.from({ length: count }, () => block(dice));
    const values = blocks.map(() => Array.from({ length: each }, () => value(dice)));
    const found = attack(blocks, (index) => values[index], shells);
    all.escapes.push(...found.escapes);
    all.combinations += found.combinations;
    all.runs += found.runs;
    for (const kind of Object.keys(all.takes)) all.takes[kind] += found.takes[kind];
  }
  return all;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: options } = parseArgs({ options: { combinations: { type: "string", default: "10000" }, seed: { type: "string", default: "1" }, shells: { type: "string" } } });
  const found = fuzz({ combinations: Number(options.combinations), seed: Number(options.seed), shells: options.shells?.split(",") });
  for (const escape of found.escapes) console.log(JSON.stringify(escape));
  const { any, word, number } = found.takes;
  console.log(`${found.escapes.length} escapes in ${found.combinations} combinations and ${found.runs} runs; of the places, ${any} take any value, ${word} plain words, ${number} numbers`);
  process.exitCode = found.escapes.length > 0 ? 1 : 0;
}
