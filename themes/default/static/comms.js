// A message from its fields: as it will read, whether it says all that it has to, and as text for where it is sent.
// Nothing leaves the page but what is copied. What is typed stays on the device for half a day.
(() => {
  'use strict';

  const message = document.getElementById('_message');
  const form = document.querySelector('form[data-message]');
  if (!message) return;
  const { make, store } = sdkb;

  // Each `{{ name }}` in the text becomes a place for its value.
  const places = [];
  for (const root of [message, document.getElementById('_subject')].filter(Boolean)) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) if (/\{\{\s*\w+\s*\}\}/.test(texts.currentNode.data)) found.push(texts.currentNode);
    for (const text of found) {
      text.replaceWith(...text.data.split(/(\{\{\s*\w+\s*\}\})/).map((part) => {
        const name = part.match(/^\{\{\s*(\w+)\s*\}\}$/)?.[1];
        if (!name) return part;
        const place = make('span', { class: 'slot' });
        places.push({ place, name, written: part });
        return place;
      }));
    }
  }

  const fields = [...form?.querySelectorAll('input, textarea, select') ?? []];
  const next = fields.find(({ dataset }) => dataset.says === 'next update');
  const priority = form?.elements.priority?.matches?.('select') ? form.elements.priority : undefined;
  const cadence = form?.querySelector('[data-cadence]');
  const hint = cadence?.textContent;

  // When the next update is due: after the time that the template says, or the priority; on the next five minutes.
  const MINUTES = { d: 1440, h: 60, min: 1 };
  const minutes = (text) => [...text.matchAll(/(\d+)\s*(d|h|min)/g)]
    .reduce((sum, [, count, unit]) => sum + count * MINUTES[unit], 0);
  const due = () => {
    const rhythm = form.dataset.rhythm || priority?.selectedOptions[0]?.dataset[form.dataset.message] || '';
    if (!rhythm) return { rhythm };
    const time = new Date(Math.ceil((Date.now() / 60e3 + minutes(rhythm)) / 5) * 300e3);
    // Colleagues and customers are elsewhere: the time that is the same for all, and the one on the wall.
    const day = minutes(rhythm) > 720 ? { weekday: 'short', day: 'numeric', month: 'short' } : {};
    const clock = { ...day, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' };
    const write = (zone) => time.toLocaleString('en-GB', { ...clock, ...zone });
    const [utc, local] = [write({ timeZone: 'UTC' }), write({})];
    return { rhythm, time: utc === local || time.getTimezoneOffset() === 0 ? local : `${utc} (${local})` };
  };

  const key = `sdkb-message:${location.pathname}`;
  // The words of the last incident must not get into this one.
  const KEPT_FOR = 12 * 3600e3;
  const keep = () => {
    const typed = fields.filter((field) => !field.dataset.computed).map(({ name, value }) => [name, value]);
    store.set(key, { time: Date.now(), values: Object.fromEntries(typed) });
  };
  const recall = () => {
    const { time, values } = store.get(key, {});
    const kept = Date.now() - time < KEPT_FOR ? values : {};
    const params = new URLSearchParams(location.search);
    const choices = (field) => [...field.options ?? []].map((option) => option.value);
    for (const field of fields) {
      const value = params.get(field.name) ?? kept[field.name] ?? '';
      if (!field.matches('select') || choices(field).includes(value)) field.value = value;
    }
  };

  // Whether the message says what it has to.
  const STATES = { unasked: ': there is no field for it, see that the text says it', met: '', open: ' is missing' };
  const stateOf = (what) => {
    const own = fields.filter(({ dataset }) => dataset.says === what);
    if (own.length === 0) return 'unasked';
    return own.every(({ value }) => value.trim()) ? 'met' : 'open';
  };

  const update = () => {
    if (next && (!next.value || next.dataset.computed)) {
      const { rhythm, time } = due();
      next.value = time ?? '';
      next.dataset.computed = time ? 'yes' : '';
      if (cadence && !form.dataset.rhythm) cadence.textContent = rhythm ? `An update every ${rhythm}` : hint;
    }
    const values = new Map(fields.map((field) => [field.name, field.value.trim()]));
    for (const { place: slot, name, written } of places) {
      const optional = fields.some((field) => field.name === name && 'optional' in field.dataset);
      const value = values.get(name);
      slot.textContent = value || (optional ? '' : written);
      slot.dataset.state = value ? 'filled' : optional ? 'empty' : 'open';
    }
    for (const block of message.querySelectorAll('p, li')) {
      const slots = [...block.querySelectorAll('.slot')];
      const isEmpty = slots.length > 0 && slots.every(({ dataset }) => dataset.state === 'empty');
      block.hidden = isEmpty && !block.textContent.trim();
    }
    const checks = document.querySelector('[data-checks]');
    const must = form?.dataset.must ? form.dataset.must.split(',') : [];
    checks?.replaceChildren(...must.map((what) => {
      const state = stateOf(what);
      const text = `${what[0].toUpperCase()}${what.slice(1)}${STATES[state]}`;
      return make('li', { 'data-state': state }, text);
    }));
  };

  // The message as text. The formats differ in their signs only.
  const FORMATS = {
    plain: {
      marks: {},
      item: '- ',
      link: (text, url) => (text.includes(url) ? text : `${text} (${url})`),
      heading: (text) => text,
      code: (text) => text,
      quote: (line) => line,
      escape: (text) => text,
    },
    markdown: {
      marks: { strong: '**', em: '*', code: '`', del: '~~' },
      item: '- ',
      link: (text, url) => `[${text}](${url})`,
      heading: (text) => `## ${text}`,
      code: (text) => `\`\`\`\n${text}\n\`\`\``,
      quote: (line) => `> ${line}`,
      escape: (text) => text,
    },
    slack: {
      marks: { strong: '*', em: '_', code: '`', del: '~' },
      item: '• ',
      link: (text, url) => `<${url}|${text}>`,
      heading: (text) => `*${text}*`,
      code: (text) => `\`\`\`\n${text}\n\`\`\``,
      quote: (line) => `> ${line}`,
      escape: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    },
  };
  const MARKS = { STRONG: 'strong', B: 'strong', EM: 'em', I: 'em', CODE: 'code', DEL: 'del' };
  const write = (root, format) => {
    const inline = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const isValue = node.parentElement.matches('.slot');
        return format.escape(isValue ? node.data : node.data.replace(/\s+/g, ' '));
      }
      if (node.nodeType !== Node.ELEMENT_NODE || node.hidden || node.matches('.anchor, button, ul, ol')) return '';
      if (node.matches('br')) return '\n';
      const inner = [...node.childNodes].map(inline).join('');
      if (node.matches('a[href]') && /^(https?|mailto):/.test(node.href)) return format.link(inner, node.href);
      const mark = format.marks[MARKS[node.tagName]] ?? '';
      return inner.trim() ? mark + inner + mark : '';
    };
    const list = (element, depth) => [...element.children].filter((item) => !item.hidden).map((item, index) => {
      const mark = element.matches('ol') ? `${(element.start || 1) + index}. ` : format.item;
      const nested = [...item.querySelectorAll(':scope > ul, :scope > ol')];
      const below = nested.map((inner) => `\n${list(inner, depth + 1)}`).join('');
      return '    '.repeat(depth) + mark + inline(item).trim() + below;
    }).join('\n');
    const row = ({ cells }) => [...cells].map((cell) => inline(cell).trim()).join(' | ');
    const block = (element) => {
      if (element.matches('ul, ol')) return list(element, 0);
      if (element.matches('figure, pre')) {
        const text = (element.querySelector('code') ?? element).textContent.trimEnd();
        return format.code(format.escape(text));
      }
      if (element.matches('blockquote, aside')) return blocks(element).split('\n').map(format.quote).join('\n');
      if (element.matches('.table')) return [...element.querySelectorAll('tr')].map(row).join('\n');
      if (element.matches('div, section, details')) return blocks(element);
      const text = inline(element).trim();
      return /^H\d$/.test(element.tagName) ? format.heading(text) : text;
    };
    const blocks = (parent) => {
      const shown = [...parent.children].filter((child) => !child.hidden && !child.matches('button'));
      return shown.map(block).filter(Boolean).join('\n\n');
    };
    return blocks(root);
  };
  for (const button of document.querySelectorAll('[data-format]')) {
    const format = FORMATS[button.dataset.format];
    const part = button.dataset.format === 'subject' ? document.getElementById('_subject') : message;
    const isMissing = ({ place }) => place.dataset.state === 'open' && part.contains(place);
    sdkb.copies(button, () => {
      const missing = new Set(places.filter(isMissing).map(({ name }) => name));
      return { text: format ? write(part, format) : part.textContent.trim(), missing: [...missing] };
    });
  }

  form?.addEventListener('submit', (event) => event.preventDefault());
  form?.addEventListener('input', ({ target }) => {
    // A time that was typed stays. Where it is deleted, it is computed again.
    if (target === next) next.dataset.computed = '';
    if (target !== next || next.value) update();
    keep();
  });
  form?.addEventListener('change', update);
  form?.addEventListener('reset', () => setTimeout(() => {
    if (next) next.dataset.computed = 'yes';
    store.set(key);
    update();
  }));
  recall();
  update();
  setInterval(() => { if (next?.dataset.computed) update(); }, 30e3);
})();
