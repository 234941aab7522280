// Blocks of code to a built page, and its blocks with values to what the Copy button copies.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";

export const SDKB = process.env.SDKB ?? "target/debug/sdkb";
const FILL = new URL("../../themes/default/static/fill.js", import.meta.url);

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
/** The text of HTML without elements. */
export const textOf = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name]);

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
    return pages(join(folder, "out")).filter(({ name }) => name.startsWith("runbooks/")).flatMap(figures);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The pages below a folder, by name. */
export function pages(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
  return names.map((name) => ({ name, html: readFileSync(join(folder, name), "utf8") }));
}

/** The blocks of code of a page. */
export function figures({ name, html }) {
  const found = html.matchAll(/<figure class="code"([^>]*)>.*?<pre tabindex="0"><code>(.*?)<\/code><\/pre><\/figure>/gs);
  return [...found].map(([, attributes, code]) => ({ page: name, isShell: attributes.includes("data-shell"), parts: parse(code) }));
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
      if (last && last.span === slot && slot) last.text += textOf(text);
      else parts.push({ text: textOf(text), span: slot, place: slot?.place, isHidden });
    } else if (end) {
      open.pop();
    } else {
      const place = name === "slot" ? Object.fromEntries([...attributes.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, textOf(value)])) : undefined;
      open.push({ name, place });
    }
  }
  return parts;
}

/** The places of a block of commands. */
export function slots(figure) {
  return figure.isShell ? figure.parts.filter((part) => part.place).map(({ place, text }) => ({ ...place, written: text })) : [];
}

/** The places of a block of other code, as the page's script finds them where there is a field of the name. */
export function textSlots(figure) {
  return [...places.inText(codeOf(figure))].map(({ name, written, place }) => ({ name, written, ...place }));
}

/** Whether a place is filled by the field `name`. */
export const isCalled = ({ name: own, written }, name) => places.isFilledBy(own, written, name);

/** The code of a block, as it is written. */
export const codeOf = (figure) => figure.parts.map((part) => part.text).join("");

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
      text += ["", "double"].includes(place.in ?? "") ? places.unfilled(place.name, written) : written;
    } else {
      taken += 1;
      if (place.in === "operation") settings.add(`${place.name}=${put}\n`);
      text += place.in === "operation" ? written : put;
    }
  }
  text = text.split("\n").filter((line) => !hadOutput || line.trim()).join("\n").replace(/\s+$/, "");
  const note = missing.size > 0 ? places.note([...missing]) : "";
  return { text: [...settings].join("") + note + text, taken };
}
