// Says which priority an incident has, from the choices. They stand in the address, so that the answer can be shared.
(() => {
  'use strict';

  const form = document.querySelector('form[data-triage]');
  const verdict = document.querySelector('[data-verdict]');
  if (!form || !verdict) return;
  const before = [...verdict.childNodes];
  const sides = ['impact', 'urgency'];
  const answers = [...document.querySelectorAll('template[data-priority]')];

  const show = () => {
    const chosen = sides.map((side) => form.elements[side].value);
    const cell = chosen.every(Boolean) ? chosen.join(' ') : undefined;
    for (const place of document.querySelectorAll('[data-cell]')) {
      place.classList.toggle('chosen', place.dataset.cell === cell);
    }
    const answer = answers.find(({ dataset }) => dataset.priority.split(',').includes(cell));
    if (answer) {
      verdict.replaceChildren(answer.content.cloneNode(true));
      // The message is then about this priority.
      const search = new URLSearchParams({ priority: answer.dataset.level });
      for (const link of verdict.querySelectorAll('.lines a')) link.search = search;
    } else if (cell) {
      verdict.textContent = 'No priority is meant for this. Take the nearest higher one.';
    } else {
      verdict.replaceChildren(...before);
    }
  };

  const params = new URLSearchParams(location.search);
  for (const side of sides) {
    const value = params.get(side);
    for (const choice of form.elements[side]) if (choice.value === value) choice.checked = true;
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    show();
    sdkb.remember((address) => {
      for (const side of sides) if (form.elements[side].value) address.set(side, form.elements[side].value);
    });
  });
  show();
})();
