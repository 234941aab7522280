// The fields of a page, and whether its commands take every value that a field's pattern allows.

import { places, textOf } from "./page.mjs";

/** What a field without a pattern takes: `.+`, in the states that the page's script describes. */
const ANYTHING = [[1, 32, 0x10ffff], [0, 2], []];

/** The fields of a page: name, label, the states of the pattern, and whether that spells a dash first. */
export function fields(html) {
  const form = html.match(/<form[^>]* data-fill.*?<\/form>/s)?.[0] ?? "";
  return [...form.matchAll(/<input [^>]*>/g)].map(([input]) => {
    const value = (name) => input.match(new RegExp(` ${name}="([^"]*)"`))?.[1];
    return { name: textOf(value("name")), states: JSON.parse(textOf(value("data-pattern") ?? "null")) ?? ANYTHING, hasDash: value("data-dash") !== undefined };
  });
}

/** The characters of a range of code points that places tell apart. None that doesn't show is one. */
function characters(first, last) {
  const codes = Array.from({ length: Math.max(0, Math.min(last, 126) - Math.max(first, 32) + 1) }, (_, at) => Math.max(first, 32) + at);
  for (const other of ["é", "漢"].map((letter) => letter.codePointAt(0))) if (first <= other && other <= last) codes.push(other);
  return codes.map((code) => String.fromCodePoint(code));
}

/** All states from some on that need no character. */
function spread(states, from) {
  const all = new Set(from);
  for (const at of all) if (states[at].length === 2) for (const next of states[at]) all.add(next);
  return [...all];
}

/** What the characters of a state lead to: the next state, and the characters. */
function steps(state) {
  if (state.length < 3) return [];
  const [next, ...ends] = state;
  return [{ next, letters: ends.flatMap((first, at) => (at % 2 === 0 ? characters(first, ends[at + 1]) : [])), isDash: ends.length === 2 && ends[0] === 45 && ends[1] === 45 }];
}

/** Whether a place takes every value of a field; every character is judged by itself, as the page does. */
export function takesAll({ states, hasDash }, place) {
  const takes = (letter, isFirst) => places.refusal(letter, { ...place, end: "", first: isFirst ? place.first : "" }, hasDash) === "";
  const start = spread(states, [0]);
  for (const { letters, isDash } of start.flatMap((at) => steps(states[at]))) {
    // A dash comes first only where the pattern spells it.
    if (letters.some((letter) => (letter !== "-" || isDash) && !takes(letter, true))) return false;
  }
  const reached = new Set(start);
  for (const at of reached) {
    for (const { next, letters } of steps(states[at])) {
      if (!start.includes(at) && letters.some((letter) => !takes(letter, false))) return false;
      for (const other of spread(states, [next])) reached.add(other);
    }
  }
  if (!place.end) return true;
  // A value of nothing but the characters of the end word could be it.
  const ending = new Set(start);
  for (const at of ending) {
    if (states[at].length === 0) return false;
    for (const { next, letters } of steps(states[at])) {
      if (letters.some((letter) => place.end.includes(letter))) for (const other of spread(states, [next])) ending.add(other);
    }
  }
  return true;
}
