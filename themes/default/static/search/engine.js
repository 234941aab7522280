// From a query to the documents that fit it, the best first. Knows nothing of pages, so that it is tested without one.
(() => {
  'use strict';

  const { MATCH, hasLetters, normalize, parseQuery, openIndex } = sdkb.search;
  const { matchSegment, matchWords, presenter, nameFinder } = sdkb.search;

  // What is said of documents with a flag, its bit, and what it makes of their worth.
  const FLAGS = [['Deprecated', 1, 0.4], ['Stale', 2, 0.8], ['Draft', 4, 0.7]];
  // Facets that are counted. Others are read where a filter asks for them.
  const MOST_FACETS = 6;
  // How many documents are read in search of a phrase.
  const MOST_READ = 300;

  // The documents that fit. With `counts` also how many have each value of the facets.
  const search = async (index, query, { limit = 20, counts = false } = {}) => {
    const base = await index.overview();
    const asked = parseQuery(query, base.facets);
    const units = await matchWords(index, base, asked);
    const scores = score(base, units);
    const facets = await readFacets(index, base, asked, counts);
    await leaveOut(index, base, asked, scores);
    filter(asked, facets, scores);
    markNamed(await index.names(), asked, units, scores);
    const ranked = rank(base, asked, units, scores);

    if ([...asked.phrases, ...asked.without].some(({ text }) => text)) {
      await keepPhrases(index, asked, ranked);
      if (!ranked.found.length && asked.phrases.some(({ text }) => text)) {
        return { ...await search(index, query.replaceAll('"', ' '), { limit, counts }), isLoose: true };
      }
    }
    const simpler = simplerQuery(asked, ranked);
    if (simpler) return { ...await search(index, simpler, { limit, counts }), isLoose: true };

    const { full, found, part, best } = ranked;
    const shown = best(found, limit);
    const hasHalf = (doc) => scores.matched[doc] * 2 >= units.length;
    if (full.length && found.length < 5) shown.push(...best(part.filter(hasHalf), 5));
    const { hit } = presenter(index, base, units, FLAGS);
    return {
      total: found.length,
      isWhole: full.length > 0,
      hits: await Promise.all(shown.map(hit)),
      facets: counts ? facets.flatMap((facet, at) => (facet ? countValues(facet, at, asked, found) : [])) : [],
      fixed: units.filter(({ fixed }) => fixed).map(({ text, fixed }) => [text, fixed]),
    };
  };

  // For each document: what it is worth (`total`), how many units it has (`matched`), whether it may be found
  // (`allowed`) and whether the query is its name (`named`).
  const score = ({ count }, units) => {
    const total = new Float64Array(count);
    const matched = new Uint8Array(count);
    const allowed = new Uint8Array(count).fill(1);
    for (const unit of units) {
      const { worth } = unit;
      let frequency = 0;
      for (let doc = 0; worth && doc < count; doc += 1) if (worth[doc]) frequency += 1;
      unit.idf = Math.max(0.2, Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5)));
      for (let doc = 0; doc < count; doc += 1) {
        if (worth?.[doc]) {
          total[doc] += unit.idf * worth[doc];
          matched[doc] += 1;
        } else if (unit.isStrict) {
          allowed[doc] = 0;
        }
      }
    }
    return { total, matched, allowed, named: new Uint8Array(count) };
  };

  // A word that is left out has to stand there itself. Whole phrases are looked for in the texts.
  const leaveOut = async (index, base, asked, { allowed }) => {
    for (const { words, text } of asked.without) {
      const found = await Promise.all(words.map((segment) => matchSegment(index, base, segment, {})));
      if (text || !found.length || !found.every(Boolean)) continue;
      allowed.forEach((_, doc) => { if (found.every(({ worth }) => worth[doc])) allowed[doc] = 0; });
    }
  };

  // The kind, the state, and the others, each with its values and which of them a document has (`of`).
  const readFacets = (index, { facets, kinds, kindOf, flagsOf }, { filters }, counts) => Promise.all([
    { name: 'kind', label: 'Kind', values: kinds, of: (doc) => [kindOf[doc]] },
    {
      name: 'is',
      label: 'State',
      values: FLAGS,
      of: (doc) => FLAGS.flatMap(([, flag], at) => (flagsOf[doc] & flag ? at : [])),
    },
    ...facets.map(async ([name, label], at) => {
      const isWanted = (counts && at < MOST_FACETS) || filters.some(({ facet }) => facet === at + 2);
      if (!isWanted) return undefined;
      const { values, of } = await index.facet(at);
      return { name, label, values, of: (doc) => of[doc] };
    }),
  ]);

  // Filters of one name widen each other.
  const filter = ({ filters }, facets, { allowed }) => {
    for (const one of filters) {
      const isWanted = (value) => value.some((own) => normalize(`${own}`) === one.wanted);
      one.value = facets[one.facet].values.findIndex(isWanted);
    }
    for (const { facet, isMinus } of filters) {
      const values = filters.filter((one) => one.facet === facet && one.isMinus === isMinus).map(({ value }) => value);
      const { of } = facets[facet];
      allowed.forEach((_, doc) => {
        if (of(doc).some((value) => values.includes(value)) === Boolean(isMinus)) allowed[doc] = 0;
      });
    }
  };

  // A query that is a whole name wants what is called so.
  const markNamed = (entries, asked, units, { named }) => {
    const isCompound = units.length === 1 && asked.words[0]?.parts && asked.plain === units[0].text;
    let bits = isCompound ? MATCH.ID : 0;
    const ending = `/${asked.plain}.html`;
    for (const { plain, path, isAlert, doc } of asked.plain ? entries : []) {
      if (plain === asked.plain && isAlert) bits |= MATCH.ALERT;
      else if (plain === asked.plain) named[doc] = 2;
      else if (!isAlert && path.endsWith(ending)) named[doc] = 1;
    }
    if (bits && units.length) {
      named.forEach((_, doc) => { if (units.every((unit) => unit.named?.[doc] & bits)) named[doc] += 1; });
    }
    // An alert that comes with other words, as in a notification, is what it is about.
    for (const unit of units) {
      if (!unit.named || !unit.isCompound) continue;
      named.forEach((_, doc) => { if (unit.named[doc] & MATCH.ALERT) named[doc] ||= 1; });
    }
  };

  // `full` are the documents with all words, `found` those that count as found, and `part` others that come close.
  const rank = ({ kinds, kindOf, flagsOf }, asked, units, { total, matched, allowed, named }) => {
    const full = [];
    let part = [];
    const needsNoWord = asked.filters.length + asked.without.length > 0;
    allowed.forEach((isAllowed, doc) => {
      if (!isAllowed) return;
      total[doc] *= kinds[kindOf[doc]][3];
      if (flagsOf[doc]) for (const [, flag, factor] of FLAGS) if (flagsOf[doc] & flag) total[doc] *= factor;
      const isFull = units.length ? matched[doc] === units.length : needsNoWord;
      if (named[doc] || isFull) full.push(doc);
      else if (matched[doc]) part.push(doc);
    });
    // All words before some. Of many words some are chatter, so there a better document may lack one.
    const isSoft = units.length > 2;
    const key = (doc) => named[doc] * 1e12 + (isSoft
      ? total[doc] * (matched[doc] / units.length) ** 1.5
      : matched[doc] * 1e6 + total[doc]);
    const best = (docs, wanted) => {
      // Sorting numbers is fast, sorting by a function is not.
      const keys = Float64Array.from(docs, key);
      const least = keys.slice().sort()[Math.max(0, docs.length - wanted)];
      const candidates = docs.filter((_, at) => keys[at] >= least);
      return candidates.sort((one, other) => key(other) - key(one) || one - other).slice(0, wanted);
    };
    const most = part.reduce((most, doc) => Math.max(most, matched[doc]), 0);
    part = part.filter((doc) => matched[doc] * 2 >= most);
    let found = full.length ? full : part;
    if (isSoft && full.length) {
      const bar = full.reduce((most, doc) => Math.max(most, named[doc] ? 0 : key(doc)), 0);
      found = [...full, ...part.filter((doc) => key(doc) > bar)];
      part = part.filter((doc) => key(doc) <= bar);
    }
    return { full, found, part, best };
  };

  // Only the texts know phrases, so the best candidates have to be read.
  const keepPhrases = async (index, asked, ranked) => {
    const phrases = asked.phrases.filter(({ text }) => text);
    const banned = asked.without.filter(({ text }) => text);
    const fits = async (doc) => {
      const texts = await index.normalizedTexts(doc);
      const has = (phrase) => texts.some((text) => text.includes(phrase.text));
      return phrases.every(has) && !banned.some(has) ? doc : [];
    };
    ranked.found = (await Promise.all(ranked.best(ranked.found, MOST_READ).map(fits))).flat();
    ranked.part = [];
  };

  // A metric or a file that no document knows is still about something: the query with its parts.
  const simplerQuery = ({ words, without, filters }, { found }) => {
    const isName = ({ whole }) => /[-_.]/.test(whole);
    const isUnknown = !found.length && words.some((word) => isName(word) && word.parts.some(hasLetters));
    if (!isUnknown || without.length || filters.length) return undefined;
    return words.map((word) => (isName(word) ? word.parts.filter(hasLetters).join(' ') : word.whole)).join(' ');
  };

  // How many of the documents found have each value, those of most first; and the token of the query that chose it.
  const countValues = ({ name, label, values, of }, facet, { filters }, found) => {
    const sums = values.map(() => 0);
    for (const doc of found) for (const value of of(doc)) sums[value] += 1;
    const counted = values.map(([id, label], at) => ({
      id: `${id}`,
      label: name === 'is' ? id : label,
      count: sums[at],
      token: filters.find((one) => one.facet === facet && one.value === at && !one.isMinus)?.token,
    }));
    const shown = counted.filter(({ count, token }) => count || token);
    return { name, label, values: shown.sort((one, other) => other.count - one.count) };
  };

  sdkb.search.engine = (read) => {
    const index = openIndex(read);
    return {
      header: index.header,
      search: (query, options) => search(index, query, options),
      ...nameFinder(index),
    };
  };
})();
