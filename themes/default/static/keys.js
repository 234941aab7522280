// The help on keys, loaded when somebody asks for it.
(() => {
  'use strict';

  const make = (name, text, ...children) => {
    const element = document.createElement(name);
    element.textContent = text;
    element.append(...children);
    return element;
  };

  sdkb.help = () => {
    const list = make('dl', '');
    const add = (keys, text) => {
      const names = make('dt', '', ...keys.flatMap((key, at) => (at ? [' ', make('kbd', key)] : [make('kbd', key)])));
      list.append(make('div', '', names, make('dd', text)));
    };
    for (const [key, text, place] of sdkb.keys) if (place()) add([key], text);
    add(['Ctrl', 'K'], 'Search, also while typing');

    const box = document.createElement('input');
    box.type = 'checkbox';
    try { box.checked = localStorage.getItem('sdkb-keys') !== 'off'; } catch { box.checked = true; }
    box.addEventListener('change', () => {
      try { localStorage.setItem('sdkb-keys', box.checked ? 'on' : 'off'); } catch { /* Then they stay as they are. */ }
    });

    const close = make('button', 'Close');
    close.className = 'button';
    close.autofocus = true;
    const title = make('h2', 'Keyboard shortcuts');
    title.id = '_keys';
    const dialog = make('dialog', '', title, list, make('label', '', box, ' Keys without Ctrl work on this device'), close);
    dialog.className = 'dialog help';
    dialog.setAttribute('aria-labelledby', title.id);
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
})();
