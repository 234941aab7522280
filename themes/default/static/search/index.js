// Reads the index, whose format is in docs/search.md: each file once, and when it is first needed.
(() => {
  'use strict';

  const { normalize, reverse, split, squeeze } = sdkb.search;

  // What kind of match a posting is, in bits, and the digits that numbers are written with. src/search/inverted.rs has
  // the same, and tests/search/postings.json holds the examples that both are tested with.
  const MATCH = {
    TEXT: 1, CODE: 2, HEADING: 4, SUMMARY: 8, STEM: 16, TITLE: 128, ID: 256, ALIAS: 512, ALERT: 1024, PART: 2048,
  };
  const ALL_MATCHES = 4096;
  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const VALUES = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));
  // Short beginnings of terms stand in many files, of which the first have to do.
  const MOST_FILES = 12;

  // Lists of documents, sections and kinds of match.
  const decode = (postings) => {
    const lists = [[], [], []];
    let [doc, number, shift, turn] = [0, 0, 0, 0];
    for (const digit of postings) {
      number += (VALUES[digit] & 31) << shift;
      shift += 5;
      if (VALUES[digit] > 31) continue;
      if (!turn) number = doc += number;
      lists[turn].push(number);
      turn = (turn + 1) % 3;
      number = shift = 0;
    }
    return { docs: lists[0], sections: lists[1], matches: lists[2] };
  };

  // The first place in sorted `items` that is not below `wanted`.
  const lowerBound = (items, wanted, key = (item) => item) => {
    let [from, to] = [0, items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (key(items[middle]) < wanted) from = middle + 1;
      else to = middle;
    }
    return from;
  };

  const termOf = (line) => line.slice(0, line.indexOf(' '));

  // What each kind of match is worth.
  const worthsOf = ({ weights, weak: [weakMatches, factor] }) => {
    const worthOf = (match) => {
      const [, weight] = weights.find(([matches]) => match & matches) ?? [0, 0];
      return weight * (match & weakMatches ? factor : 1);
    };
    return Float32Array.from({ length: ALL_MATCHES }, (_, match) => worthOf(match));
  };

  // Names to jump to.
  const nameEntries = (text, isAlert, kinds) => text.split('\n').filter(Boolean).map((line, doc) => {
    const [name, given, kind] = line.split('\t');
    const url = given ?? `alerts/${name}.html`;
    const parts = split(name).flatMap(({ whole, parts }) => parts ?? whole);
    return {
      name,
      url,
      label: isAlert ? 'Alert' : kinds[kind][1],
      isAlert,
      doc,
      plain: normalize(name),
      tight: squeeze(name),
      path: `/${normalize(url)}`,
      parts,
      initials: parts.map(([first]) => first).join(''),
    };
  });

  // `read` returns a promise of the data in the file of a name.
  const openIndex = (read) => {
    const kept = new Map();
    const once = (key, get) => {
      if (!kept.has(key)) {
        kept.set(key, get());
        kept.get(key).catch(() => kept.delete(key));
      }
      return kept.get(key);
    };
    const header = () => once('index', () => read('index'));
    const file = async (sort, number = 0) => {
      const name = `${sort}${number}-${(await header()).files[sort].substr(number * 6, 6)}`;
      return once(name, () => read(name));
    };

    const lines = (sort, number) => once(`lines ${sort}${number}`, async () => {
      const all = (await file(sort, number)).split('\n');
      return sort === 'e' ? all.map(reverse) : all;
    });
    // The lines of terms (`t`) or of endings (`e`) that begin with a text.
    const linesFrom = async (sort, start) => {
      const { terms, endings } = await header();
      const firsts = sort === 't' ? terms : endings;
      const first = Math.max(0, lowerBound(firsts, start) - 1);
      const wanted = firsts.slice(first, first + MOST_FILES).filter((term, at) => !at || term.startsWith(start));
      const found = await Promise.all(wanted.map((_, at) => lines(sort, first + at)));
      return found.flatMap((all) => {
        const from = lowerBound(all, start);
        return all.slice(from, from + lowerBound(all.slice(from), 1, (line) => +!line.startsWith(start)));
      });
    };
    const decoded = new Map();
    const postings = (line) => {
      const term = termOf(line);
      if (!decoded.has(term)) decoded.set(term, decode(line.slice(term.length + 1)));
      return { term, ...decoded.get(term) };
    };

    const names = () => once('names', async () => {
      const { kinds } = await header();
      const { alerts, titles } = await file('j');
      return [...nameEntries(alerts, true, kinds), ...nameEntries(titles, false, kinds)];
    });
    // The header, with what is known of each document, and what each kind of match is worth.
    const overview = () => once('overview', async () => {
      const [known, digits] = await Promise.all([header(), file('m')]);
      const numbers = (text) => Array.from(text, (digit) => VALUES[digit]);
      return {
        ...known,
        kindOf: numbers(digits.kind),
        flagsOf: numbers(digits.flags),
        lengthOf: numbers(digits.length).map((size) => 2 ** ((size - known.length) / 4)),
        worths: worthsOf(known),
      };
    });
    const text = async (doc) => {
      const { bucket } = await header();
      return (await file('d', Math.floor(doc / bucket)))[doc];
    };
    // Title, headings and texts of a document, as phrases are compared with them.
    const normalizedTexts = (doc) => once(`normalized ${doc}`, async () => {
      const [, title, sections] = await text(doc);
      return [title, ...sections.flatMap((section) => section.slice(1))].map(normalize);
    });
    const facet = (number) => file('f', number);

    return { header, overview, names, linesFrom, postings, text, normalizedTexts, facet };
  };

  Object.assign(sdkb.search, { MATCH, lowerBound, termOf, decode, openIndex });
})();
