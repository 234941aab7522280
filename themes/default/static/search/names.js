// Titles and names of alerts: those that fit what is typed so far, and those that look like what nothing fits.
(() => {
  'use strict';

  const { STOP_WORDS, normalize, squeeze, split, distance } = sdkb.search;

  const MOST_FITTING = 8;
  const MOST_CLOSE = 5;
  const MOST_WORDS = 6;

  // Whether the letters stand in a text one after the other, not too far apart.
  const isScattered = (letters, text) => {
    let at = -1;
    for (const letter of letters) {
      at = text.indexOf(letter, at + 1);
      if (at < 0 || at >= letters.length * 3) return false;
    }
    return letters.length > 2;
  };

  // How well a name fits what is typed: 0 if it does not.
  const fitOf = ({ plain, letters, words }) => (name) => {
    if (name.tight === letters) return 6;
    if (name.tight.startsWith(letters)) return 5;
    if (` ${name.plain}`.includes(` ${plain}`)) return 4;
    if (name.tight.includes(letters)) return 3;
    if (words.every((word) => name.plain.includes(word))) return 2;
    if (letters[1] && name.initials.startsWith(letters)) return 1.5;
    return isScattered(letters, name.tight) ? 1 : 0;
  };

  // How near words are to a name, of which each has to be near to some part: 0 or less if it is another one.
  const nearnessOf = (words) => {
    const known = new Map();
    const compare = (word, own) => {
      if (!own[2]) return 0;
      const least = Math.min(distance(word, own, 3), distance(word, own.slice(0, word.length), 3));
      return 1 - least / Math.max(4, word.length);
    };
    const near = (word, own) => {
      if (own[0] !== word[0] && own.at(-1) !== word.at(-1)) return 0;
      const key = `${word} ${own}`;
      if (!known.has(key)) known.set(key, compare(word, own));
      return known.get(key);
    };
    return ({ tight, parts }) => words.reduce(
      (sum, word) => sum + Math.max(near(word, tight), ...parts.map((own) => near(word, own))),
      -0.55 * words.length,
    );
  };

  sdkb.search.nameFinder = (index) => {
    const top = async (rankOf, limit) => {
      const entries = await index.names();
      const ranked = entries.map((entry) => ({ ...entry, rank: rankOf(entry) })).filter(({ rank }) => rank > 0);
      const byName = (one, other) => one.length - other.length || (one < other ? -1 : 1);
      ranked.sort((one, other) => other.rank - one.rank || byName(one.name, other.name));
      return ranked.slice(0, limit).map(({ name, url, label, isAlert, rank }) => ({ name, url, label, isAlert, rank }));
    };
    const fitting = async (query) => {
      const [plain, letters] = [normalize(query), squeeze(query)];
      return letters ? top(fitOf({ plain, letters, words: plain.split(' ') }), MOST_FITTING) : [];
    };
    const closest = async (query) => {
      const words = split(query).flatMap(({ whole, parts }) => parts ?? whole);
      const telling = words.filter((word) => word[2] && !STOP_WORDS.has(word)).slice(0, MOST_WORDS);
      return top(nearnessOf(telling), MOST_CLOSE);
    };
    return { fitting, closest };
  };
})();
