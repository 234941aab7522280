// Steps to tick off: the items of numbered lists and of task lists. What is done stays on the device, known by the
// page and the words of the step, so that a step that was edited is not done.
(() => {
  'use strict';

  const root = document.querySelector('[data-steps]');
  const panel = document.querySelector('[data-progress]');
  if (!root || !panel) return;
  const status = panel.querySelector('[role=status]');
  const reset = panel.querySelector('[data-reset]');
  const { make, store } = sdkb;
  const storeKey = `sdkb-steps:${location.pathname}`;

  // Times by step.
  let done = store.get(storeKey, {});
  const keep = () => store.set(storeKey, Object.keys(done).length > 0 ? done : undefined);

  const hash = (text) => {
    let value = 0xcbf29ce484222325n;
    for (const letter of text) value = BigInt.asUintN(64, (value ^ BigInt(letter.codePointAt())) * 0x100000001b3n);
    return value.toString(36);
  };
  // The words as the author wrote them, with `$POD` and not its value.
  const words = (item, without) => {
    const copy = item.cloneNode(true);
    for (const part of copy.querySelectorAll(`button, .anchor, ${without}`)) part.remove();
    for (const slot of copy.querySelectorAll('.slot')) slot.textContent = slot.dataset.name;
    return copy.textContent.trim().replace(/\s+/g, ' ');
  };

  const seen = new Map();
  const items = [...root.querySelectorAll('ol > li, li.task')].filter((item) => !item.closest('.footnotes'));
  const steps = items.map((item) => {
    const whole = words(item, 'ol, ul');
    const count = (seen.get(whole) ?? 0) + 1;
    seen.set(whole, count);
    const key = hash(whole) + (count > 1 ? `.${count}` : '');
    return { item, key, text: words(item, 'ol, ul, figure, .table') || whole };
  });
  if (steps.length === 0) {
    panel.hidden = true;
    return;
  }

  const clock = (time) => new Date(time).toTimeString().slice(0, 5);
  const day = (time) => new Date(time).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
  const summary = (times) => {
    if (times.length === 0) return 'Tick off what you have done. It stays on this device.';
    const last = Math.max(...times);
    const isOld = Date.now() - last > 8 * 3600e3;
    const when = isOld ? `on ${day(last)}. Is this another incident? Start again.` : `last at ${clock(last)}`;
    return `${times.length} of ${steps.length} done, ${when}`;
  };
  let undone;
  const show = () => {
    const times = steps.map(({ key }) => done[key]).filter(Boolean);
    for (const { box, item, key } of steps) {
      box.checked = key in done;
      item.classList.toggle('done', key in done);
    }
    status.textContent = summary(times);
    reset.textContent = undone ? 'Undo' : 'Start again';
    reset.disabled = times.length === 0 && !undone;
  };
  for (const step of steps) {
    const { item, key, text } = step;
    const own = item.matches('.task') && item.querySelector('input');
    step.box = own || make('input');
    step.box.type = 'checkbox';
    step.box.disabled = false;
    step.box.className = 'tick';
    step.box.setAttribute('aria-label', `Done: ${text.slice(0, 100)}`);
    if (!own) item.prepend(step.box);
    step.box.addEventListener('change', () => {
      if (step.box.checked) done[key] = Date.now();
      else delete done[key];
      undone = undefined;
      keep();
      show();
    });
  }
  reset.addEventListener('click', () => {
    [done, undone] = undone ? [undone, undefined] : [{}, done];
    keep();
    show();
  });

  // What was done, for the incident channel: headings, steps and times.
  sdkb.copies(panel.querySelector('[data-log]'), () => {
    const lines = [document.querySelector('h1').firstChild.textContent.trim(), location.href.split('#')[0]];
    let heading;
    for (const part of root.querySelectorAll('h2, h3, li')) {
      if (part.matches('h2, h3')) heading = part.firstChild.textContent.trim();
      const step = steps.find(({ item }) => item === part);
      if (!step) continue;
      if (heading) lines.push('', heading);
      heading = undefined;
      const list = part.parentElement;
      const number = list.matches('ol') ? `${[...list.children].indexOf(part) + list.start}. ` : '';
      const nested = list.closest('li') ? '    ' : '';
      const time = done[step.key];
      lines.push(`${nested}${time ? '[x]' : '[ ]'} ${number}${step.text}${time ? ` (${clock(time)})` : ''}`);
    }
    return lines.join('\n');
  });
  // Another window may have the same page.
  addEventListener('storage', (event) => {
    if (event.key !== storeKey) return;
    done = store.get(storeKey, {});
    show();
  });
  show();
})();
