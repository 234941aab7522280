// Puts values into commands: from fields, or from the address, as an alert's link carries its labels. They are
// quoted as the shell reads each place, checked, and leave the page only in what is copied. They are not kept:
// the cluster of the last incident would be worse than an empty field.
(() => {
  'use strict';

  const fold = (name) => name.toLowerCase().replace(/[-\s]+/g, '_');
  // The label that a parameter of an address is for.
  const labelOf = (parameter) => parameter.replace(/^var-/, '');

  // What the address says: `?pod=a`, Grafana's `?var-pod=a`, Alertmanager's `?filter={pod="a"}`.
  const given = new Map();
  const take = (name, value) => { if (!given.has(fold(name))) given.set(fold(name), { name, value }); };
  const MATCHER = /([\w.-]+)\s*=\s*"((?:[^"\\]|\\.)*)"/g;
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === 'filter' || name === 'matcher') {
      for (const [, label, text] of value.matchAll(MATCHER)) take(label, text.replace(/\\(.)/g, '$1'));
    } else if (value && !/^(orgId|from|to|refresh|kiosk|viewPanel|utm_\w+)$/.test(name)) {
      take(labelOf(name), value);
    }
  }

  // Places in commands. sdkb has read the commands, and each place says what it takes and how a value stands in it.

  const PLAIN = /^[\w.:/@%+,=-]+$/;
  const places = {};
  sdkb.places = places;

  // Why a place does not take a value; nothing, if it does. `dash` is whether the value's pattern spells a dash first.
  places.refusal = (value, place, dash = false) => {
    const { takes = '', not = '', first = '', end = '', why = 'of what is around it' } = place;
    const command = 'in one of the commands';
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) return 'This has a character that does not show.';
    if (takes === 'number' && !/^[0-9]+$/.test(value)) return `Only digits can stand ${command}, because ${why}.`;
    if (takes === '' && !PLAIN.test(value)) {
      return `Only letters, digits and . _ : / @ % + , = - can stand ${command}, because ${why}.`;
    }
    if (value.startsWith('-') && first.includes('-') && !dash) return 'This would be read as an option.';
    if (!value.startsWith('-') && first.includes(value[0])) {
      return `${value[0]} can’t be the first character ${command}.`;
    }
    const wrong = [...value].find((letter) => not.includes(letter));
    if (wrong) return `${wrong} can’t stand ${command}.`;
    const isEnd = end && [...value].every((letter) => end.includes(letter));
    return isEnd ? `This could end the text up to ${end} ${command}.` : '';
  };

  // A value as it stands in a place that takes it.
  places.write = (value, place, dash = false) => {
    if (places.refusal(value, place, dash)) return undefined;
    // The inner quotes are those of another language, such as JSON.
    const text = place.inner ? value.replace(/[\\"]/g, '\\$&') : value;
    const single = text.replaceAll("'", `'\\''`);
    switch (place.in ?? '') {
      case '': return PLAIN.test(value) && !/^[=:,]/.test(value) && place.quote === undefined ? value : `'${single}'`;
      case 'single': return single;
      // Where commands are typed, an exclamation mark in double quotes recalls one.
      // A variable right before the value ends with the quotes.
      case 'double': {
        const escaped = text.replace(/[\\"$`]/g, '\\$&').replaceAll('!', `"'!'"`);
        return place.quote === undefined ? escaped : `""${escaped}`;
      }
      default: return PLAIN.test(value) ? value : undefined;
    }
  };

  // Whether a place, with its name and as it is written, is filled by a field. A variable is called exactly like its
  // field; a placeholder is prose.
  places.isFilledBy = (name, written, field) => (written.startsWith('$') ? name === field : fold(name) === fold(field));

  // The places in code other than commands. It is not known what reads it, so they take plain words.
  places.inText = (code) => {
    const ends = [...code.matchAll(/<<-?[ \t]*[\\'"]?([^\s'"]+)/g)].map(([, end]) => end).join('');
    const found = code.matchAll(/\$\{(\w+)\}|\$(\w+)|<(\w[\w -]*)>/g);
    return [...found].map(({ 0: written, index, ...names }) => ({
      written,
      index,
      name: names[1] ?? names[2] ?? names[3],
      place: { in: 'text', first: '-', end: ends, why: 'it is not known what reads this block' },
    }));
  };

  // What stands in a shell command for a value that is missing, so that the command stops at once and names it.
  places.unfilled = (name, written) => {
    const variable = written.startsWith('$') ? name : fold(name).replace(/\W/g, '_').toUpperCase();
    return `\${${variable}:?not filled in}`;
  };
  places.note = (missing) => `# Not filled in: ${missing.map((name) => name.replace(/[^\w -]/g, ' ')).join(', ')}\n`;

  // Whether a text fits a pattern, as `src/model/pattern.rs` has it. The program begins in its first state. A state is
  // [next, first, last, first, last, ...] with ranges of code points, [next, next] without taking a character, or [],
  // where a text may end. A dash in front takes a state for dashes alone.
  sdkb.fits = (program, text) => {
    // What is added to a set is walked through too.
    const spread = (states) => {
      for (const at of states) if (program[at].length === 2) program[at].forEach((next) => states.add(next));
      return [...states].map((at) => program[at]);
    };
    let states = spread(new Set([0]));
    [...text].forEach((letter, position) => {
      const code = letter.codePointAt(0);
      const takes = position === 0 && code === 45
        ? (ends) => ends.length === 2 && ends[0] === 45 && ends[1] === 45
        : (ends) => ends.some((first, at) => at % 2 === 0 && first <= code && code <= ends[at + 1]);
      states = spread(new Set(states.filter(([, ...ends]) => ends.length !== 1 && takes(ends)).map(([next]) => next)));
    });
    return states.some((state) => state.length === 0);
  };

  const form = document.querySelector('form[data-fill]');
  const fields = [...form?.querySelectorAll('input') ?? []].map((input) => ({
    input,
    name: input.name,
    hint: document.getElementById(input.getAttribute('aria-describedby')),
    pattern: input.dataset.pattern && JSON.parse(input.dataset.pattern),
    // Whether a value may begin with a dash.
    dash: 'dash' in input.dataset,
    labels: [input.name, input.dataset.label].filter(Boolean).map(fold),
    slots: [],
    problem: '',
  }));
  const field = (name, written) => fields.find(({ input }) => places.isFilledBy(name, written, input.name));
  for (const known of fields) {
    known.help = [...known.hint.childNodes];
    if ('digits' in known.input.dataset) known.input.inputMode = 'numeric';
    const label = known.labels.map((name) => given.get(name)).find(Boolean);
    if (!label) continue;
    if (/[\p{Cc}\u2028\u2029]/u.test(label.value) || label.value.length > 500) known.refused = true;
    else known.input.value = label.value;
  }

  for (const block of document.querySelectorAll('figure.code:not([data-shell])')) {
    const code = block.querySelector('code');
    // From the end, so that the places before stay where they are.
    for (const { written: { length }, written, index, name, place } of places.inText(code.textContent).toReversed()) {
      const known = field(name, written);
      if (!known) continue;
      const range = document.createRange();
      const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      for (let at = 0; texts.nextNode(); at += texts.currentNode.length) {
        const text = texts.currentNode;
        if (index >= at && index < at + text.length) range.setStart(text, index - at);
        if (index + length > at && index + length <= at + text.length) range.setEnd(text, index + length - at);
      }
      const slot = sdkb.make('span', { class: 'slot' }, range.extractContents());
      Object.assign(slot.dataset, { name: known.input.name, ...place });
      range.insertNode(slot);
    }
  }

  const problem = ({ input, pattern, dash, refused }) => {
    const value = input.value.trim();
    if (refused && !value) return 'The value in the address is not one line of text.';
    if (!value) return '';
    if (value.startsWith('-') && !dash) return 'This would be read as an option.';
    if (pattern && !sdkb.fits(pattern, value)) return 'This does not look right.';
    return '';
  };

  for (const slot of document.querySelectorAll('.slot')) {
    const known = field(slot.dataset.name, slot.textContent);
    if (!known) continue;
    slot.dataset.field = fields.indexOf(known);
    known.slots.push({ slot, written: [...slot.childNodes] });
    slot.addEventListener('click', () => { if (slot.dataset.state !== 'filled') known.input.focus(); });
  }

  const links = [...document.querySelectorAll('a[data-with-labels], [data-with-labels] a')]
    .map((link) => ({ link, href: link.getAttribute('href').split('#') }));

  const update = () => {
    for (const known of fields) {
      const value = known.input.value.trim();
      known.problem = problem(known);
      const filled = value !== '' && !known.problem;
      for (const { slot, written } of known.slots) {
        const text = filled ? places.write(value, slot.dataset, known.dash) : undefined;
        const unfilled = value || known.problem ? 'wrong' : 'open';
        slot.dataset.state = text === undefined ? unfilled : 'filled';
        if (text !== undefined && slot.dataset.in !== 'operation') slot.textContent = text;
        else slot.replaceChildren(...written);
      }
      const refusals = filled ? known.slots.map(({ slot }) => places.refusal(value, slot.dataset, known.dash)) : [];
      const missing = known.wanted && !value ? 'A command needs this.' : '';
      const help = known.problem || refusals.find(Boolean) || missing;
      known.input.setAttribute('aria-invalid', String(help !== ''));
      known.hint.classList.toggle('problem', help !== '');
      known.hint.replaceChildren(...(help ? [`${help} `] : []), ...known.help);
    }
    const params = new URLSearchParams([...given.values()].map(({ name, value }) => [name, value]));
    for (const { input, problem: wrong } of fields) {
      if (input.value.trim() && !wrong) params.set(input.name, input.value.trim());
    }
    for (const { link, href: [path, anchor] } of links) {
      link.setAttribute('href', path + (params.size > 0 ? `?${params}` : '') + (anchor ? `#${anchor}` : ''));
    }
  };

  const remember = () => sdkb.remember((params) => {
    for (const { input, labels } of fields) {
      for (const key of [...params.keys()]) if (labels.includes(fold(labelOf(key)))) params.delete(key);
      const value = input.value.trim();
      if (value && value !== input.defaultValue) params.set(input.name, value);
    }
  });

  // Copied commands stop at once where a value is missing, and say which one at the top.
  sdkb.fill = (code) => {
    const missing = new Set();
    const settings = new Set();
    for (const slot of code.querySelectorAll('.slot[data-state]')) {
      const { input, dash } = fields[slot.dataset.field];
      const { in: place = '', state, name } = slot.dataset;
      if (state !== 'filled') {
        missing.add(input.name);
        if (place === '' || place === 'double') slot.textContent = places.unfilled(name, slot.textContent);
      } else if (place === 'operation') {
        settings.add(`${name}=${places.write(input.value.trim(), slot.dataset, dash)}\n`);
      }
    }
    // Only a shell is known to read this as a comment.
    if (missing.size > 0 && !code.querySelector('[data-in=text]')) code.prepend(places.note([...missing]));
    code.prepend(...settings);
    for (const known of fields) known.wanted ||= missing.has(known.input.name);
    if (missing.size > 0) update();
    return [...missing];
  };

  // Leads to a field, and from there back to the button that missed it.
  let back;
  sdkb.ask = (name, button) => {
    back = button;
    fields.find(({ input }) => input.name === name)?.input.focus();
  };
  form?.addEventListener('submit', (event) => event.preventDefault());
  form?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches('input')) return;
    event.preventDefault();
    const isOpen = ({ input }) => !input.value.trim() || input.getAttribute('aria-invalid') === 'true';
    const open = fields.find((known) => known.slots.length > 0 && isOpen(known));
    (open?.input ?? back ?? document.querySelector('figure.code:has(.slot[data-state]) .copy'))?.focus();
    back = undefined;
  });
  form?.addEventListener('input', () => {
    update();
    remember();
  });
  form?.addEventListener('reset', () => setTimeout(() => {
    for (const known of fields) known.wanted = known.refused = false;
    given.clear();
    update();
    remember();
  }));
  const share = form?.querySelector('[data-share]');
  if (share) sdkb.copies(share, () => location.href);

  const shown = document.querySelector('[data-labels]');
  if (shown && given.size > 0) {
    for (const { name, value } of [...given.values()].filter(({ name }) => name !== 'alertname').slice(0, 20)) {
      const { make } = sdkb;
      shown.querySelector('dl').append(make('div', {}, make('dt', {}, name), make('dd', {}, value.slice(0, 200))));
    }
    shown.hidden = false;
  }
  update();
})();
