// Blocks of code to a built page, and its blocks with values to what the Copy button copies.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";

const SDKB = process.env.SDKB ?? "target/debug/sdkb";
const FILL = new URL("../../themes/default/static/fill.js", import.meta.url);

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const unescape = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name]);

/** The places of the page's script, which needs no document for them. */
export const places = (() => {
  const nothing = { querySelector: () => null, querySelectorAll: () => [] };
  const context = vm.createContext({ document: nothing, location: { search: "" }, sdkb: {}, URLSearchParams });
  vm.runInContext(readFileSync(FILL, "utf8"), context);
  return context.sdkb.places;
})();

/** Builds pages of blocks `{ language, code }`, and returns how each is shown, in the same order. */
export function build(blocks) {
  const folder = mkdtempSync(join(tmpdir(), "commands-"));
  try {
    mkdirSync(join(folder, "runbooks"));
    const size = 50;
    for (let at = 0; at < blocks.length; at += size) {
      const fences = blocks.slice(at, at + size).map(({ language, code }) => `~~~~~~~~${language}\n${code}\n~~~~~~~~\n`);
      writeFileSync(join(folder, `runbooks/p${String(at).padStart(8, "0")}.md`), `# P\n\n${fences.join("\n")}`);
    }
    execFileSync(SDKB, ["build", "--project", folder, "--out", join(folder, "out"), "--allow-errors"], { stdio: "ignore" });
    return figures(join(folder, "out"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The blocks of code of all pages below a folder, in the order of the pages' names. */
export function figures(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
  return files.filter((name) => !name.startsWith("alerts/")).flatMap((name) => {
    const html = readFileSync(join(folder, name), "utf8");
    const found = html.matchAll(/<figure class="code"([^>]*)>.*?<pre tabindex="0"><code>(.*?)<\/code><\/pre><\/figure>/gs);
    return [...found].map(([, attributes, code]) => ({ page: name, isShell: attributes.includes("data-shell"), parts: parse(code) }));
  });
}

/** Highlighted code as parts: their text, the place that they are, and whether they are left out of what is copied. */
function parse(html) {
  const parts = [];
  const open = [];
  for (const [, name, attributes, end, text] of html.matchAll(/<span class="([^"]*)"([^>]*)>|(<\/span>)|([^<]+)/g)) {
    if (text !== undefined) {
      const slot = open.find((span) => span.name === "slot");
      const isHidden = open.some((span) => ["prompt", "tok-out"].includes(span.name));
      const last = parts.at(-1);
      if (last && last.span === slot && slot) last.text += unescape(text);
      else parts.push({ text: unescape(text), span: slot, place: slot?.place, isHidden });
    } else if (end) {
      open.pop();
    } else {
      const place = name === "slot" ? Object.fromEntries([...attributes.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value)])) : undefined;
      open.push({ name, place });
    }
  }
  return parts;
}

/** The places of a block: of commands as the page says them, of other code as the page's script finds them. */
export function slots(figure) {
  if (figure.isShell) return figure.parts.filter((part) => part.place).map((part) => part.place);
  return [];
}

/**
 * What is copied of a block if each place that `choose` gives a value takes it. Also the number of values taken; a value
 * that is refused is missing, as on the page.
 */
export function copied(figure, choose) {
  let text = "";
  let taken = 0;
  let hadOutput = false;
  const missing = new Set();
  const settings = new Set();
  for (const { text: written, place, isHidden } of figure.parts) {
    hadOutput ||= isHidden && !place;
    if (isHidden) continue;
    const value = place && choose(place, written);
    if (value === undefined) {
      text += written;
      continue;
    }
    const put = places.write(value, place);
    if (put === undefined) {
      missing.add(place.name);
      const variable = written.startsWith("$") ? place.name : place.name.toLowerCase().replace(/[-\s]+/g, "_").replace(/\W/g, "_").toUpperCase();
      text += ["", "double"].includes(place.in ?? "") ? `\${${variable}:?not filled in}` : written;
    } else {
      taken += 1;
      if (place.in === "operation") settings.add(`${place.name}=${put}\n`);
      text += place.in === "operation" ? written : put;
    }
  }
  text = text.split("\n").filter((line) => !hadOutput || line.trim()).join("\n").replace(/\s+$/, "");
  const note = missing.size > 0 ? `# Not filled in: ${[...missing].map((name) => name.replace(/[^\w -]/g, " ")).join(", ")}\n` : "";
  return { text: [...settings].join("") + note + text, taken };
}
