// Runs texts by real shells, in folders of their own, with stand-ins for what would reach other machines.

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const STAND_INS = new URL("stand-ins/", import.meta.url).pathname;

/** Programs that only read and print, which stay themselves. */
const HARMLESS = ["awk", "basename", "cat", "cut", "dirname", "env", "find", "grep", "head", "make", "paste", "perl", "printenv", "python3", "sed", "seq", "sleep", "sort", "tail", "tr", "true", "wc", "xargs"];

/** How a text gets to a shell. Typed in, bash has a history and zsh takes no comments. */
export const SHELLS = {
  "bash script": { command: ["bash", "--norc", "--noprofile"], typed: false },
  "zsh script": { command: ["zsh", "-f"], typed: false },
  "bash typed": { command: ["bash", "--norc", "--noprofile", "-i"], typed: true },
  "zsh typed": { command: ["zsh", "-f", "-i", "+o", "zle"], typed: true },
};

const path = (() => {
  let folder;
  return () => {
    if (folder) return folder;
    folder = mkdtempSync(join(tmpdir(), "programs-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    for (const name of HARMLESS) {
      const found = ["/usr/bin", "/bin", "/usr/local/bin"].map((where) => join(where, name)).find(existsSync);
      if (found) symlinkSync(found, join(folder, name));
    }
    for (const name of ["sh", "bash", "zsh", "timeout"]) symlinkSync(join("/usr/bin", name), join(folder, name));
    const groups = JSON.parse(readFileSync(join(STAND_INS, "programs.json"), "utf8"));
    for (const [script, names] of Object.entries(groups)) {
      for (const name of names) {
        writeFileSync(join(folder, name), readFileSync(join(STAND_INS, script)));
        chmodSync(join(folder, name), 0o755);
      }
    }
    return folder;
  };
})();

/**
 * Runs texts one after the other, each in an empty folder, and returns of each what it did: whether the marker ran, the
 * files that appeared, and the arguments that stand-ins got.
 */
export function run(texts, shell) {
  const folder = mkdtempSync(join(tmpdir(), "runs-"));
  try {
    const { command, typed } = SHELLS[shell];
    let driver = "";
    texts.forEach((text, index) => {
      const place = join(folder, String(index));
      mkdirSync(join(place, "work"), { recursive: true });
      writeFileSync(join(place, "text"), `${text}\n`);
      const start = `cd '${place}/work' && PLACE='${place}'; export PLACE; ulimit -t 2 -f 200`;
      // Typed text comes on standard input, so it can't be sourced.
      driver += typed ? `(${start}; exec timeout 5 ${command.join(" ")}) < '${place}/text' > /dev/null 2>&1\n` : `(${start}; . ../text) < /dev/null > /dev/null 2>&1\n`;
    });
    writeFileSync(join(folder, "driver"), driver);
    const driven = typed ? ["bash", "--norc"] : command;
    spawnSync("timeout", [String(60 + texts.length), ...driven, join(folder, "driver")], { env: { PATH: path(), HOME: folder, TERM: "dumb", HISTFILE: "/dev/null" }, stdio: "ignore", cwd: folder });
    return texts.map((_, index) => {
      const place = join(folder, String(index));
      const calls = existsSync(join(place, "calls")) ? readFileSync(join(place, "calls"), "utf8").split("\0END-OF-CALL\0").filter(Boolean).map((call) => call.split("\0")) : [];
      return { hit: existsSync(join(place, "hit")), files: readdirSync(join(place, "work")).sort(), calls };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a run did that one with a harmless value did not; nothing, if it stayed in its place. */
export function escape(found, expected, { value, code }, harmless) {
  if (found.hit) return "the marker ran";
  const files = found.files.map((name) => name.replaceAll(value, harmless));
  if (files.some((name) => !expected.files.includes(name)) && found.files.includes("HIT")) return `a file appeared: ${found.files}`;
  // A command that failed earlier calls less. What it calls has the same words.
  const shapes = expected.calls.map((call) => call.length);
  for (const call of found.calls) {
    const alike = expected.calls.filter((other) => other[0] === call[0]);
    if (alike.length === 0 && !value.includes(call[0]) && !code.includes(call[0])) return `another program ran: ${call.join(" ")}`;
    if (alike.length > 0 && !alike.some((other) => other.length === call.length)) return `other arguments: ${call.join(" ")} (${shapes})`;
    const options = (words) => words.slice(1).filter((word) => word.startsWith("-")).length;
    if (alike.length > 0 && !alike.some((other) => options(other) === options(call))) return `an option: ${call.join(" ")}`;
  }
  return undefined;
}
