// What each word of a query is worth in each document, by the terms that stand for it.
(() => {
  'use strict';

  const { STOP_WORDS, MATCH, isTerm, hasLetters, reverse, stem, distance, termOf } = sdkb.search;

  // A limit to what is weighed where a word is only begun: terms, and characters of their postings.
  const MOST_LONGER = 60;
  const MOST_POSTINGS = 200000;

  // What a match on the whole of a compound name is worth.
  const WHOLE_NAME = 14;

  // Collects the postings of terms: `worth` and `named` of each document, and which terms were used.
  const collector = (index, { count, lengthOf, worths }, term, isCompound) => {
    const found = { worth: new Float32Array(count), named: new Uint16Array(count), used: [] };
    const { worth, named, used } = found;
    const add = (line, weight) => {
      const postings = index.postings(line);
      const { docs, matches } = postings;
      used.push({ ...postings, weight });
      for (let at = 0; at < docs.length;) {
        const doc = docs[at];
        let [best, often] = [0, 0];
        for (; docs[at] === doc; at += 1) {
          const match = matches[at];
          // A simple word is seldom all of a name.
          const name = match & MATCH.PART ? 0 : match & (MATCH.ALERT | MATCH.ID);
          if (postings.term === term) named[doc] |= name;
          best = Math.max(best, isCompound && name ? WHOLE_NAME : worths[match]);
          often += 1 << ((match >> 5) & 3);
        }
        const saturation = 0.8 + (0.44 * often) / (often + 0.6 + 0.6 * lengthOf[doc]);
        worth[doc] = Math.max(worth[doc], weight * best * saturation);
      }
    };
    return { found, add };
  };

  // The terms that begin with `term`, those in most documents first, as they are meant most often.
  const addLonger = async (index, term, add) => {
    const longer = (await index.linesFrom('t', term)).filter((line) => line[term.length] !== ' ');
    longer.sort((one, other) => other.length - one.length);
    let left = MOST_POSTINGS;
    for (const line of longer.slice(0, MOST_LONGER)) {
      left -= line.length;
      if (left > 0) add(line, 0.5 * Math.sqrt(term.length / line.indexOf(' ')));
    }
  };

  // The terms that `term` may be a slip for, with how far they are from it: those that are nearest.
  const closeTerms = async (index, term) => {
    const [begun, ended] = await Promise.all([
      index.linesFrom('t', term.slice(0, 3)),
      index.linesFrom('e', reverse(term).slice(0, 3)),
    ]);
    const most = term.length > 7 ? 2 : 1;
    const far = (other) => {
      const whole = distance(term, other, most);
      // Of a long name only the first half may have been typed.
      return most > 1 ? Math.min(whole, 0.5 + distance(term, other.slice(0, term.length), most)) : whole;
    };
    const others = new Set([...begun.map(termOf), ...ended.map(reverse)]);
    const close = [...others].map((other) => [far(other), other]).sort();
    return close.filter(([far]) => far <= most && far === close[0][0]).slice(0, 8);
  };

  // A single term. `isLoose` also finds what it may be a slip or a beginning of.
  const matchTerm = async (index, base, term, { stems, isLoose, isLast, isCompound }) => {
    const { found, add } = collector(index, base, term, isCompound);
    const { used } = found;
    const addTerm = async (wanted, weight) => {
      for (const line of await index.linesFrom('t', `${wanted} `)) add(line, weight);
    };
    await addTerm(term, 1);
    if (stems && stem(term) !== term) await addTerm(stem(term), 0.8);
    const canBegin = term.length > 1 || term > '\u1000';
    if ((isLast || (isLoose && !used.length)) && canBegin) await addLonger(index, term, add);
    if (isLoose && !used.length && /^\p{L}{4,}$/u.test(term)) {
      for (const [far, other] of await closeTerms(index, term)) {
        await addTerm(other, 0.5 / far);
        found.fixed ??= other;
      }
    }
    return used.length ? found : undefined;
  };

  // The parts of a compound that have to stand in a document.
  const neededParts = (parts = []) => {
    let needed = parts.filter(isTerm);
    // `k8s` has no part that says anything.
    if (needed.length < parts.length && !needed.some(hasLetters)) needed = [];
    const telling = needed.filter((part) => !STOP_WORDS.has(part));
    return telling.length ? telling : needed;
  };

  // A compound whose parts were all found: its worth is that of its parts, or of the whole where that is more.
  const combine = ({ count }, { found, needed, near, exact, isCjk }) => {
    const share = (isCjk ? 1 : 0.6) / found.length;
    const worth = near?.worth ?? new Float32Array(count);
    let isTogether = false;
    for (let doc = 0; doc < count; doc += 1) {
      let sum = 0;
      for (const part of found) sum = part.worth[doc] && sum >= 0 ? sum + part.worth[doc] : -1;
      isTogether ||= sum > 0;
      worth[doc] = Math.max(worth[doc], share * sum);
    }
    const partWeight = exact ? 0.3 : 1;
    const usedParts = found.flatMap(({ used }) => used.map((one) => ({ ...one, weight: one.weight * partWeight })));
    const isPartFixed = found.some(({ fixed }) => fixed);
    return {
      worth,
      named: exact?.named,
      used: [...near?.used ?? [], ...usedParts],
      fixed: isPartFixed ? found.map(({ fixed }, at) => fixed ?? needed[at]).join(' ') : !isTogether && near?.fixed,
    };
  };

  // A segment of a query: as it is, and a compound also by its parts.
  const matchSegment = async (index, base, { whole, cjk, parts }, how) => {
    const asWhole = { ...how, isCompound: parts };
    const exact = whole
      ? await matchTerm(index, base, whole, { ...asWhole, isLoose: how.isLoose && !parts }) : undefined;
    const needed = neededParts(parts);
    const found = await Promise.all(needed.map((part, at) => matchTerm(index, base, part, {
      ...how,
      isLast: how.isLast && at === needed.length - 1,
      isLoose: how.isLoose && !exact,
    })));
    // A slip in a name may make another word of a part, so it is nearer to the whole.
    const isSlip = !exact && how.isLoose && whole && parts;
    const near = isSlip ? await matchTerm(index, base, whole, asWhole) : exact;
    if (near !== exact && found.some((part) => !part || part.fixed)) return near;
    if (!found.length || found.includes(undefined)) return exact;
    // A whole name means the document of that name, and not others with the same words.
    if (exact) exact.worth.forEach((worth, doc) => { if (worth) exact.worth[doc] += 6; });
    return combine(base, { found, needed, near, exact, isCjk: Boolean(cjk) });
  };

  // The words of a query and of its phrases as units, each with what it is worth in each document.
  const matchWords = (index, base, { words, phrases, isOpen }) => {
    const unit = async (segment, how) => ({
      text: segment.whole || segment.cjk || segment.parts.join(' '),
      isStrict: !how.isLoose,
      isCompound: segment.parts && segment.whole,
      ...await matchSegment(index, base, segment, how),
    });
    const last = (all, at) => at === all.length - 1;
    return Promise.all([
      ...words.map((word, at) => unit(word, { stems: true, isLoose: true, isLast: isOpen && last(words, at) })),
      ...phrases.flatMap(({ words }) => words.map((word, at) => unit(word, { isLast: last(words, at) }))),
    ]);
  };

  Object.assign(sdkb.search, { matchSegment, matchWords });
})();
