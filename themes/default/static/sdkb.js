// The way to search, filters above lists, and buttons that copy. Pages are whole without it.
(() => {
  'use strict';

  // Search is as large as the rest together, so it is loaded when somebody wants it.

  const door = document.querySelector('.search-open');
  let loading;
  const search = (take = () => undefined) => {
    loading ??= new Promise((done, fail) => {
      if (globalThis.sdkbSearch) {
        done();
        return;
      }
      const script = document.createElement('script');
      script.src = door.dataset.script;
      script.dataset.root = door.dataset.root;
      script.onload = done;
      script.onerror = fail;
      document.head.append(script);
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
  addEventListener('keydown', (event) => {
    const { key, target, altKey, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const typing = target.closest?.('input, textarea, select, [contenteditable]');
    if (altKey || !(control ? key.toLowerCase() === 'k' && !shiftKey : key === '/' && !typing)) return;
    event.preventDefault();
    search();
  });

  // Filters. What is chosen stands in the address, so that it can be shared and comes back.

  // `Kube Pod` is found as `KubePod` too.
  const searchable = (text) => `${text} ${text.replace(/\s+/g, '')}`.toLowerCase();
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  for (const form of document.querySelectorAll('form[data-filter]')) {
    const list = document.getElementById(form.dataset.filter);
    if (!list) continue;
    const items = [...list.querySelectorAll('.row')].map((row) => ({
      row,
      text: searchable(row.textContent),
      facets: new Set((row.dataset.facets || '').split('\n')),
    }));
    const groups = [...list.querySelectorAll('.group')];
    const count = form.querySelector('.filter-count');
    const controls = [...form.elements].filter((control) => control.name);

    const apply = () => {
      const wanted = [];
      let query = [];
      for (const { name, value, type } of controls) {
        if (type === 'search') query = words(value);
        else if (value) wanted.push(`${name}=${value}`);
      }
      let shown = 0;
      for (const { row, text, facets } of items) {
        const fits = query.every((word) => text.includes(word)) && wanted.every((facet) => facets.has(facet));
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      for (const group of groups) group.hidden = !group.querySelector('.row:not([hidden])');
      const active = query.length > 0 || wanted.length > 0;
      count.textContent = active ? (shown ? `${shown} of ${items.length}` : 'Nothing fits.') : '';
      form.querySelector('button[type=reset]').hidden = !active;
    };

    const remember = () => {
      const params = new URLSearchParams(location.search);
      for (const { name, value } of controls) {
        if (value.trim()) params.set(name, value);
        else params.delete(name);
      }
      const search = params.toString();
      try {
        history.replaceState(history.state, '', `${location.pathname}${search ? `?${search}` : ''}${location.hash}`);
      } catch {
        // A browser may refuse it for files. The filter works all the same.
      }
    };

    const recall = () => {
      const params = new URLSearchParams(location.search);
      for (const control of controls) {
        const value = params.get(control.name) || '';
        control.value = value;
        // A choice that no longer exists chooses nothing.
        if (control.value !== value) control.value = '';
      }
      apply();
    };

    form.addEventListener('input', () => { apply(); remember(); });
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(() => {
      apply();
      remember();
      form.querySelector('input').focus();
    }));
    addEventListener('popstate', recall);
    addEventListener('pageshow', (event) => { if (event.persisted) recall(); });
    recall();
  }

  // Copying. Commands come without their prompts and without what they print.

  const code = (block) => {
    const copy = block.cloneNode(true);
    const hadOutput = copy.querySelector('.tok-out') !== null;
    for (const part of copy.querySelectorAll('.prompt, .tok-out')) part.remove();
    const text = copy.textContent;
    const lines = hadOutput ? text.split('\n').filter((line) => line.trim()) : text.split('\n');
    return lines.join('\n').replace(/\s+$/, '');
  };

  // A message as people type it: paragraphs apart, items with a dash or a number.
  const message = (element) => {
    const blocks = [];
    const text = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, ' ');
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches('.anchor, .copy')) return '';
      if (node.matches('br')) return '\n';
      const inner = [...node.childNodes].map(text).join('');
      const href = node.matches('a[href]') ? node.href : '';
      return href && !inner.includes(href) && /^https?:/.test(href) ? `${inner} (${href})` : inner;
    };
    const walk = (parent) => {
      for (const child of parent.children) {
        if (child.matches('ul, ol')) {
          const start = child.start || 1;
          const mark = (index) => (child.matches('ol') ? `${start + index}. ` : '- ');
          blocks.push([...child.children].map((item, index) => mark(index) + text(item).trim()).join('\n'));
        } else if (child.matches('figure, pre')) blocks.push(code(child.querySelector('code') || child));
        else if (child.matches('div, section, blockquote, aside')) walk(child);
        else if (!child.matches('.copy')) blocks.push(text(child).trim());
      }
    };
    walk(element);
    return blocks.filter(Boolean).join('\n\n');
  };

  const write = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'offscreen';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    if (!done) throw new Error('copying is not allowed');
  };

  const live = document.createElement('p');
  live.className = 'offscreen';
  live.setAttribute('role', 'status');
  document.body.append(live);

  const button = (place, name, text) => {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = 'copy';
    element.textContent = 'Copy';
    element.setAttribute('aria-label', name);
    let timer;
    element.addEventListener('click', async () => {
      let worked = true;
      try { await write(text()); } catch { worked = false; }
      element.textContent = worked ? 'Copied' : 'Failed';
      live.textContent = worked ? 'Copied' : 'Copying failed';
      element.classList.toggle('done', worked);
      element.classList.toggle('failed', !worked);
      clearTimeout(timer);
      timer = setTimeout(() => {
        element.textContent = 'Copy';
        live.textContent = '';
        element.classList.remove('done', 'failed');
      }, 2000);
    });
    place.append(element);
  };

  for (const figure of document.querySelectorAll('figure.code')) {
    const block = figure.querySelector('code');
    if (block && code(block)) button(figure, 'Copy code', () => code(block));
  }
  for (const place of document.querySelectorAll('[data-copy]')) {
    const source = document.getElementById(place.dataset.copy);
    const plain = source && !source.matches('.prose');
    if (source) button(place, place.dataset.name || 'Copy', () => (plain ? source.textContent.trim() : message(source)));
  }
})();
