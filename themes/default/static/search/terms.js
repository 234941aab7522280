// From text to terms, for queries and excerpts. src/search/terms.rs does the same for the index. docs/search.md has the
// rules, and tests/search/terms.json the examples that both are tested with.
(() => {
  'use strict';

  const wordSet = (...lines) => new Set(lines.join(' ').split(' '));
  const STOP_WORDS = wordSet(
    'a an and are as at be by can do does for from how i if in into is it its my no not of on or our so such that the',
    'their then there these they this to was we what when where which who why will with you your',
  );
  const PLAIN_LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' };
  const CJK = '(?:(?=\\p{L})[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}])';
  const OTHER = `(?:(?!${CJK})[\\p{L}\\p{N}])+`;
  const RUN = new RegExp(`(${CJK}+)|${OTHER}(?:[-_./:]${OTHER})*`, 'gu');
  const SUBWORD_END = /\p{Ll}(?=\p{Lu})|\p{Lu}(?=\p{Lu}\p{Ll})|\p{L}(?=\p{N})|\p{N}(?=\p{L})/gu;

  // Without accents and ligatures. Capitals stay, since they separate words.
  const fold = (text) => text.normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{L})['’](?=\p{L})/gu, '$1')
    .replace(/[ßẞæÆœŒøØđĐðÐłŁıþÞ]/g, (letter) => {
      const plain = PLAIN_LETTERS[letter.toLowerCase()];
      return PLAIN_LETTERS[letter] ?? plain[0].toUpperCase() + plain.slice(1);
    });
  const normalize = (text) => fold(text).toLowerCase().replace(/\s+/g, ' ').trim();
  const squeeze = (text) => normalize(text).replace(/[^\p{L}\p{N}]/gu, '');
  const reverse = (text) => [...text].reverse().join('');
  const isTerm = (text) => text && !/^[a-z]$/.test(text);
  const hasLetters = (text) => /\p{L}{2}/u.test(text);
  const isCjk = (text) => new RegExp(CJK, 'u').test(text);

  const stem = (term) => {
    if (!/^[a-z]{4,}$/.test(term)) return term;
    const singular = /..ies$/.test(term) ? `${term.slice(0, -3)}y` : term.replace(/(ss)es$|([^sui])s$/, '$1$2');
    let base = singular.replace(/(?:ing|ed)$/, '');
    if (base === singular || base.length < 3 || !/[aeiouy]/.test(base)) base = singular;
    else if (/([^lsz])\1$/.test(base)) base = base.slice(0, -1);
    return base.replace(/(...)e$/, '$1');
  };

  const splitCjk = (cjk) => {
    const letters = [...cjk];
    if (letters.length < 2) return { whole: cjk };
    return { whole: '', cjk, words: [], parts: letters.slice(1).map((letter, at) => letters[at] + letter) };
  };
  const splitSegment = (segment) => {
    const words = segment.split(/[-_.]/).map((word) => word.replace(SUBWORD_END, '$& ').toLowerCase().split(' '));
    const parts = words.flat();
    const whole = segment.toLowerCase();
    if (parts.length < 2) return { whole };
    return {
      whole: [...whole].length > 64 ? '' : whole,
      words: words.filter((word) => word[1] && words[1]).map((word) => word.join('')),
      parts,
    };
  };
  // The segments of a text: `whole`, and if it is compound its `words` and `parts`.
  const split = (text) => [...fold(text).matchAll(RUN)]
    .flatMap(([run, cjk]) => (cjk ? splitCjk(cjk) : run.split(/[/:]/).map(splitSegment)));

  const terms = (text) => {
    const found = new Set();
    for (const { whole, words = [], parts } of split(text)) {
      if (parts) for (const term of [whole, ...words]) if (term) found.add(term);
      const simple = parts ?? (STOP_WORDS.has(whole) ? [] : [whole]);
      for (const term of simple) if (isTerm(term)) found.add(term).add(stem(term));
    }
    return [...found].sort();
  };

  // How many letters to add, drop, change or swap. More than `most` may be any number above it.
  const distance = (from, to, most = 99) => {
    if (Math.abs(from.length - to.length) > most) return most + 1;
    let before;
    let above = [...to, ''].map((_, column) => column);
    for (let i = 1; i <= from.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= to.length; j += 1) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (from[i - 1] !== to[j - 1]));
        const isSwap = i > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
        if (isSwap) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, above] = [above, row];
    }
    return above[to.length];
  };

  Object.assign(sdkb.search, {
    STOP_WORDS, wordSet, normalize, squeeze, reverse, isTerm, hasLetters, isCjk, stem, split, terms, distance,
  });
})();
