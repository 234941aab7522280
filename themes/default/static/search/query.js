// A query in pieces: words, phrases, what is left out, and filters.
(() => {
  'use strict';

  const { STOP_WORDS, wordSet, normalize, isTerm, split } = sdkb.search;

  // The index has these too, but a question that has other words is not about them.
  const FILLER_WORDS = wordSet(
    'about after also am any because been being but could did had has have he her him his just may me might must only',
    'please really shall she should some than too us very were while whose would yet cant cannot couldnt didnt doesnt',
    'dont hasnt havent id im isnt arent ive shouldnt thats theres theyre wasnt werent whats wont wouldnt youre',
  );
  const MOST_WORDS = 32;
  const TOKEN = /(-?)(?:([\p{L}\p{N}_-]+):)?(?:"([^"]*)(?:"|$)|([^\s"]+))/gu;

  const wordsOf = (text) => split(text)
    .filter(({ whole, parts }) => parts || (isTerm(whole) && !STOP_WORDS.has(whole)));
  const isSame = (one, other) => one.whole === other.whole && one.cjk === other.cjk;

  // Only the names of facets make filters, so that `http://…` and `job:rate` stay words; and so do `-timeout=9s` and
  // `-bash:`, which come from a terminal. `isOpen` says that the last word may be unfinished.
  sdkb.search.parseQuery = (query, facets) => {
    const asked = { words: [], phrases: [], without: [], filters: [], isOpen: false };
    const names = [['kind'], ['is'], ...facets];
    const plain = [];
    for (const [token, minus, name, quoted, bare] of query.matchAll(TOKEN)) {
      const facet = names.findIndex((known) => name && known.some((own) => normalize(own) === normalize(name)));
      const isMinus = minus && (facet >= 0 || quoted !== undefined || /^\p{L}[^=:]*$/u.test(bare));
      asked.isOpen = false;
      if (facet >= 0) {
        asked.filters.push({ facet, isMinus, token, wanted: normalize(quoted ?? bare) });
        continue;
      }
      const words = wordsOf(quoted ?? (isMinus ? token.slice(1) : token));
      if (isMinus || quoted !== undefined) {
        asked[isMinus ? 'without' : 'phrases'].push({ words, text: quoted && normalize(quoted) });
      } else {
        asked.words.push(...words);
        asked.isOpen = words.length > 0 && query.endsWith(token);
      }
      if (!isMinus) plain.push(quoted ?? token);
    }
    asked.plain = normalize(plain.join(' '));
    const telling = asked.words.filter(({ whole }) => !FILLER_WORDS.has(whole));
    if (telling.length) {
      asked.isOpen &&= telling.includes(asked.words.at(-1));
      asked.words = telling;
    }
    asked.words = asked.words
      .filter((word, at, all) => all.findIndex((other) => isSame(other, word)) === at)
      .slice(0, MOST_WORDS);
    return asked;
  };
})();
