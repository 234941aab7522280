// Runs texts by real shells, in folders of their own, with stand-ins for what would reach other machines.

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const STAND_INS = new URL("stand-ins/", import.meta.url).pathname;

/** Where texts run: in memory, if there is such a folder, as they make many small files. */
const FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Namespaces in which all but the folder of the texts is read-only, no other process is seen, and no network. */
const SANDBOX = ["/usr/bin/unshare", ...(process.getuid() === 0 ? [] : ["--map-root-user"]), "--mount", "--pid", "--net", "--fork", "--kill-child", "/bin/sh", "-c",
  'PATH=/usr/sbin:/usr/bin:/sbin:/bin; mount --bind "$0" "$0" && mount -o remount,bind,ro / && PATH=$PROGRAMS exec "$@"', FOLDER];

/** Runs a program in the sandbox, with the stand-ins. */
function sandboxed(command, options) {
  const [program, ...args] = [...SANDBOX, ...command];
  return spawnSync(program, args, { stdio: "ignore", ...options, env: { PROGRAMS: path(), TMPDIR: FOLDER, TMPPREFIX: join(FOLDER, "zsh"), TERM: "dumb", HISTFILE: "/dev/null", ...options?.env } });
}

/** What random texts do can't be foreseen: without a sandbox, none runs. */
const needSandbox = (() => {
  let isThere = false;
  return () => {
    isThere ||= sandboxed(["bash", "-c", "[ $$ = 1 ] && ! (: > /tmp/sandbox-probe)"]).status === 0;
    if (!isThere) throw new Error("there is no sandbox for commands: `unshare --mount --pid --net` needs root, and a container --cap-add SYS_ADMIN --security-opt apparmor=unconfined");
  };
})();

/** Programs that only read and print, which stay themselves. */
const HARMLESS = ["awk", "basename", "cat", "cut", "dirname", "env", "find", "grep", "head", "make", "paste", "perl", "printenv", "python3", "sed", "seq", "sort", "tail", "tr", "true", "wc", "xargs"];

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
    folder = mkdtempSync(join(FOLDER, "programs-"));
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
 * Runs texts in the sandbox one after the other, each in an empty folder, and returns of each what it did: whether the
 * marker ran, the files that appeared, the arguments that stand-ins got, and whether it ended. One that hangs, or kills
 * what runs it, is run a second time before it counts as one that does not end, and takes no other with it.
 */
export function run(texts, shell) {
  needSandbox();
  const folder = mkdtempSync(join(FOLDER, "runs-"));
  const place = (index) => join(folder, String(index));
  const hasEnded = (index) => existsSync(join(place(index), "ended"));
  // A command of zsh ends where `~kind1` is nobody's folder.
  const start = SHELLS[shell].command[0] === "zsh" ? "hash -d kind1=/kind1\n" : "";
  try {
    texts.forEach((text, index) => {
      mkdirSync(join(place(index), "work"), { recursive: true });
      writeFileSync(join(place(index), "text"), `${start}${text}\n`);
    });
    const all = texts.map((_, index) => index);
    for (let left = all; left.length > 0; ) {
      drive(folder, left, shell);
      const cut = left.findIndex((index) => !hasEnded(index));
      if (cut < 0) break;
      drive(folder, [left[cut]], shell);
      left = left.slice(cut + 1);
    }
    return all.map((index) => {
      const calls = join(place(index), "calls");
      return {
        hit: existsSync(join(place(index), "hit")),
        files: readdirSync(join(place(index), "work")).sort(),
        calls: existsSync(calls) ? readFileSync(calls, "utf8").split("\0END-OF-CALL\0").filter(Boolean).map((call) => call.split("\0")) : [],
        hasEnded: hasEnded(index),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs the texts of these numbers by one shell, each in a process of its own. */
function drive(folder, numbers, shell) {
  const { command, typed } = SHELLS[shell];
  const driver = numbers.map((index) => {
    const place = join(folder, String(index));
    const start = `cd '${place}/work' && PLACE='${place}'; export PLACE; ulimit -t 2 -f 200`;
    // Typed text comes on standard input, so it can't be sourced.
    const text = typed ? `(${start}; exec ${command.join(" ")}) < '${place}/text'` : `(${start}; . ../text) < /dev/null`;
    return `${text} > /dev/null 2>&1\n: > '${place}/ended'\n`;
  });
  writeFileSync(join(folder, "driver"), driver.join(""));
  const shells = typed ? ["bash", "--norc"] : command;
  sandboxed(["timeout", String(30 + numbers.length / 4), ...shells, join(folder, "driver")], { env: { HOME: folder }, cwd: folder });
}

/** What a run did that one with a harmless value did not; nothing, if it stayed in its place. */
export function escape(found, expected, { value, code }, harmless) {
  // Some blocks run the marker themselves.
  if (found.hit && !expected.hit) return "the marker ran";
  const files = found.files.map((name) => name.replaceAll(value, harmless));
  if (files.some((name) => !expected.files.includes(name)) && found.files.includes("HIT")) return `a file appeared: ${found.files}`;
  // A command that failed earlier calls less. What it calls has the same words.
  const shapes = expected.calls.map((call) => call.length);
  for (const call of found.calls) {
    const alike = expected.calls.filter((other) => other[0] === call[0]);
    if (alike.length === 0 && !value.includes(call[0]) && !code.includes(call[0])) return `another program ran: ${call.join(" ")}`;
    if (alike.length > 0 && !alike.some((other) => other.length === call.length)) return `other arguments: ${call.join(" ")} (${shapes})`;
    const isOption = (word) => word.startsWith("-");
    const hasItsOptions = (other) => call.every((word, at) => at === 0 || !isOption(word) || isOption(other[at] ?? ""));
    if (alike.length > 0 && !alike.some(hasItsOptions)) return `an option: ${call.join(" ")}`;
  }
  return undefined;
}
