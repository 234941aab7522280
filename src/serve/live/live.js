// Keeps a page up to date while its document is edited: swaps it in place when it changes, and shows findings.
(() => {
  'use strict';

  let print = document.currentScript.dataset.print;
  let revision = 0;
  const here = () => decodeURIComponent(location.pathname);
  const listen = (target, type, listener) => EventTarget.prototype.addEventListener.call(target, type, listener);

  // ---- The life of the page's own scripts. It ends when the page is swapped, and they begin another one with the
  // new page, as if it had been loaded. This script runs first, so it knows all that they leave behind. That is done
  // from outside, by what replaces `addEventListener` and `setInterval`, since a theme may have scripts of its own
  // that know nothing of this one: no call that they would have to make could be relied on.

  let life = new AbortController();
  for (const target of [globalThis, document]) {
    target.addEventListener = (type, listener, options) => {
      const given = typeof options === 'object' && options !== null ? options : { capture: Boolean(options) };
      EventTarget.prototype.addEventListener.call(target, type, listener, { signal: life.signal, ...given });
    };
  }
  const intervals = new Set();
  const { setInterval } = globalThis;
  globalThis.setInterval = (...given) => {
    const interval = setInterval(...given);
    intervals.add(interval);
    return interval;
  };
  const globals = new Set(Object.keys(globalThis));
  const head = new Set(document.head.children);

  const end = () => {
    life.abort();
    life = new AbortController();
    for (const interval of intervals) clearInterval(interval);
    intervals.clear();
    for (const name of Object.keys(globalThis)) if (!globals.has(name)) Reflect.deleteProperty(globalThis, name);
    for (const element of [...document.head.children]) if (!head.has(element)) element.remove();
  };

  /** Runs the page's scripts again, in their order. */
  const begin = async () => {
    const all = [...document.querySelectorAll('head script[src]')];
    const scripts = all.filter((script) => !script.src.includes('/_sdkb/'));
    await Promise.all(scripts.map((old) => new Promise((done) => {
      const script = document.createElement('script');
      script.src = old.src;
      script.async = false;
      script.onload = script.onerror = done;
      head.delete(old);
      head.add(script);
      old.replaceWith(script);
    })));
  };

  // ---- The page, swapped in place. What the reader did to it stays.

  /** What the reader did: what is open, what is filled in, where the page stands. */
  const remember = () => {
    const details = new Map();
    for (const element of document.querySelectorAll('details')) details.set(name(element, 'summary'), element.open);
    const controls = new Map();
    for (const control of document.querySelectorAll('input, textarea, select')) {
      controls.set(controlName(control), [control.value, control.checked]);
    }
    const active = document.activeElement;
    const typed = active?.matches?.('input, textarea, select') ? controlName(active) : null;
    const range = typed && 'selectionStart' in active ? [active.selectionStart, active.selectionEnd] : null;
    // The heading that is read stays where it is, whatever grows above it.
    const marks = [...document.querySelectorAll(':is(h1, h2, h3, h4, h5, h6)[id]')];
    const mark = marks.find((element) => element.getBoundingClientRect().top >= 0 && element.offsetParent);
    const top = mark?.getBoundingClientRect().top;
    return { details, controls, typed, range, mark: mark?.id, top, x: scrollX, y: scrollY };
  };

  /** Opens what was open and goes where the reader was. */
  const recallPlace = ({ details, mark, top, x, y }) => {
    for (const element of document.querySelectorAll('details')) {
      const open = details.get(name(element, 'summary'));
      if (open !== undefined) element.open = open;
    }
    const element = mark && document.getElementById(mark);
    // A page that scrolls smoothly would be seen to move.
    const behavior = 'instant';
    if (element) scrollBy({ top: element.getBoundingClientRect().top - top, behavior });
    else scrollTo({ left: x, top: y, behavior });
  };

  /** Fills in what was filled in. */
  const recallControls = ({ controls, typed, range }) => {
    for (const control of document.querySelectorAll('input, textarea, select')) {
      const key = controlName(control);
      if (!controls.has(key) || control.type === 'file') continue;
      const [value, checked] = controls.get(key);
      if (control.value !== value || control.checked !== checked) {
        control.value = value;
        if (checked !== undefined) control.checked = checked;
        control.dispatchEvent(new Event('input', { bubbles: true }));
      }
      if (key === typed) {
        control.focus({ preventScroll: true });
        if (range) try { control.setSelectionRange(...range); } catch { /* Not every field has a selection. */ }
      }
    }
  };

  /** Names that stay the same from one rendering to the next: the same words, for the nth time. */
  const name = (element, inner) => {
    const text = (inner ? element.querySelector(inner) : element)?.textContent.trim() ?? '';
    const alike = [...document.querySelectorAll(element.localName)]
      .filter((other) => ((inner ? other.querySelector(inner) : other)?.textContent.trim() ?? '') === text);
    return `${text}\n${alike.indexOf(element)}`;
  };
  const controlName = (control) => {
    const form = control.form?.id || control.form?.dataset.filter || '';
    const own = control.id || control.name || control.closest('li, label')?.textContent.trim() || '';
    const value = control.type === 'radio' || control.type === 'checkbox' ? control.value : '';
    return `${form}\n${own}\n${value}`;
  };

  const swap = async (text) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const files = (page) => [...page.querySelectorAll('head script[src], head link[rel=stylesheet]')]
      .map((element) => new URL(element.src || element.href, location.href).pathname).sort().join();
    // A page of another make begins anew.
    const isNotice = (page) => page.documentElement.classList.contains('sdkb-notice');
    const state = remember();
    end();
    if (isNotice(next) !== isNotice(document) || files(next) !== files(document)) {
      location.reload();
      return;
    }
    document.title = next.title;
    for (const name of ['lang', 'class']) {
      document.documentElement.setAttribute(name, next.documentElement.getAttribute(name) ?? '');
    }
    document.body.replaceWith(document.importNode(next.body, true));
    recallPlace(state);
    await begin();
    recallControls(state);
    recallPlace(state);
  };

  /** Compares the page with that of the server. A tab that was away has missed other changes, so it loads again. */
  const look = async (wasAway) => {
    const answer = await fetch(location.pathname + location.search, { cache: 'no-store' });
    const text = await answer.text();
    const found = /<script src="\/_sdkb\/live\.js" data-print="(\w+)"/.exec(text)?.[1];
    if (found && found !== print) {
      print = found;
      if (wasAway) location.reload();
      else await swap(text);
    }
  };

  /** Stylesheets are exchanged when the new one is there, so that nothing is ever seen without. */
  const restyle = (names) => {
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
      const path = new URL(link.href).pathname;
      if (!names.some((name) => path.endsWith(`/assets/${name}`))) continue;
      const next = link.cloneNode();
      next.href = `${path}?v=live-${revision}`;
      next.onload = () => link.remove();
      next.onerror = () => next.remove();
      head.add(next);
      link.after(next);
    }
  };

  // ---- The panel.

  const host = document.createElement('sdkb-panel');
  const root = host.attachShadow({ mode: 'open' });
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const style = make('link', { rel: 'stylesheet', href: '/_sdkb/live.css' });
  const list = make('div', { className: 'list', id: 'list' });
  const button = make('button', { type: 'button', className: 'pill' });
  button.setAttribute('aria-controls', 'list');
  const said = make('p', { className: 'said' });
  said.setAttribute('role', 'status');
  const panel = make('section', { className: 'panel', hidden: true }, list, button, said);
  panel.setAttribute('aria-label', 'Findings');
  // Never seen without its style.
  style.onload = () => { panel.hidden = false; };
  root.append(style, panel);
  document.documentElement.append(host);

  let chosen = sessionStorage.getItem('sdkb-panel');
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => {
    chosen = list.hidden ? 'open' : 'closed';
    sessionStorage.setItem('sdkb-panel', chosen);
    show(chosen === 'open');
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || list.hidden) return;
    event.stopPropagation();
    button.click();
    button.focus();
  });

  const count = (number, thing) => (number === 1 ? `1 ${thing}` : `${number} ${thing}s`);
  const summary = (errors, warnings) => [
    errors && count(errors, 'error'), warnings && count(warnings, 'warning'),
  ].filter(Boolean).join(', ');

  /** Text whose words in backticks are code. Nothing of it is ever markup. */
  const inline = (text) => text.split('`').map((part, at) => (at % 2 ? make('code', { textContent: part }) : part));

  const item = ({ severity, rule, message, path, line, column, help, link }) => {
    const place = make('a', { href: link, className: 'place', textContent: `${path}:${line}:${column}` });
    const name = make('span', { className: 'rule', textContent: rule });
    const advice = help.map((text) => make('p', { className: 'help' }, ...inline(text)));
    const title = make('p', { className: 'message' }, ...inline(message));
    return make('li', { className: severity }, title, place, name, ...advice);
  };
  const group = (title, findings, rest = 0) => (findings.length === 0 ? [] : [
    make('h2', { textContent: title }),
    make('ul', {}, ...findings.map(item), ...(rest > 0 ? [make('li', { textContent: `and ${rest} more` })] : [])),
  ]);

  let last = '';
  const findings = async () => {
    const answer = await fetch(`/_sdkb/findings?page=${encodeURIComponent(here())}`, { cache: 'no-store' });
    const found = await answer.json();
    const others = found.errors + found.warnings - found.page.length - found.project.length;
    const notes = [];
    if (!found.is_there) notes.push('The project’s folder is gone. This is how it was.');
    if (found.is_kept) notes.push('The front matter can’t be read, so this page is as it was before.');
    const isNothing = found.errors + found.warnings + notes.length === 0;
    list.replaceChildren(
      ...notes.map((text) => make('p', { className: 'note', textContent: text })),
      ...group('This page', found.page),
      ...group('Settings, kinds and theme', found.project),
      ...group('Other pages', found.others, others - found.others.length),
      ...(isNothing ? [make('p', { textContent: 'No findings.' })] : []),
    );
    const own = [...found.page, ...found.project];
    const ownErrors = own.filter((finding) => finding.severity === 'error').length;
    const state = () => {
      if (ownErrors > 0 || notes.length > 0) return 'error';
      if (own.length > 0) return 'warning';
      return others > 0 ? 'elsewhere' : 'fine';
    };
    const words = () => {
      if (own.length > 0) return summary(ownErrors, own.length - ownErrors);
      if (notes.length > 0) return 'Not up to date';
      return others > 0 ? `${summary(found.errors, found.warnings)} elsewhere` : 'No findings';
    };
    panel.dataset.state = state();
    button.textContent = words();
    show(chosen ? chosen === 'open' : state() === 'error');
    const known = JSON.stringify(own.map((finding) => [finding.message, finding.line]));
    if (last && known !== last) said.textContent = words();
    last = known;
  };

  // ---- The line to the server. Hidden tabs hang up: a browser has few lines to one server.

  let source;
  let turn = Promise.resolve();
  let wasAway = false;
  const update = async (event) => {
    const notice = JSON.parse(event.data);
    const isFirst = revision === 0;
    // A server that counts from the start again is another one.
    const isNew = notice.revision !== revision;
    const missed = wasAway && isNew;
    wasAway = false;
    revision = notice.revision;
    host.dataset.revision = revision;
    panel.classList.remove('away');
    if (isNew && !isFirst) {
      if (notice.assets.some((name) => name.endsWith('.js'))) {
        location.reload();
        return;
      }
      if (notice.assets.length > 0) restyle(notice.assets);
    }
    // What was rendered before this line was there may be old already.
    await look(missed);
    await findings();
    host.dataset.shown = notice.revision;
  };
  const connect = () => {
    if (source) return;
    source = new EventSource('/_sdkb/events');
    // One after the other, so that no page is swapped while it is being swapped.
    source.addEventListener('update', (event) => { turn = turn.then(() => update(event)).catch(() => undefined); });
    source.addEventListener('error', () => {
      wasAway = true;
      panel.classList.add('away');
      button.textContent = 'sdkb watch has ended';
    });
  };
  const disconnect = () => {
    source?.close();
    source = undefined;
    wasAway = true;
  };
  listen(globalThis, 'visibilitychange', () => (document.hidden ? disconnect() : connect()));
  listen(globalThis, 'pagehide', disconnect);
  listen(globalThis, 'pageshow', () => { if (!document.hidden) connect(); });
})();
