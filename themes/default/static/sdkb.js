// What every page has: the way to search, buttons that copy, and keys. Pages are whole without it.
(() => {
  'use strict';

  // Search is as large as the rest together, so it is loaded when somebody wants it.

  const door = document.querySelector('.search-open');
  const load = (name) => Promise.all([['script', 'js'], ['link', 'css']].map(([tag, ending]) => new Promise((done, fail) => {
    const address = door.dataset.script.replace('search.js', `${name}.${ending}`);
    const part = Object.assign(document.createElement(tag), tag === 'script' ? { src: address } : { href: address, rel: 'stylesheet' });
    part.dataset.root = door.dataset.root;
    part.onload = done;
    part.onerror = fail;
    document.head.append(part);
  })));
  let loading;
  const search = (take = () => undefined) => {
    loading ??= new Promise((done, fail) => {
      if (globalThis.sdkbSearch) {
        done();
        return;
      }
      load('search').then(done, fail);
    });
    loading.then(() => {
      const text = take();
      if (text !== '') globalThis.sdkbSearch.palette(text);
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

  const sdkb = {};
  globalThis.sdkb = sdkb;

  // The text of a block, and the names of the values that it lacks; `sdkb.fill` is the script that knows those.
  const code = (block) => {
    const copy = block.cloneNode(true);
    const missing = sdkb.fill?.(copy) ?? [];
    const hadOutput = copy.querySelector('.tok-out') !== null;
    for (const part of copy.querySelectorAll('.prompt, .tok-out')) part.remove();
    const lines = copy.textContent.split('\n').filter((line) => !hadOutput || line.trim());
    return { text: lines.join('\n').replace(/\s+$/, ''), missing };
  };

  sdkb.write = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'offscreen';
    const from = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    from?.focus({ preventScroll: true });
    if (!done) throw new Error('copying is not allowed');
  };

  // What is chosen stands in the address, so that it can be shared and comes back.
  sdkb.remember = (change) => {
    const params = new URLSearchParams(location.search);
    change(params);
    const query = params.size > 0 ? `?${params}` : '';
    // A browser may refuse it for files. All works the same without.
    try { history.replaceState(history.state, '', location.pathname + query + location.hash); } catch { /* As said. */ }
  };

  const live = document.createElement('p');
  live.className = 'offscreen';
  live.setAttribute('role', 'status');
  document.body.append(live);
  sdkb.say = (text) => { live.textContent = text; };

  // Makes a button copy what `source` returns: a text, or one with what it lacks. What destroys (`danger` says
  // what) is copied at the second press, and not while something is missing.
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
        await sdkb.write(text);
        show(open ? `Copied without ${open}` : 'Copied', open ? 'failed' : 'done', open ? 6000 : 2500);
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
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', title: 'Copy the code', textContent: 'Copy' });
    figure.append(button);
    sdkb.copies(button, () => code(block), figure.dataset.destructive);
  }

  // Keys. Those without Ctrl are off while somebody types, and for those who switched them off in the help.

  const asked = () => {
    try { return localStorage.getItem('sdkb-keys') !== 'off'; } catch { return true; }
  };
  const next = () => {
    const buttons = [...document.querySelectorAll('figure.code .copy')].filter((button) => button.checkVisibility());
    const at = buttons.indexOf(document.activeElement);
    return buttons[(at + 1) % buttons.length];
  };
  const field = () => {
    const fields = [...document.querySelectorAll('form[data-fill] input, form[data-message] :is(input, textarea), form[data-filter] input')];
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
    if (sdkb.help) {
      sdkb.help();
      return;
    }
    load('keys').then(() => sdkb.help());
  };
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
      event.preventDefault();
      search();
    }
    if (control || event.altKey || target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog')) return;
    const found = sdkb.keys.find((known) => known[0] === key);
    const place = found && asked() && found[2]();
    if (!place) return;
    event.preventDefault();
    found[3](place);
  });
  document.querySelector('[data-keys]')?.addEventListener('click', help);
})();
