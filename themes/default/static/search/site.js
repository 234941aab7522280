// What the palette and the page of results share: the index of this site, and how results are worded. Text goes in as
// text, so nothing in a document can become an element.
(() => {
  'use strict';

  const { make, store, search: { engine } } = sdkb;

  const { root } = document.querySelector('.search-open').dataset;
  const MOST_RECENT = 6;

  // Files of the index call this function, since a page from the disk may load scripts and nothing else.
  const waiting = new Map();
  globalThis.sdkbSearch = (name, data) => waiting.get(name)?.(data);
  const read = (name, version = '') => new Promise((done, fail) => {
    const script = make('script', { src: `${root}search/${name}.js${version}` });
    waiting.set(name, done);
    script.onload = script.onerror = () => {
      script.remove();
      fail(new Error(`search/${name}.js is missing`));
    };
    document.head.append(script);
  });
  let current = engine(read);
  const search = (query, options) => current.search(query, options).catch(() => {
    // A browser may have kept an index from before the last release, and it names files that are gone.
    current = engine((name) => read(name, name === 'index' ? `?${Date.now()}` : ''));
    return current.search(query, options);
  });

  const marked = (runs) => runs.map(([text, isMarked]) => (isMarked ? make('mark', {}, text) : text));
  const about = (...texts) => {
    const shown = texts.filter(Boolean).map((text) => make('span', {}, text));
    return make('span', { class: 'about' }, ...shown);
  };
  const chip = (flag) => make('span', { class: 'chip', 'data-value': flag.toLowerCase() }, flag);
  const title = ({ title, flags }) => [...marked(title), ...flags.flatMap((flag) => [' ', chip(flag)])];
  const facts = ({ kind, named, missing }) => {
    const without = missing.length > 0 && `without ${missing.join(', ')}`;
    return about(kind[1], ...named, without);
  };

  const count = ({ total, isWhole }, query) => {
    if (!total) return `Nothing found for “${query}”.`;
    if (!isWhole) return 'No document has all the words. These have most:';
    return `${total} document${total > 1 ? 's' : ''}`;
  };
  const outcome = (found, query) => [
    ...found.fixed.map(([typed, meant]) => `Nothing has “${typed}”, so this is for “${meant}”.`),
    ...found.isLoose ? ['Nothing has exactly these words.'] : [],
    count(found, query),
  ].join(' ');

  // Where to go if nothing was found: labels with names.
  const alternatives = async (query) => {
    const { ask } = await current.header();
    const hasAlerts = document.querySelector('.nav a[href$="alerts/index.html"]');
    return [
      ['Names that come close', await current.closest(query)],
      ['Or look here', [
        ...hasAlerts ? [{ name: 'All alerts', url: 'alerts/index.html' }] : [],
        ...ask?.length ? [{ name: `Whom to ask: ${ask[0]}`, url: ask[1] }] : [],
      ]],
    ].filter(([, names]) => names.length);
  };

  // Other sites at this address have queries of their own.
  const key = `sdkb-recent ${new URL(root || '.', location.href).pathname}`;
  const recent = () => store.get(key, []);
  const keepRecent = (query) => {
    if (query) store.set(key, [query, ...recent().filter((other) => other !== query)].slice(0, MOST_RECENT));
  };

  Object.assign(sdkb.search, {
    root,
    search,
    fittingNames: (query) => current.fitting(query),
    alternatives,
    address: (query) => `${root}search.html?q=${encodeURIComponent(query)}`,
    marked,
    about,
    title,
    facts,
    outcome,
    broken: 'The search index could not be loaded.',
    recent,
    keepRecent,
  });
})();
