// What the places of built sites take, and whether any value leaves one: node tests/commands/report.mjs [--attack] SITE...

import { basename } from "node:path";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { attackFigures } from "./attack.mjs";
import { fields, takesAll } from "./fields.mjs";
import { codeOf, figures, isCalled, pages, places, slots, textSlots } from "./page.mjs";
import { random, summary } from "./fuzz.mjs";

const table = JSON.parse(readFileSync(new URL("places.json", import.meta.url), "utf8"));

/** A place of each kind takes one of these. */
const PROBES = ["kind1", "7", "a-b"];

/** What a place takes: any value, plain words, numbers, or none. */
const kind = (place) => (PROBES.some((value) => places.write(value, place) !== undefined) ? (place.takes ?? "word") : "none");

/** The blocks of commands of a site. One that several pages show is one. */
function blocks(site) {
  const found = site.flatMap(figures).filter((figure) => slots(figure).length > 0);
  return [...new Map(found.map((figure) => [codeOf(figure), { ...figure, code: codeOf(figure) }])).values()];
}

/** How many places of a site take what. */
function counts(site) {
  const row = { blocks: 0, places: 0, any: 0, word: 0, number: 0, none: 0 };
  for (const figure of blocks(site)) {
    row.blocks += 1;
    for (const place of slots(figure)) {
      row.places += 1;
      row[kind(place)] += 1;
    }
  }
  return row;
}

/** The fields of a site's pages: of each, why the page's commands do not take all its values, if they don't. */
export function variables(site) {
  return site.flatMap((page) => {
    const found = figures(page).flatMap((figure) => (figure.isShell ? slots(figure) : textSlots(figure)));
    return fields(page.html).map((field) => {
      const refusing = found.find((place) => isCalled(place, field.name) && !takesAll(field, place));
      const but = refusing && [...`${refusing.not ?? ""}${refusing.first ?? ""}`].join(" ");
      return { page: page.name, name: field.name, why: refusing && (refusing.why ?? `it can't have ${but}`) };
    });
  });
}

/** The list counted, most frequent first. */
function tally(list) {
  const counted = new Map();
  for (const entry of list) counted.set(entry, (counted.get(entry) ?? 0) + 1);
  return [...counted].sort(([, a], [, b]) => b - a);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: options, positionals } = parseArgs({ options: { attack: { type: "boolean" } }, allowPositionals: true });
  const sites = positionals.map((folder) => ({ name: basename(folder), site: pages(folder) }));
  console.table(Object.fromEntries(sites.map(({ name, site }) => {
    const all = variables(site);
    return [name, { ...counts(site), fields: all.length, "take all": all.filter(({ why }) => !why).length }];
  })));
  for (const { name, site } of sites) {
    for (const [why, count] of tally(variables(site).map((field) => field.why).filter(Boolean))) console.log(`${name}: ${count} of the fields without all, because ${why}`);
    if (!options.attack) continue;
    const dice = random(1);
    for (const [shells, share] of [[["bash script", "zsh script"], 1], [["bash typed", "zsh typed"], 0.2]]) {
      const found = attackFigures(blocks(site), () => table.values.filter(() => dice.next() < share), shells);
      for (const escape of found.escapes) console.log(JSON.stringify(escape));
      console.log(`${name}, ${shells.join(" and ")}: ${summary(found)}`);
      process.exitCode ||= found.escapes.length > 0 ? 1 : 0;
    }
  }
}
