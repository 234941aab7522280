// The palette: a field in a dialog, with what fits while it is typed.
(() => {
  'use strict';

  const { make } = sdkb;
  const {
    root, search, fittingNames, alternatives, address, marked, about, title, facts, outcome, broken, recent, keepRecent,
  } = sdkb.search;

  const MOST_HITS = 8;
  const MOST_NAMES = 3;
  const MOST_SECTIONS = 2;
  // Names come before words, but only to fill a gap that would be seen.
  const GAP_MS = 60;

  const field = make('input', {
    name: 'q',
    role: 'combobox',
    placeholder: 'Alert, error, title or words',
    'aria-label': 'Search',
    'aria-controls': '_hits',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
    enterkeyhint: 'go',
  });
  const close = make('button', { type: 'button' }, 'Close');
  const form = make('form', { action: `${root}search.html` }, field, close);
  const status = make('p', { role: 'status' });
  const list = make('div', { id: '_hits', role: 'listbox', 'aria-label': 'Results' });
  const dialog = make('dialog', { class: 'palette', 'aria-label': 'Search' }, form, status, list);
  document.body.append(dialog);

  // The options

  let options = [];
  let active = -1;
  // Whether the arrows chose the active option.
  let isChosen = false;

  const choose = (to) => {
    options[active]?.setAttribute('aria-selected', false);
    active = to;
    options[active]?.setAttribute('aria-selected', true);
    options[active]?.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', options[active]?.id ?? '');
  };
  const show = (groups, text) => {
    // What was chosen stays so, if it is still there.
    const before = isChosen && options[active]?.href;
    const filled = groups.filter(([, children]) => children.length);
    const group = ([label, children]) => make('div', { role: 'group', 'aria-label': label }, ...children);
    list.replaceChildren(...filled.map(group));
    options = [...list.querySelectorAll('a')];
    options.forEach((option, at) => { option.id = `_hit-${at}`; });
    list.hidden = !options.length;
    list.scrollTop = 0;
    field.setAttribute('aria-expanded', options.length > 0);
    choose(Math.max(0, options.findIndex(({ href }) => href === before)));
    status.textContent = text;
  };

  const option = (url, ...children) => {
    const attributes = { href: url, role: 'option', tabindex: -1, 'aria-selected': false };
    return make('a', attributes, ...children);
  };
  const nameOption = ({ name, url, label }) => option(root + url, make('b', {}, name), about(label));
  const span = (name, runs) => make('span', { class: name }, ...marked(runs));
  const sectionOption = ({ url, heading }) => option(root + url, span('hit-section', heading));
  // Only the first document has its sections.
  const hitOptions = (hit, at) => [
    option(root + hit.url, make('b', {}, ...title(hit)), facts(hit), span('hit-text', hit.excerpt)),
    ...hit.sections.slice(0, at ? 0 : MOST_SECTIONS).map(sectionOption),
  ];

  // What is typed, and what fits it

  let turn = 0;
  const showFound = async (query, isCurrent) => {
    let isReady = false;
    const coming = search(field.value, { limit: MOST_HITS }).finally(() => { isReady = true; });
    await Promise.race([coming, new Promise((done) => { setTimeout(done, GAP_MS); })]);
    const names = await fittingNames(query).catch(() => []);
    if (isCurrent() && !isReady) show([['Names', names.map(nameOption)]], 'Searching…');
    const found = await coming;
    // A single letter is no word yet.
    if (isCurrent() && /^[a-z]$/i.test(query)) {
      show([['Names', names.map(nameOption)]], 'Names only. Type on to search the texts.');
      return;
    }
    const { hits, total } = found;
    const isOther = ({ url, rank, isAlert }) => (isAlert || rank > 3 || !total) && hits.every((hit) => hit.url !== url);
    const others = names.filter(isOther).slice(0, MOST_NAMES);
    const more = total || others.length ? [] : await alternatives(query);
    if (!isCurrent()) return;
    show([
      ['Documents', hits.flatMap(hitOptions)],
      ['Names', others.map(nameOption)],
      ...more.map(([label, names]) => [label, names.map(nameOption)]),
      ['More', total > hits.length ? [option(address(query), `All ${total} results`)] : []],
    ], outcome(found, query));
  };
  const update = async () => {
    turn += 1;
    const mine = turn;
    const isCurrent = () => mine === turn;
    const query = field.value.trim();
    if (!query) {
      show([['Recent', recent().map((text) => option(address(text), text))]], '');
      return;
    }
    try {
      await showFound(query, isCurrent);
    } catch {
      const links = [...document.querySelectorAll('.nav > ul > li > a')];
      if (isCurrent()) show([['Or look here', links.map((link) => option(link.href, link.textContent))]], broken);
    }
  };

  field.addEventListener('input', () => {
    isChosen = false;
    update();
  });
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || !options.length || (!step && event.key !== 'Enter')) return;
    event.preventDefault();
    if (step) {
      isChosen = true;
      choose((active + step + options.length) % options.length);
    } else if (event.ctrlKey || event.metaKey) {
      keepRecent(field.value.trim());
      open(options[active].href, '_blank', 'noopener');
    } else {
      options[active].click();
    }
  });
  list.addEventListener('click', (event) => {
    if (!event.target.closest('a')) return;
    keepRecent(field.value.trim());
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
  });
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });

  // Opens the palette, with `text` in it or with what was typed last.
  sdkb.search.palette = (text) => {
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
    if (text) field.setRangeText(text, 0, field.value.length, 'end');
    isChosen = false;
    update();
    // The names are there when the first letter is typed.
    fittingNames('a').catch(() => {});
  };
})();
