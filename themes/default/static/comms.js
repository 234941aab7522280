// A message from its fields: as it will read, whether it says all that it has to, and as text for where it is sent.
// Nothing leaves the page but what is copied. What is typed stays on the device for half a day.
(() => {
  'use strict';

  const message = document.getElementById('_message');
  const form = document.querySelector('form[data-message]');
  if (!message) return;

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
        const place = document.createElement('span');
        place.className = 'slot';
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
  const minutes = (text) => [...text.matchAll(/(\d+)\s*(d|h|min)/g)].reduce((sum, [, count, unit]) => sum + count * { d: 1440, h: 60, min: 1 }[unit], 0);
  const due = () => {
    const rhythm = form.dataset.rhythm || priority?.selectedOptions[0]?.dataset[form.dataset.message] || '';
    if (!rhythm) return { rhythm };
    const time = new Date(Math.ceil((Date.now() / 60e3 + minutes(rhythm)) / 5) * 300e3);
    // Colleagues and customers are elsewhere: the time that is the same for all, and the one on the wall.
    const day = minutes(rhythm) > 720 ? { weekday: 'short', day: 'numeric', month: 'short' } : {};
    const write = (zone) => time.toLocaleString('en-GB', { ...day, ...zone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
    const [utc, local] = [write({ timeZone: 'UTC' }), write({})];
    return { rhythm, time: utc === local || time.getTimezoneOffset() === 0 ? local : `${utc} (${local})` };
  };

  const place = `sdkb-message:${location.pathname}`;
  const keep = () => {
    const values = Object.fromEntries(fields.filter((field) => !field.dataset.computed).map(({ name, value }) => [name, value]));
    try { localStorage.setItem(place, JSON.stringify({ time: Date.now(), values })); } catch { /* Then it is gone with the page. */ }
  };
  const recall = () => {
    let kept = {};
    try {
      const { time, values } = JSON.parse(localStorage.getItem(place)) ?? {};
      // The words of the last incident must not get into this one.
      if (Date.now() - time < 12 * 3600e3) kept = values;
    } catch { /* Nothing is kept, or it is not ours. */ }
    const params = new URLSearchParams(location.search);
    const choices = (field) => [...field.options ?? []].map((option) => option.value);
    for (const field of fields) {
      const value = params.get(field.name) ?? kept[field.name] ?? '';
      if (!field.matches('select') || choices(field).includes(value)) field.value = value;
    }
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
      block.hidden = slots.length > 0 && slots.every(({ dataset }) => dataset.state === 'empty') && !block.textContent.trim();
    }
    const checks = document.querySelector('[data-checks]');
    const must = form?.dataset.must ? form.dataset.must.split(',') : [];
    checks?.replaceChildren(...must.map((what) => {
      const own = fields.filter(({ dataset }) => dataset.says === what);
      const state = own.length === 0 ? 'unasked' : own.every(({ value }) => value.trim()) ? 'met' : 'open';
      const item = document.createElement('li');
      item.dataset.state = state;
      item.textContent = `${what[0].toUpperCase()}${what.slice(1)}${{ unasked: ': there is no field for it, see that the text says it', met: '', open: ' is missing' }[state]}`;
      return item;
    }));
  };

  // The message as text. The three ways differ in their signs only.
  const signs = {
    plain: { strong: ['', ''], em: ['', ''], code: ['', ''], del: ['', ''], item: '- ', link: (text, url) => (text.includes(url) ? text : `${text} (${url})`) },
    markdown: { strong: ['**', '**'], em: ['*', '*'], code: ['`', '`'], del: ['~~', '~~'], item: '- ', link: (text, url) => `[${text}](${url})` },
    slack: { strong: ['*', '*'], em: ['_', '_'], code: ['`', '`'], del: ['~', '~'], item: '• ', link: (text, url) => `<${url}|${text}>` },
  };
  const write = (root, format) => {
    const sign = signs[format];
    const escape = (text) => (format === 'slack' ? text.replace(/[&<>]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[letter]) : text);
    const inline = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return escape(node.parentElement.matches('.slot') ? node.data : node.data.replace(/\s+/g, ' '));
      if (node.nodeType !== Node.ELEMENT_NODE || node.hidden || node.matches('.anchor, button, ul, ol')) return '';
      if (node.matches('br')) return '\n';
      const inner = [...node.childNodes].map(inline).join('');
      if (node.matches('a[href]') && /^(https?|mailto):/.test(node.href)) return sign.link(inner, node.href);
      const [open, close] = sign[{ STRONG: 'strong', B: 'strong', EM: 'em', I: 'em', CODE: 'code', DEL: 'del' }[node.tagName]] ?? ['', ''];
      return inner.trim() ? open + inner + close : '';
    };
    const list = (element, depth) => [...element.children].filter((item) => !item.hidden).map((item, index) => {
      const mark = element.matches('ol') ? `${(element.start || 1) + index}. ` : sign.item;
      const inner = [...item.querySelectorAll(':scope > ul, :scope > ol')].map((nested) => `\n${list(nested, depth + 1)}`).join('');
      return '    '.repeat(depth) + mark + inline(item).trim() + inner;
    }).join('\n');
    const blocks = (parent) => [...parent.children].filter((child) => !child.hidden && !child.matches('button')).map((child) => {
      if (child.matches('ul, ol')) return list(child, 0);
      if (child.matches('figure, pre')) {
        const text = (child.querySelector('code') ?? child).textContent.trimEnd();
        return format === 'plain' ? text : `\`\`\`\n${escape(text)}\n\`\`\``;
      }
      if (child.matches('blockquote, aside')) return blocks(child).split('\n').map((line) => (format === 'plain' ? line : `> ${line}`)).join('\n');
      if (child.matches('.table')) return [...child.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => inline(cell).trim()).join(' | ')).join('\n');
      if (child.matches('div, section, details')) return blocks(child);
      const text = inline(child).trim();
      if (!/^H\d$/.test(child.tagName)) return text;
      return { plain: text, markdown: `## ${text}`, slack: `*${text}*` }[format];
    }).filter(Boolean).join('\n\n');
    return blocks(root);
  };
  for (const button of document.querySelectorAll('[data-format]')) {
    const { format } = button.dataset;
    const part = format === 'subject' ? document.getElementById('_subject') : message;
    sdkb.copies(button, () => {
      const missing = places.filter(({ place: slot }) => slot.dataset.state === 'open' && part.contains(slot)).map(({ name }) => name);
      return { text: signs[format] ? write(part, format) : part.textContent.trim(), missing: [...new Set(missing)] };
    });
  }

  form?.addEventListener('submit', (event) => event.preventDefault());
  form?.addEventListener('input', ({ target }) => {
    // What somebody wrote there stays; emptied, it is computed again.
    if (target === next) next.dataset.computed = '';
    if (target !== next || next.value) update();
    keep();
  });
  form?.addEventListener('change', update);
  form?.addEventListener('reset', () => setTimeout(() => {
    if (next) next.dataset.computed = 'yes';
    try { localStorage.removeItem(place); } catch { /* Nothing was kept. */ }
    update();
  }));
  recall();
  update();
  setInterval(() => { if (next?.dataset.computed) update(); }, 30e3);
})();
