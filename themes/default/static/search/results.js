// The page of results, with facets to narrow them down. The query stands in the address.
(() => {
  'use strict';

  const { make, search: { root, search, alternatives, marked, title, facts, outcome, broken, keepRecent } } = sdkb;

  const FIRST_HITS = 10;
  const MORE_HITS = 20;
  const MOST_FACETS = 7;
  const MOST_VALUES = 8;

  const form = document.querySelector('form[data-search]');
  const [status, list, narrow, more, help] = ['_count', '_found', '_narrow', '_more', '_instead']
    .map((id) => document.getElementById(id));
  narrow.parentNode.open = matchMedia('(min-width: 64rem)').matches;

  const link = (url, runs) => make('li', {}, make('a', { href: root + url }, ...runs));
  const sectionItem = ({ url, heading }) => link(url, marked(heading));
  const item = (hit) => make(
    'li',
    {},
    make('a', { href: root + hit.url, class: 'row-title' }, ...title(hit)),
    facts(hit),
    make('p', {}, ...marked(hit.excerpt)),
    ...hit.sections.length ? [make('ul', { class: 'names' }, ...hit.sections.map(sectionItem))] : [],
  );
  const nameItem = ([label, names]) => make(
    'li',
    {},
    make('p', { class: 'label' }, label),
    make('ul', { class: 'lines' }, ...names.map(({ name, url }) => link(url, [name]))),
  );

  const facetButton = (facet, { id, label, count, token }) => {
    const own = `${facet}:${/\s/.test(id) ? `"${id}"` : id}`;
    const button = make(
      'button',
      { type: 'button', 'aria-pressed': Boolean(token), id: `_${own}` },
      `${label} `,
      make('span', { class: 'count' }, count),
    );
    button.addEventListener('click', async () => {
      const query = token ? form.q.value.replace(token, '') : `${form.q.value} ${own}`;
      form.q.value = query.replace(/\s+/g, ' ').trim();
      await change();
      document.getElementById(button.id)?.focus();
    });
    return button;
  };
  // Values that all results have narrow nothing down.
  const facetGroup = ({ name, label, values }, total) => {
    const shown = values.filter(({ token, count }, at) => token || (at < MOST_VALUES && count < total));
    if (!shown.length) return [];
    const buttons = shown.map((value) => facetButton(name, value));
    return make('div', { role: 'group', 'aria-label': label }, make('p', { class: 'label' }, label), ...buttons);
  };

  const draw = (text, items = [], facets = [], hasMore = false) => {
    status.textContent = text;
    list.replaceChildren(...items);
    narrow.replaceChildren(...facets);
    narrow.parentNode.hidden = !facets.length;
    more.hidden = !hasMore;
    help.hidden = items.length > 0;
  };
  let turn = 0;
  let limit = FIRST_HITS;
  const update = async () => {
    turn += 1;
    const mine = turn;
    const query = form.q.value.trim();
    if (!query) {
      draw('');
      return;
    }
    try {
      const found = await search(form.q.value, { limit, counts: true });
      const { total, hits } = found;
      const items = total ? hits.map(item) : (await alternatives(query)).map(nameItem);
      if (mine !== turn) return;
      const facets = found.facets.flatMap((facet) => facetGroup(facet, total)).slice(0, MOST_FACETS);
      draw(outcome(found, query), items, facets, total > hits.length);
    } catch {
      if (mine === turn) draw(broken);
    }
  };

  const change = () => {
    limit = FIRST_HITS;
    const query = form.q.value.trim();
    sdkb.remember((params) => (query ? params.set('q', query) : params.delete('q')));
    return update();
  };
  const recall = () => {
    form.q.value = new URLSearchParams(location.search).get('q') ?? '';
    update();
  };
  form.addEventListener('input', change);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keepRecent(form.q.value.trim());
    change();
  });
  more.addEventListener('click', () => {
    limit += MORE_HITS;
    update();
  });
  addEventListener('popstate', recall);
  addEventListener('pageshow', (event) => { if (event.persisted) recall(); });
  // What was typed before this script was there stays.
  if (form.q.value) change();
  else recall();
  if (!form.q.value) form.q.focus();
})();
