// What is shown of a document that was found: its title, sections and an excerpt, with the words of the query marked.
(() => {
  'use strict';

  const { MATCH, isCjk, split, terms, lowerBound } = sdkb.search;

  const WORD = /[\p{L}\p{N}\p{M}'’]+/gu;
  const RUN = /[\p{L}\p{N}\p{M}'’]+(?:[-_./:][\p{L}\p{N}\p{M}'’]+)*/gu;
  const EXCERPT = 160;
  // How much of an excerpt stands before its first word.
  const MARGIN = 40;
  const MOST_SECTIONS = 3;
  const MOST_RUNS = 20000;

  const dissected = new Map();
  // Which terms stand where in a run of letters and signs: `[from, to, terms]`, the whole first.
  const dissect = (run) => {
    if (dissected.size > MOST_RUNS) dissected.clear();
    if (!dissected.has(run)) {
      const [first, second] = split(run);
      const found = [[0, run.length, first && !second ? [first.whole] : []]];
      for (const { 0: word, index } of run.matchAll(WORD)) {
        const size = isCjk(word) ? 2 : word.length;
        for (let at = 0; at + size <= word.length; at += 1) {
          found.push([index + at, index + at + size, terms(word.slice(at, at + size))]);
        }
      }
      dissected.set(run, found);
    }
    return dissected.get(run);
  };

  // A text in runs `[text, whether it is marked]`.
  const runsOf = (text, spans, start = 0, end = text.length) => {
    const runs = [];
    let at = start;
    for (const [from, to] of [...spans, [end, end]]) {
      if (from < start || from > end) continue;
      if (from > at) runs.push([text.slice(at, from), false]);
      if (to > at && from < end) runs.push([text.slice(Math.max(from, at), Math.min(to, end)), true]);
      at = Math.max(at, to);
    }
    return runs;
  };

  // Where in a text an excerpt has most of the words, and how many: `[start, most]`. A word itself is worth more than
  // its stem.
  const densest = (spans) => {
    let [start, most] = [0, 0];
    spans.forEach(([from], first) => {
      const here = new Map();
      for (let at = first; at < spans.length && spans[at][1] <= from + EXCERPT - MARGIN; at += 1) {
        const [, , unit, isItself] = spans[at];
        here.set(unit, Math.max(here.get(unit) ?? 1, isItself ? 1.5 : 1));
      }
      const sum = [...here.values()].reduce((sum, value) => sum + value, 0);
      if (sum > most) [start, most] = [from, sum];
    });
    return [start, most];
  };

  sdkb.search.presenter = (index, base, units, flags) => {
    const { kinds, kindOf, flagsOf, worths } = base;
    const unitOf = new Map();
    units.forEach(({ used = [] }, at) => used.forEach(({ term }) => unitOf.has(term) || unitOf.set(term, at)));

    // Where the words stand in a text: `[from, to, unit, whether it is the word itself]`.
    const marks = (text) => [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
      const spans = [];
      for (const [from, to, own] of dissect(run)) {
        const term = own.find((term) => unitOf.has(term));
        const isInside = spans[0]?.[1] >= index + to && spans[0][0] <= index;
        if (!term || isInside) continue;
        const unit = unitOf.get(term);
        spans.push([index + from, index + to, unit, term === units[unit].text]);
      }
      return spans;
    });
    const marked = (text) => runsOf(text, marks(text));

    const excerpt = (text) => {
      const spans = marks(text);
      const [first, most] = densest(spans);
      const isWhole = first < MARGIN || text.length <= EXCERPT;
      const start = isWhole ? 0 : text.indexOf(' ', first - MARGIN + 10) + 1 || first;
      const limit = start + EXCERPT;
      const end = limit >= text.length ? text.length : Math.max(text.lastIndexOf(' ', limit), limit - 24);
      const before = start ? [['… ', false]] : [];
      const after = end < text.length ? [[' …', false]] : [];
      return { most, runs: [...before, ...runsOf(text, spans, start, end), ...after] };
    };

    // The sections of a document that have words of the query, the best first.
    const sectionsOf = (doc) => {
      const scores = new Map();
      for (const { used = [], idf } of units) {
        const here = new Map();
        for (const { docs, sections, matches, weight } of used) {
          for (let at = lowerBound(docs, doc); docs[at] === doc; at += 1) {
            const match = matches[at] & ~(MATCH.TITLE | MATCH.ID | MATCH.ALIAS | MATCH.ALERT | MATCH.SUMMARY);
            if (!(match & (MATCH.TEXT | MATCH.CODE | MATCH.HEADING))) continue;
            const worth = idf * weight * (worths[match] + (match >> 5) / 9);
            here.set(sections[at], Math.max(here.get(sections[at]) ?? 0, worth));
          }
        }
        // More words are worth more than better ones.
        for (const [section, worth] of here) scores.set(section, (scores.get(section) ?? 0) + 99 + worth);
      }
      return [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one) || one - other);
    };

    const hit = async (doc) => {
      const [url, title, parts, named] = await index.text(doc);
      const order = sectionsOf(doc);
      const firstText = parts.findIndex(([, , text]) => text);
      const excerpts = [...order.slice(0, MOST_SECTIONS), firstText]
        .filter((section) => parts[section]?.[2])
        .map((section) => excerpt(parts[section][2]));
      const sections = order.filter((section) => parts[section]?.[0]).slice(0, MOST_SECTIONS);
      return {
        doc,
        url,
        title: marked(title),
        kind: kinds[kindOf[doc]],
        named: named.flatMap(([, labels]) => labels.join(', ')),
        flags: flags.filter(([, flag]) => flagsOf[doc] & flag).map(([label]) => label),
        missing: units.filter(({ worth }) => !worth?.[doc]).map(({ text }) => text),
        sections: sections.map((section) => {
          const [anchor, heading] = parts[section];
          return { url: `${url}#${anchor}`, heading: marked(heading) };
        }),
        excerpt: excerpts.reduce((best, one) => (one.most > best.most ? one : best), excerpts[0])?.runs ?? [],
      };
    };
    return { hit };
  };
})();
