// Search. docs/search.md says what the index holds. The engine comes first and knows nothing of pages, so that it can
// be tested without one; what the palette and the page of results share follows, then each of them.
(() => {
  'use strict';

  // From text to terms

  const PLAIN = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' };
  const STOP = new Set(('a an and are as at be by can do does for from how i if in into is it its my no not of on or our so such '
    + 'that the their then there these they this to was we what when where which who why will with you your').split(' '));
  // The index has these too, but a question that has other words is not about them.
  const FILLER = new Set(('about after also am any because been being but could did had has have he her him his just may me might must only '
    + 'please really shall she should some than too us very were while whose would yet cant cannot couldnt didnt doesnt dont hasnt havent id '
    + 'im isnt arent ive shouldnt thats theres theyre wasnt werent whats wont wouldnt youre').split(' '));
  const CJK = '(?:(?=\\p{L})[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}])';
  const OTHER = `(?:(?!${CJK})[\\p{L}\\p{N}])+`;
  const RUN = new RegExp(`(${CJK}+)|${OTHER}(?:[-_./:]${OTHER})*`, 'gu');

  const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/(\p{L})['’](?=\p{L})/gu, '$1')
    .replace(/[ßẞæÆœŒøØđĐðÐłŁıþÞ]/g, (letter) => {
      const plain = PLAIN[letter.toLowerCase()];
      return PLAIN[letter] ?? plain[0].toUpperCase() + plain.slice(1);
    });
  const low = (text) => fold(text).toLowerCase().replace(/\s+/g, ' ').trim();
  const squeeze = (text) => low(text).replace(/[^\p{L}\p{N}]/gu, '');
  const backwards = (text) => [...text].reverse().join('');
  const useful = (term) => term && !/^[a-z]$/.test(term);
  const wordy = (part) => /\p{L}{2}/u.test(part);

  const stem = (term) => {
    if (!/^[a-z]{4,}$/.test(term)) return term;
    const one = /..ies$/.test(term) ? `${term.slice(0, -3)}y` : term.replace(/(ss)es$|([^sui])s$/, '$1$2');
    let base = one.replace(/(?:ing|ed)$/, '');
    if (base === one || base.length < 3 || !/[aeiouy]/.test(base)) base = one;
    else if (/([^lsz])\1$/.test(base)) base = base.slice(0, -1);
    return base.replace(/(...)e$/, '$1');
  };

  /** The segments of a text: `whole`, and if it is compound its `words` and `parts`. */
  const split = (text) => [...fold(text).matchAll(RUN)].flatMap(([run, cjk]) => {
    if (cjk) {
      const letters = [...cjk];
      return letters.length < 2 ? { whole: cjk } : { whole: '', cjk, words: [], parts: letters.slice(1).map((letter, at) => letters[at] + letter) };
    }
    return run.split(/[/:]/).map((segment) => {
      const words = segment.split(/[-_.]/).map((word) => word
        .replace(/\p{Ll}(?=\p{Lu})|\p{Lu}(?=\p{Lu}\p{Ll})|\p{L}(?=\p{N})|\p{N}(?=\p{L})/gu, '$& ').toLowerCase().split(' '));
      const parts = words.flat();
      const whole = segment.toLowerCase();
      if (parts.length < 2) return { whole };
      return { whole: [...whole].length > 64 ? '' : whole, words: words.filter((word) => word[1] && words[1]).map((word) => word.join('')), parts };
    });
  });

  const terms = (text) => {
    const found = new Set();
    for (const { whole, words = [], parts } of split(text)) {
      if (parts) for (const term of [whole, ...words]) if (term) found.add(term);
      for (const term of parts ?? (STOP.has(whole) ? [] : [whole])) if (useful(term)) found.add(term).add(stem(term));
    }
    return [...found].sort();
  };

  /** How many letters to add, drop, change or swap; where they are more than `most`, any number above it. */
  const distance = (from, to, most = 99) => {
    if (Math.abs(from.length - to.length) > most) return most + 1;
    let before;
    let above = [...to, ''].map((_, place) => place);
    for (let i = 1; i <= from.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= to.length; j += 1) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (from[i - 1] !== to[j - 1]));
        if (i > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, above] = [above, row];
    }
    return above[to.length];
  };

  // The engine

  const [TEXT, CODE, HEADING, SUMMARY, STEM, TITLE, ID, ALIAS, ALERT, PART] = [1, 2, 4, 8, 16, 128, 256, 512, 1024, 2048];
  const FLAGS = [['Deprecated', 1, 0.4], ['Stale', 2, 0.8], ['Draft', 4, 0.7]];
  // What a match is worth by where it stands, and by whether it is the word itself. A simple word is seldom all of the
  // name of an alert, and `PART` does not say so if the word also stands alone nearby.
  const WORTH = Float32Array.from({ length: 4096 }, (_, kind) => (kind & TITLE ? 9 : kind & ALIAS ? 7.5 : kind & (ALERT | ID) ? 7
    : kind & HEADING ? 5.5 : kind & SUMMARY ? 4 : kind & TEXT ? 2 : 1) * (kind & (STEM | PART) ? 0.7 : 1));
  const VALUES = Object.fromEntries([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].map((sign, value) => [sign, value]));

  const decode = (postings) => {
    const lists = [[], [], []];
    let [doc, number, shift, turn] = [0, 0, 0, 0];
    for (const sign of postings) {
      number += (VALUES[sign] & 31) << shift;
      shift += 5;
      if (VALUES[sign] > 31) continue;
      if (!turn) number = doc += number;
      lists[turn].push(number);
      turn = (turn + 1) % 3;
      number = shift = 0;
    }
    return { docs: lists[0], sections: lists[1], kinds: lists[2] };
  };

  /** The first place in sorted `items` that is not below `wanted`. */
  const place = (items, wanted, key = (item) => item) => {
    let [from, to] = [0, items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (key(items[middle]) < wanted) from = middle + 1;
      else to = middle;
    }
    return from;
  };

  const pieces = new Map();
  /** Where in a run of letters and signs which terms stand: `[from, to, terms]`, the whole first. */
  const dissect = (run) => {
    if (pieces.size > 20000) pieces.clear();
    if (!pieces.has(run)) {
      const [first, second] = split(run);
      const found = [[0, run.length, first && !second ? [first.whole] : []]];
      for (const { 0: piece, index } of run.matchAll(/[\p{L}\p{N}\p{M}'’]+/gu)) {
        const size = new RegExp(CJK, 'u').test(piece) ? 2 : piece.length;
        for (let at = 0; at + size <= piece.length; at += 1) found.push([index + at, index + at + size, terms(piece.slice(at, at + size))]);
      }
      pieces.set(run, found);
    }
    return pieces.get(run);
  };

  const engine = (read) => {
    const kept = new Map();
    const once = (key, get) => {
      if (!kept.has(key)) {
        kept.set(key, get());
        kept.get(key).catch(() => kept.delete(key));
      }
      return kept.get(key);
    };
    const index = () => once('index', () => read('index'));
    const file = async (sort, place = 0) => {
      const name = `${sort}${place}-${(await index()).files[sort].substr(place * 6, 6)}`;
      return once(name, () => read(name));
    };
    const lines = (sort, place) => once(`lines ${sort}${place}`, async () => (await file(sort, place)).split('\n').map((line) => (sort === 'e' ? backwards(line) : line)));
    const decoded = new Map();

    /** The lines that begin so. Short beginnings stand in many files, of which the first have to do. */
    const beginning = async (sort, start) => {
      const { terms, endings } = await index();
      const firsts = sort === 't' ? terms : endings;
      const first = Math.max(0, place(firsts, start) - 1);
      const wanted = firsts.slice(first, first + 12).filter((term, at) => !at || term.startsWith(start));
      return (await Promise.all(wanted.map((_, at) => lines(sort, first + at)))).flatMap((all) => {
        const from = place(all, start);
        return all.slice(from, from + place(all.slice(from), 1, (line) => +!line.startsWith(start)));
      });
    };
    const termOf = (line) => line.slice(0, line.indexOf(' '));

    const names = () => once('names', async () => {
      const { kinds } = await index();
      const { alerts, titles } = await file('j');
      const entries = (text, alert) => text.split('\n').filter(Boolean).map((line, doc) => {
        const [name, given, kind] = line.split('\t');
        const url = given ?? `alerts/${name}.html`;
        const label = alert ? 'Alert' : kinds[kind][1];
        const parts = split(name).flatMap(({ whole, parts }) => parts ?? whole);
        return { name, url, label, alert, doc, plain: low(name), tight: squeeze(name), path: `/${low(url)}`, parts, initials: parts.map(([first]) => first).join('') };
      });
      return [...entries(alerts, true), ...entries(titles, false)];
    });

    /** A query in pieces. Only the names of facets make filters, so that `http://…` and `job:rate` stay words; and so do
     * `-timeout=9s` and `-bash:`, which come from a terminal. */
    const parse = (query, facets) => {
      const asked = { words: [], phrases: [], without: [], filters: [], open: false };
      const known = [['kind'], ['is'], ...facets];
      const plain = [];
      const matter = (text) => split(text).filter(({ whole, parts }) => parts || (useful(whole) && !STOP.has(whole)));
      for (const [token, minus, name, quoted, bare] of query.matchAll(/(-?)(?:([\p{L}\p{N}_-]+):)?(?:"([^"]*)(?:"|$)|([^\s"]+))/gu)) {
        const facet = known.findIndex((one) => name && one.some((own) => low(own) === low(name)));
        const not = minus && (facet >= 0 || quoted !== undefined || /^\p{L}[^=:]*$/u.test(bare));
        asked.open = false;
        if (facet >= 0) {
          asked.filters.push({ facet, not, token, wanted: low(quoted ?? bare) });
          continue;
        }
        const words = matter(quoted ?? (not ? token.slice(1) : token));
        if (not || quoted !== undefined) asked[not ? 'without' : 'phrases'].push({ words, text: quoted && low(quoted) });
        else {
          asked.words.push(...words);
          asked.open = words.length > 0 && query.endsWith(token);
        }
        if (!not) plain.push(quoted ?? token);
      }
      asked.plain = low(plain.join(' '));
      const telling = asked.words.filter(({ whole }) => !FILLER.has(whole));
      if (telling.length) {
        asked.open &&= telling.includes(asked.words.at(-1));
        asked.words = telling;
      }
      asked.words = asked.words.filter((word, at, all) => all.findIndex((other) => other.whole === word.whole && other.cjk === word.cjk) === at).slice(0, 32);
      return asked;
    };

    const documents = () => once('documents', async () => {
      const [{ length }, about] = await Promise.all([index(), file('m')]);
      const [kind, flags, sizes] = [about.kind, about.flags, about.length].map((digits) => Array.from(digits, (digit) => VALUES[digit]));
      return { kind, flags, length: sizes.map((size) => 2 ** ((size - length) / 4)) };
    });

    /** With `counts` also what the facets hold, of which the first and those that are asked for are read. */
    const search = async (query, { limit = 20, counts = false } = {}) => {
      const { count, kinds, facets, bucket } = await index();
      const [about, entries] = await Promise.all([documents(), names()]);
      const asked = parse(query, facets);
      const all = about.kind.map((_, doc) => doc);

      // What a word is worth in each document, by the terms that stand for it

      const simple = async (term, { stems, loose, last, compound }) => {
        const found = { worth: new Float32Array(count), named: new Uint16Array(count), used: [] };
        const { worth, named, used } = found;
        const add = (line, weight) => {
          const own = termOf(line);
          if (!decoded.has(own)) decoded.set(own, decode(line.slice(own.length + 1)));
          const { docs, kinds, sections } = decoded.get(own);
          used.push({ term: own, weight, docs, kinds, sections });
          for (let at = 0; at < docs.length;) {
            const doc = docs[at];
            let [best, often] = [0, 0];
            for (; docs[at] === doc; at += 1) {
              const kind = kinds[at];
              const name = kind & PART ? 0 : kind & (ALERT | ID);
              if (own === term) named[doc] |= name;
              best = Math.max(best, compound && name ? 14 : WORTH[kind]);
              often += 1 << ((kind >> 5) & 3);
            }
            worth[doc] = Math.max(worth[doc], weight * best * (0.8 + (0.44 * often) / (often + 0.6 + 0.6 * about.length[doc])));
          }
        };
        const exactly = async (wanted, weight) => (await beginning('t', `${wanted} `)).forEach((line) => add(line, weight));
        await exactly(term, 1);
        if (stems && stem(term) !== term) await exactly(stem(term), 0.8);
        if ((last || (loose && !used.length)) && (term.length > 1 || term > '\u1000')) {
          const longer = (await beginning('t', term)).filter((line) => line[term.length] !== ' ');
          // What stands in most documents is meant most often, and there is a limit to what can be weighed.
          let left = 200000;
          for (const line of longer.sort((one, other) => other.length - one.length).slice(0, 60)) {
            left -= line.length;
            if (left > 0) add(line, 0.5 * Math.sqrt(term.length / line.indexOf(' ')));
          }
        }
        if (loose && !used.length && /^\p{L}{4,}$/u.test(term)) {
          const [begun, ended] = await Promise.all([beginning('t', term.slice(0, 3)), beginning('e', backwards(term).slice(0, 3))]);
          const most = term.length > 7 ? 2 : 1;
          // Of a long name there may be a half only.
          const far = (other) => Math.min(distance(term, other, most), most > 1 ? 0.5 + distance(term, other.slice(0, term.length), most) : most + 1);
          const close = [...new Set([...begun.map(termOf), ...ended.map(backwards)])].map((other) => [far(other), other]).sort();
          for (const [far, other] of close.filter(([far]) => far <= most && far === close[0][0]).slice(0, 8)) {
            await exactly(other, 0.5 / far);
            found.fixed ??= other;
          }
        }
        return used.length ? found : undefined;
      };

      const word = async ({ whole, cjk, parts }, how) => {
        const exact = whole && await simple(whole, { ...how, loose: how.loose && !parts, compound: parts });
        let needed = parts?.filter(useful) ?? [];
        // `k8s` has no part that says anything.
        if (needed.length < parts?.length && !needed.some(wordy)) needed = [];
        if (needed.some((part) => !STOP.has(part))) needed = needed.filter((part) => !STOP.has(part));
        const found = await Promise.all(needed.map((part, at) => simple(part, { ...how, last: how.last && at === needed.length - 1, loose: how.loose && !exact })));
        // A slip in a name may make another word of a part, so it is nearer to the whole.
        const near = exact ?? (how.loose && whole && parts ? await simple(whole, { ...how, compound: parts }) : undefined);
        if (near !== exact && found.some((one) => !one || one.fixed)) return near;
        if (!found.length || found.includes(undefined)) return exact;
        // Whoever types a whole name means that one, and not what has the same words in it.
        if (exact) exact.worth.forEach((worth, doc) => { if (worth) exact.worth[doc] += 6; });
        const share = (cjk ? 1 : 0.6) / found.length;
        const worth = near?.worth ?? new Float32Array(count);
        let together = false;
        for (let doc = 0; doc < count; doc += 1) {
          let sum = 0;
          for (const part of found) sum = part.worth[doc] && sum >= 0 ? sum + part.worth[doc] : -1;
          together ||= sum > 0;
          worth[doc] = Math.max(worth[doc], share * sum);
        }
        return {
          worth,
          named: exact?.named,
          used: [...near?.used ?? [], ...found.flatMap(({ used }) => used.map((one) => ({ ...one, weight: one.weight * (exact ? 0.3 : 1) })))],
          fixed: found.some(({ fixed }) => fixed) ? found.map(({ fixed }, at) => fixed ?? needed[at]).join(' ') : !together && near?.fixed,
        };
      };
      const unit = async (segment, how) => ({ text: segment.whole || segment.cjk || segment.parts.join(' '), strict: !how.loose, compound: segment.parts && segment.whole, ...await word(segment, how) });

      // Words, then filters. A word that is left out has to stand there itself; whole phrases are looked for below.

      const units = (await Promise.all([
        ...asked.words.map((segment, at) => unit(segment, { stems: true, loose: true, last: asked.open && at === asked.words.length - 1 })),
        ...asked.phrases.flatMap(({ words }) => words.map((segment, at) => unit(segment, { last: at === words.length - 1 }))),
      ]));
      const total = new Float64Array(count);
      const matched = new Uint8Array(count);
      const allowed = new Uint8Array(count).fill(1);
      for (const one of units) {
        const { worth } = one;
        let frequency = 0;
        for (let doc = 0; worth && doc < count; doc += 1) if (worth[doc]) frequency += 1;
        one.idf = Math.max(0.2, Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5)));
        for (let doc = 0; doc < count; doc += 1) {
          if (worth?.[doc]) {
            total[doc] += one.idf * worth[doc];
            matched[doc] += 1;
          } else if (one.strict) allowed[doc] = 0;
        }
      }
      for (const { words, text } of asked.without) {
        const found = await Promise.all(words.map((segment) => word(segment, {})));
        if (!text && found.length && found.every(Boolean)) for (const doc of all) if (found.every(({ worth }) => worth[doc])) allowed[doc] = 0;
      }
      // Each facet as its name, its label, its values and which of them a document has: the kind, the state, the others.
      const sides = await Promise.all([
        ['kind', 'Kind', kinds, (doc) => [about.kind[doc]]],
        ['is', 'State', FLAGS, (doc) => FLAGS.flatMap(([, flag], at) => (about.flags[doc] & flag ? at : []))],
        ...facets.map(async ([name, label], at) => {
          if (!(counts && at < 6) && !asked.filters.some(({ facet }) => facet === at + 2)) return undefined;
          const { values, of } = await file('f', at);
          return [name, label, values, (doc) => of[doc]];
        }),
      ]);
      for (const filter of asked.filters) filter.value = sides[filter.facet][2].findIndex((value) => value.some((own) => low(`${own}`) === filter.wanted));
      for (const { facet, not } of asked.filters) {
        // Filters of one name widen each other.
        const values = asked.filters.filter((one) => one.facet === facet && one.not === not).map(({ value }) => value);
        for (const doc of all) if (sides[facet][3](doc).some((value) => values.includes(value)) === Boolean(not)) allowed[doc] = 0;
      }

      // Somebody who types a whole name wants what is called so.
      const exact = new Uint8Array(count);
      let bits = units.length === 1 && asked.words[0]?.parts && asked.plain === units[0].text ? ID : 0;
      const ending = `/${asked.plain}.html`;
      for (const { plain, path, alert, doc } of asked.plain ? entries : []) {
        if (plain === asked.plain && alert) bits |= ALERT;
        else if (plain === asked.plain) exact[doc] = 2;
        else if (!alert && path.endsWith(ending)) exact[doc] = 1;
      }
      for (const doc of bits && units.length ? all : []) if (units.every(({ named }) => named?.[doc] & bits)) exact[doc] += 1;
      // An alert that comes with other words, as in a notification, is what it is about.
      for (const { named, compound } of units) if (named && compound) for (const doc of all) if (named[doc] & ALERT) exact[doc] ||= 1;

      const full = [];
      let part = [];
      for (const doc of all) {
        if (!allowed[doc]) continue;
        total[doc] *= kinds[about.kind[doc]][3];
        if (about.flags[doc]) for (const [, flag, factor] of FLAGS) if (about.flags[doc] & flag) total[doc] *= factor;
        if (exact[doc] || (units.length ? matched[doc] === units.length : asked.filters.length + asked.without.length)) full.push(doc);
        else if (matched[doc]) part.push(doc);
      }
      // All words before some. Of many words some are chatter, so there a better document may lack one.
      const soft = units.length > 2;
      const key = (doc) => exact[doc] * 1e12 + (soft ? 0 : matched[doc] * 1e6) + total[doc] * (soft ? (matched[doc] / units.length) ** 1.5 : 1);
      const best = (docs, wanted) => {
        // Sorting numbers is fast, sorting by a function is not.
        const keys = Float64Array.from(docs, key);
        const least = keys.slice().sort()[Math.max(0, docs.length - wanted)];
        return docs.filter((_, at) => keys[at] >= least).sort((one, other) => key(other) - key(one) || one - other).slice(0, wanted);
      };
      const most = part.reduce((most, doc) => Math.max(most, matched[doc]), 0);
      part = part.filter((doc) => matched[doc] * 2 >= most);
      const text = async (doc) => (await file('d', Math.floor(doc / bucket)))[doc];
      let found = full.length ? full : part;
      if (soft && full.length) {
        const bar = full.reduce((best, doc) => Math.max(best, exact[doc] ? 0 : key(doc)), 0);
        found = [...full, ...part.filter((doc) => key(doc) > bar)];
        part = part.filter((doc) => key(doc) <= bar);
      }

      // Only the texts know phrases, so the best candidates have to be read.
      const banned = asked.without.filter((phrase) => phrase.text);
      const phrases = asked.phrases.filter((phrase) => phrase.text);
      if (phrases.length + banned.length) {
        const fits = await Promise.all(best(found, 300).map(async (doc) => {
          const said = await once(`said ${doc}`, async () => {
            const [, title, parts] = await text(doc);
            return [title, ...parts.flatMap((part) => part.slice(1))].map(low);
          });
          const says = (phrase) => said.some((one) => one.includes(phrase.text));
          return phrases.every(says) && !banned.some(says) ? doc : [];
        }));
        found = fits.flat();
        part = [];
        if (!found.length && phrases.length) return { ...await search(query.replaceAll('"', ' '), { limit, counts }), loose: true };
      }

      // A metric or a file that no document knows is still about something.
      const known = ({ whole, parts }) => (/[-_.]/.test(whole) ? parts.filter(wordy).join(' ') : whole);
      const unknown = !found.length && asked.words.some((one) => /[-_.]/.test(one.whole) && one.parts.some(wordy));
      if (unknown && !asked.without.length && !asked.filters.length) return { ...await search(asked.words.map(known).join(' '), { limit, counts }), loose: true };

      // What is shown

      const wanted = new Map();
      units.forEach(({ used = [] }, at) => used.forEach(({ term }) => wanted.has(term) || wanted.set(term, at)));
      /** Where the words stand in a text: `[from, to, unit, whether it is the word itself]`. */
      const marks = (text) => [...text.matchAll(/[\p{L}\p{N}\p{M}'’]+(?:[-_./:][\p{L}\p{N}\p{M}'’]+)*/gu)].flatMap(({ 0: run, index }) => {
        const spans = [];
        for (const [from, to, own] of dissect(run)) {
          const term = own.find((term) => wanted.has(term));
          if (term && !(spans[0]?.[1] >= index + to && spans[0][0] <= index)) spans.push([index + from, index + to, wanted.get(term), term === units[wanted.get(term)].text]);
        }
        return spans;
      });
      const runs = (text, spans = marks(text), start = 0, end = text.length) => {
        const parts = [];
        let at = start;
        for (const [from, to] of [...spans, [end, end]]) {
          if (from < start || from > end) continue;
          if (from > at) parts.push([text.slice(at, from), false]);
          if (to > at && from < end) parts.push([text.slice(Math.max(from, at), Math.min(to, end)), true]);
          at = Math.max(at, to);
        }
        return parts;
      };
      const excerpt = (text, size = 160) => {
        const spans = marks(text);
        let [start, most] = [0, 0];
        spans.forEach(([from], first) => {
          const here = new Map();
          for (let at = first; at < spans.length && spans[at][1] <= from + size - 40; at += 1) here.set(spans[at][2], Math.max(here.get(spans[at][2]) ?? 1, spans[at][3] ? 1.5 : 1));
          const sum = [...here.values()].reduce((sum, value) => sum + value, 0);
          if (sum > most) [start, most] = [from, sum];
        });
        start = start < 40 || text.length <= size ? 0 : text.indexOf(' ', start - 30) + 1 || start;
        const end = start + size >= text.length ? text.length : Math.max(text.lastIndexOf(' ', start + size), start + size - 24);
        return { most, runs: [...start ? [['… ', false]] : [], ...runs(text, spans, start, end), ...end < text.length ? [[' …', false]] : []] };
      };
      const hit = async (doc) => {
        const [url, title, parts, named] = await text(doc);
        const scores = new Map();
        for (const { used = [], idf } of units) {
          const here = new Map();
          for (const { docs, sections, kinds, weight } of used) {
            for (let at = place(docs, doc); docs[at] === doc; at += 1) {
              const kind = kinds[at] & ~(TITLE | ID | ALIAS | ALERT | SUMMARY);
              if (kind & (TEXT | CODE | HEADING)) here.set(sections[at], Math.max(here.get(sections[at]) ?? 0, idf * weight * (WORTH[kind] + (kind >> 5) / 9)));
            }
          }
          // More words are worth more than better ones.
          for (const [section, score] of here) scores.set(section, (scores.get(section) ?? 0) + 99 + score);
        }
        const order = [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one) || one - other);
        const said = [...order.slice(0, 3), parts.findIndex((part) => part[2])].filter((section) => parts[section]?.[2]).map((section) => excerpt(parts[section][2]));
        return {
          doc, url, title: runs(title), kind: kinds[about.kind[doc]],
          named: named.flatMap(([, labels]) => labels.join(', ')),
          flags: FLAGS.filter(([, flag]) => about.flags[doc] & flag).map(([label]) => label),
          missing: units.filter(({ worth }) => !worth?.[doc]).map(({ text }) => text),
          sections: order.filter((section) => parts[section]?.[0]).slice(0, 3).map((section) => ({ url: `${url}#${parts[section][0]}`, heading: runs(parts[section][1]) })),
          excerpt: said.reduce((best, one) => (one.most > best.most ? one : best), said[0])?.runs ?? [],
        };
      };
      const shown = best(found, limit);
      if (full.length && found.length < 5) shown.push(...best(part.filter((doc) => matched[doc] * 2 >= units.length), 5));
      return {
        total: found.length,
        whole: full.length > 0,
        hits: await Promise.all(shown.map(hit)),
        facets: sides.flatMap((side, facet) => {
          if (!counts || !side) return [];
          const [name, label, values, own] = side;
          const sums = values.map(() => 0);
          for (const doc of found) for (const value of own(doc)) sums[value] += 1;
          return {
            name,
            label,
            values: values.map(([id, label], at) => ({
              id: `${id}`, label: facet === 1 ? id : label, count: sums[at],
              token: asked.filters.find((one) => one.facet === facet && one.value === at && !one.not)?.token,
            })).filter(({ count, token }) => count || token).sort((one, other) => other.count - one.count),
          };
        }),
        fixed: units.filter(({ fixed }) => fixed).map(({ text, fixed }) => [text, fixed]),
      };
    };

    const top = async (rank, limit = 5) => {
      const ranked = (await names()).map((entry) => [rank(entry), entry]).filter(([rank]) => rank > 0);
      ranked.sort(([one, { name }], [other, { name: second }]) => other - one || name.length - second.length || (name < second ? -1 : 1));
      return ranked.slice(0, limit).map(([rank, { name, url, label, alert }]) => ({ name, url, label, alert, rank }));
    };

    /** Titles and alerts that fit what has been typed so far. */
    const jump = async (query) => {
      const [plain, letters] = [low(query), squeeze(query)];
      const words = plain.split(' ');
      const scattered = (text) => {
        let at = -1;
        for (const letter of letters) {
          at = text.indexOf(letter, at + 1);
          if (at < 0 || at >= letters.length * 3) return false;
        }
        return letters.length > 2;
      };
      return letters ? top(({ plain: name, tight, initials }) => (tight === letters ? 6 : tight.startsWith(letters) ? 5 : ` ${name}`.includes(` ${plain}`) ? 4
        : tight.includes(letters) ? 3 : words.every((word) => name.includes(word)) ? 2
          : letters[1] && initials.startsWith(letters) ? 1.5 : scattered(tight) ? 1 : 0), 8) : [];
    };

    /** Titles and alerts that look like what nothing fits. */
    const closest = async (query) => {
      const words = split(query).flatMap(({ whole, parts }) => parts ?? whole).filter((word) => word[2] && !STOP.has(word)).slice(0, 6);
      const known = new Map();
      const near = (word, own) => {
        const key = `${word} ${own}`;
        if (own[0] !== word[0] && own.at(-1) !== word.at(-1)) return 0;
        if (!known.has(key)) known.set(key, own[2] ? 1 - Math.min(distance(word, own, 3), distance(word, own.slice(0, word.length), 3)) / Math.max(4, word.length) : 0);
        return known.get(key);
      };
      return top(({ tight, parts }) => words.reduce((sum, word) => sum + Math.max(near(word, tight), ...parts.map((own) => near(word, own))), -0.55 * words.length));
    };

    return { index, search, jump, closest };
  };

  // The files call back, since a page from the disk may load scripts and nothing else.
  const waiting = new Map();
  globalThis.sdkbSearch = Object.assign((name, data) => waiting.get(name)?.(data), { split, terms, stem, distance, engine });
  if (typeof document === 'undefined') return;

  const { root } = document.currentScript.dataset;
  const read = (name, version = '') => new Promise((done, fail) => {
    const script = make('script', { src: `${root}search/${name}.js${version}` });
    waiting.set(name, done);
    script.onload = script.onerror = () => {
      script.remove();
      fail(new Error(`search/${name}.js is missing`));
    };
    document.head.append(script);
  });
  let desk = engine(read);
  // A browser may have kept an index from before the last release, and it names files that are gone.
  const search = (query, options) => desk.search(query, options).catch(() => {
    desk = engine((name) => read(name, name === 'index' ? `?${Date.now()}` : ''));
    return desk.search(query, options);
  });

  // What the palette and the page share. Text goes in as text, so nothing in a document can become an element.

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const marked = (runs) => runs.map(([text, hit]) => (hit ? make('mark', {}, text) : text));
  const about = (...texts) => make('span', { class: 'about' }, ...texts.filter(Boolean).map((text) => make('span', {}, text)));
  const title = ({ title, flags }) => [...marked(title), ...flags.flatMap((flag) => [' ', make('span', { class: 'chip', 'data-value': flag.toLowerCase() }, flag)])];
  const facts = ({ kind, named, missing }) => about(kind[1], ...named, missing.length && `without ${missing.join(', ')}`);
  const outcome = ({ total, whole, fixed, loose }, query) => [
    ...fixed.map(([typed, meant]) => `Nothing has “${typed}”, so this is for “${meant}”.`),
    loose ? 'Nothing has exactly these words.' : '',
    !total ? `Nothing found for “${query}”.` : whole ? `${total} document${total > 1 ? 's' : ''}` : 'No document has all the words. These have most:',
  ].join(' ').trim();
  /** Where to go if nothing was found. */
  const instead = async (query) => {
    const { ask } = await desk.index();
    return [
      ['Names that come close', await desk.closest(query)],
      ['Or look here', [
        ...document.querySelector('.nav a[href$="alerts/index.html"]') ? [{ name: 'All alerts', url: 'alerts/index.html' }] : [],
        ...ask?.length ? [{ name: `Whom to ask: ${ask[0]}`, url: ask[1] }] : [],
      ]],
    ];
  };
  const address = (query) => `${root}search.html?q=${encodeURIComponent(query)}`;
  const broken = 'The search index could not be loaded.';

  const shelf = `sdkb-recent ${new URL(root || '.', location.href).pathname}`;
  const recent = () => {
    try { return JSON.parse(localStorage.getItem(shelf)) ?? []; } catch { return []; }
  };
  const remember = (query) => {
    try {
      if (query) localStorage.setItem(shelf, JSON.stringify([query, ...recent().filter((other) => other !== query)].slice(0, 6)));
    } catch {
      // A browser may refuse to keep anything.
    }
  };

  // The palette

  const build = () => {
    const field = make('input', {
      name: 'q', role: 'combobox', placeholder: 'Alert, error, title or words', 'aria-label': 'Search', 'aria-controls': '_hits', 'aria-autocomplete': 'list',
      autocomplete: 'off', autocapitalize: 'off', spellcheck: false, enterkeyhint: 'go',
    });
    const close = make('button', { type: 'button' }, 'Close');
    const form = make('form', { action: `${root}search.html` }, field, close);
    const status = make('p', { role: 'status' });
    const list = make('div', { id: '_hits', role: 'listbox', 'aria-label': 'Results' });
    const dialog = make('dialog', { class: 'palette', 'aria-label': 'Search' }, form, status, list);
    document.body.append(dialog);
    let options = [];
    let active = -1;
    let moved = false;
    let turn = 0;

    const choose = (to) => {
      options[active]?.setAttribute('aria-selected', false);
      active = to;
      options[active]?.setAttribute('aria-selected', true);
      options[active]?.scrollIntoView({ block: 'nearest' });
      field.setAttribute('aria-activedescendant', options[active]?.id ?? '');
    };
    const option = (url, ...children) => make('a', { href: url, role: 'option', tabindex: -1, 'aria-selected': false }, ...children);
    const named = ({ name, url, label }) => option(root + url, make('b', {}, name), about(label));
    const show = (groups, text) => {
      // What was chosen stays so, if it is still there.
      const before = moved && options[active]?.href;
      list.replaceChildren(...groups.filter(([, children]) => children.length).map(([label, children]) => make('div', { role: 'group', 'aria-label': label }, ...children)));
      options = [...list.querySelectorAll('a')];
      options.forEach((one, at) => { one.id = `_hit-${at}`; });
      list.hidden = !options.length;
      list.scrollTop = 0;
      field.setAttribute('aria-expanded', options.length > 0);
      choose(Math.max(0, options.findIndex(({ href }) => href === before)));
      status.textContent = text;
    };

    const update = async () => {
      turn += 1;
      const mine = turn;
      const query = field.value.trim();
      if (!query) return show([['Recent', recent().map((text) => option(address(text), text))]], '');
      try {
        let ready = false;
        const coming = search(field.value, { limit: 8 }).finally(() => { ready = true; });
        // Names come before words, but only to fill a gap that would be seen.
        await Promise.race([coming, new Promise((done) => { setTimeout(done, 60); })]);
        const names = await desk.jump(query).catch(() => []);
        if (mine === turn && !ready) show([['Names', names.map(named)]], 'Searching…');
        const found = await coming;
        // A single letter is no word yet.
        if (mine === turn && /^[a-z]$/i.test(query)) return show([['Names', names.map(named)]], 'Names only. Type on to search the texts.');
        const { hits, total } = found;
        const others = names.filter(({ url, rank, alert }) => (alert || rank > 3 || !total) && hits.every((hit) => hit.url !== url)).slice(0, 3);
        const more = total || others.length ? [] : await instead(query);
        if (mine !== turn) return undefined;
        show([
          ['Documents', hits.flatMap((hit, at) => [
            option(root + hit.url, make('b', {}, ...title(hit)), facts(hit), make('span', { class: 'hit-text' }, ...marked(hit.excerpt))),
            ...hit.sections.slice(0, at ? 0 : 2).map(({ url, heading }) => option(root + url, make('span', { class: 'hit-section' }, ...marked(heading)))),
          ])],
          ['Names', others.map(named)],
          ...more.map(([label, names]) => [label, names.map(named)]),
          ['More', total > hits.length ? [option(address(query), `All ${total} results`)] : []],
        ], outcome(found, query));
      } catch {
        if (mine === turn) show([['Or look here', [...document.querySelectorAll('.nav > ul > li > a')].map((link) => option(link.href, link.textContent))]], broken);
      }
      return undefined;
    };

    field.addEventListener('input', () => {
      moved = false;
      update();
    });
    field.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing || !options.length || (!step && event.key !== 'Enter')) return;
      event.preventDefault();
      if (step) {
        moved = true;
        choose((active + step + options.length) % options.length);
      } else if (event.ctrlKey || event.metaKey) {
        remember(field.value.trim());
        open(options[active].href, '_blank', 'noopener');
      } else options[active].click();
    });
    list.addEventListener('click', (event) => {
      if (!event.target.closest('a')) return;
      remember(field.value.trim());
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
    });
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });

    return (text) => {
      if (!dialog.open) dialog.showModal();
      field.focus();
      field.select();
      if (text) field.setRangeText(text, 0, field.value.length, 'end');
      moved = false;
      update();
      desk.jump('a').catch(() => {});
    };
  };

  const form = document.querySelector('form[data-search]');
  let opened;
  const palette = (text) => {
    if (form) form.q.select();
    else (opened ??= build())(text);
  };
  sdkbSearch.palette = palette;

  // The page of results

  if (!form) return;
  const [status, list, narrow, more, help] = ['_count', '_found', '_narrow', '_more', '_instead'].map((id) => document.getElementById(id));
  narrow.parentNode.open = matchMedia('(min-width: 64rem)').matches;
  let turn = 0;
  let limit = 10;

  const link = (url, runs) => make('li', {}, make('a', { href: root + url }, ...runs));
  const item = (hit) => make('li', {}, make('a', { href: root + hit.url, class: 'row-title' }, ...title(hit)), facts(hit), make('p', {}, ...marked(hit.excerpt)),
    ...hit.sections.length ? [make('ul', { class: 'names' }, ...hit.sections.map(({ url, heading }) => link(url, marked(heading))))] : []);
  const facet = ({ name, label, values }, total) => {
    const buttons = values.filter(({ token, count }, at) => token || (at < 8 && count < total)).map(({ id, label, count, token }) => {
      const own = `${name}:${/\s/.test(id) ? `"${id}"` : id}`;
      const button = make('button', { type: 'button', 'aria-pressed': Boolean(token), id: `_${own}` }, `${label} `, make('span', { class: 'count' }, count));
      button.addEventListener('click', async () => {
        form.q.value = (token ? form.q.value.replace(token, '') : `${form.q.value} ${own}`).replace(/\s+/g, ' ').trim();
        await change();
        document.getElementById(button.id)?.focus();
      });
      return button;
    });
    return buttons.length ? make('div', { role: 'group', 'aria-label': label }, make('p', { class: 'label' }, label), ...buttons) : [];
  };
  const draw = (text, items = [], facets = [], rest = false) => {
    status.textContent = text;
    list.replaceChildren(...items);
    narrow.replaceChildren(...facets);
    narrow.parentNode.hidden = !facets.length;
    more.hidden = !rest;
    help.hidden = items.length > 0;
  };
  const update = async () => {
    turn += 1;
    const mine = turn;
    const query = form.q.value.trim();
    try {
      const found = query && await search(form.q.value, { limit, counts: true });
      const groups = query && !found.total ? await instead(query) : [];
      if (mine !== turn) return;
      if (!query) draw('');
      else {
        draw(outcome(found, query), found.total ? found.hits.map(item) : groups.filter(([, names]) => names.length).map(([label, names]) => make('li', {}, make('p', { class: 'label' }, label),
          make('ul', { class: 'lines' }, ...names.map(({ name, url }) => link(url, [name]))))), found.facets.flatMap((one) => facet(one, found.total)).slice(0, 7), found.total > found.hits.length);
      }
    } catch {
      if (mine === turn) draw(broken);
    }
  };
  const change = () => {
    limit = 10;
    const query = form.q.value.trim();
    try {
      history.replaceState(history.state, '', location.pathname + (query && `?q=${encodeURIComponent(query)}`));
    } catch {
      // A browser may refuse it for files. The search works all the same.
    }
    return update();
  };
  const recall = () => {
    form.q.value = new URLSearchParams(location.search).get('q') ?? '';
    update();
  };
  form.addEventListener('input', change);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    remember(form.q.value.trim());
    change();
  });
  more.addEventListener('click', () => {
    limit += 20;
    update();
  });
  addEventListener('popstate', recall);
  addEventListener('pageshow', (event) => { if (event.persisted) recall(); });
  recall();
  if (!form.q.value) form.q.focus();
})();
