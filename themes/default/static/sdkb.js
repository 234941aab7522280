// What every page has: what its scripts share, the way to search, buttons that copy, and keys. Pages are whole without
// it.
(() => {
  'use strict';

  // What scripts share

  const sdkb = { search: {} };
  globalThis.sdkb = sdkb;

  // Children that are text stay text.
  sdkb.make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // What is kept on the device, as JSON. A browser may refuse to keep anything, and then it lasts as long as the page.
  sdkb.store = {
    get: (key, otherwise) => {
      try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
    },
    // Nothing is kept of `undefined`.
    set: (key, value) => {
      try {
        if (value === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
      } catch { /* As said. */ }
    },
  };

  // What is chosen stands in the address, so that it can be shared and comes back.
  sdkb.remember = (change) => {
    const params = new URLSearchParams(location.search);
    change(params);
    const query = params.size > 0 ? `?${params}` : '';
    // A browser may refuse it for files. All works the same without.
    try { history.replaceState(history.state, '', location.pathname + query + location.hash); } catch { /* As said. */ }
  };

  const live = sdkb.make('p', { class: 'offscreen', role: 'status' });
  document.body.append(live);
  sdkb.say = (text) => { live.textContent = text; };

  // Scripts and stylesheets that are loaded when they are needed, and run in this order.
  const own = document.currentScript.src;
  const load = (...names) => Promise.all(names.map((name) => new Promise((done, fail) => {
    const address = own.replace(/sdkb\.js(?=\?|$)/, name);
    const element = name.endsWith('.js')
      ? sdkb.make('script', { src: address }) : sdkb.make('link', { href: address, rel: 'stylesheet' });
    element.async = false;
    element.onload = done;
    element.onerror = fail;
    document.head.append(element);
  })));

  // Search. It is as large as the rest together, so the palette is loaded when it is first opened.

  const ENGINE = ['terms', 'query', 'index', 'words', 'hits', 'names', 'engine', 'site'];
  const loadSearch = (view) => load(...[...ENGINE, view].map((name) => `search/${name}.js`));

  const door = document.querySelector('.search-open');
  const results = document.querySelector('form[data-search]');
  if (results) loadSearch('results');
  let loading;
  // Opens the palette with the text that `take` returns, and not at all if that is empty.
  const search = (take = () => undefined) => {
    if (results) {
      results.q.select();
      return;
    }
    loading ??= Promise.all([load('search.css'), loadSearch('palette')]);
    loading.then(() => {
      const text = take();
      if (text !== '') sdkb.search.palette(text);
    }, () => { location.href = door.href; });
  };
  door?.setAttribute('role', 'button');
  for (const type of ['click', 'keydown']) {
    door?.addEventListener(type, (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || (event.key && event.key !== ' ')) return;
      event.preventDefault();
      search();
    });
  }
  // The field of the home page opens the palette when it is pressed or typed into.
  const first = document.querySelector('form[data-palette] input');
  first?.addEventListener('click', () => search());
  first?.addEventListener('input', (event) => {
    if (event.isComposing) return;
    // What is typed while it loads comes along.
    search(() => {
      const text = first.value;
      first.value = '';
      return text;
    });
  });

  // Copying. Commands come without their prompts and without what they print.

  // The text of a block, and the names of the values that it lacks; `sdkb.fill` is the script that knows those.
  const code = (block) => {
    const copy = block.cloneNode(true);
    const missing = sdkb.fill?.(copy) ?? [];
    const hadOutput = copy.querySelector('.tok-out') !== null;
    for (const part of copy.querySelectorAll('.prompt, .tok-out')) part.remove();
    const lines = copy.textContent.split('\n').filter((line) => !hadOutput || line.trim());
    return { text: lines.join('\n').replace(/\s+$/, ''), missing };
  };

  const write = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const field = sdkb.make('textarea', { class: 'offscreen' });
    field.value = text;
    const from = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    from?.focus({ preventScroll: true });
    if (!done) throw new Error('copying is not allowed');
  };

  // Makes a button copy what `source` returns: a text, or one with the names of what it lacks. A destructive command
  // (`danger` says what it destroys) is copied at the second press, and not while something is missing.
  sdkb.copies = (button, source, danger) => {
    const name = button.textContent;
    let timer;
    let armed = 0;
    const rest = () => {
      clearTimeout(timer);
      armed = 0;
      button.textContent = name;
      button.classList.remove('done', 'failed', 'armed');
    };
    const show = (text, state, time = 2500) => {
      rest();
      button.textContent = text;
      button.classList.add(state);
      sdkb.say(text);
      timer = setTimeout(rest, time);
    };
    button.addEventListener('click', async () => {
      const found = source();
      const { text, missing } = typeof found === 'string' ? { text: found, missing: [] } : found;
      const open = missing.join(', ');
      if (danger !== undefined && open) {
        show(`Fill in ${open} first`, 'failed');
        sdkb.ask?.(missing[0], button);
        return;
      }
      if (danger !== undefined && !armed) {
        show(danger ? `${danger}: copy it?` : 'Copy it?', 'armed', 10000);
        armed = Date.now();
        return;
      }
      // A double click is no second thought.
      if (danger !== undefined && Date.now() - armed < 400) return;
      try {
        await write(text);
        if (open) show(`Copied without ${open}`, 'failed', 6000);
        else show('Copied', 'done');
      } catch {
        show('Failed', 'failed');
      }
    });
    button.addEventListener('blur', () => { if (armed) rest(); });
    button.addEventListener('keydown', (event) => { if (event.key === 'Escape') rest(); });
  };

  for (const figure of document.querySelectorAll('figure.code')) {
    const block = figure.querySelector('code');
    // What is copied is what is shown: nothing but text and its colours.
    const isPlain = (part) => part.tagName === 'SPAN' && /^(prompt|slot|tok-[a-z]+)$/.test(part.className);
    if (!block || ![...block.querySelectorAll('*')].every(isPlain) || !code(block).text) continue;
    const button = sdkb.make('button', { type: 'button', class: 'copy', title: 'Copy the code' }, 'Copy');
    figure.append(button);
    sdkb.copies(button, () => code(block), figure.dataset.destructive);
  }

  // Keys. Those without Ctrl do nothing in a field, and on devices where the help has switched them off.

  sdkb.keysAreOn = () => sdkb.store.get('sdkb-keys', true);
  const next = () => {
    const buttons = [...document.querySelectorAll('figure.code .copy')].filter((button) => button.checkVisibility());
    const at = buttons.indexOf(document.activeElement);
    return buttons[(at + 1) % buttons.length];
  };
  const FIELDS = 'form[data-fill] input, form[data-message] :is(input, textarea), form[data-filter] input';
  const EDITED = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog';
  const field = () => {
    const fields = [...document.querySelectorAll(FIELDS)];
    return fields.find((input) => !input.value) ?? fields[0];
  };
  const go = (way) => document.querySelector(`.steps a[rel=${way}]`);
  sdkb.keys = [
    ['/', 'Search', () => door, () => search()],
    ['c', 'Next command; Enter copies it', next, (button) => button.focus()],
    ['v', 'Fill in a value', field, (input) => input.focus()],
    ['n', 'Next page', () => go('next'), (link) => link.click()],
    ['p', 'Previous page', () => go('prev'), (link) => link.click()],
    ['?', 'This help', () => door, () => help()],
  ];
  const help = () => {
    if (sdkb.help) sdkb.help();
    else load('keys.css', 'keys.js').then(() => sdkb.help());
  };
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
      event.preventDefault();
      search();
    }
    if (control || event.altKey || target.closest?.(EDITED)) return;
    const found = sdkb.keys.find((known) => known[0] === key);
    const place = found && sdkb.keysAreOn() && found[2]();
    if (!place) return;
    event.preventDefault();
    found[3](place);
  });
  document.querySelector('[data-keys]')?.addEventListener('click', help);
})();
