// The help on keys, loaded when it is first opened.
(() => {
  'use strict';

  const { make } = sdkb;

  sdkb.help = () => {
    const line = (keys, text) => {
      const names = keys.flatMap((key, at) => [...at ? [' '] : [], make('kbd', {}, key)]);
      return make('div', {}, make('dt', {}, ...names), make('dd', {}, text));
    };
    const known = sdkb.keys.filter(([, , place]) => place());
    const list = make(
      'dl',
      {},
      ...known.map(([key, text]) => line([key], text)),
      line(['Ctrl', 'K'], 'Search, also while typing'),
    );

    const box = make('input', { type: 'checkbox' });
    box.checked = sdkb.keysAreOn();
    box.addEventListener('change', () => sdkb.store.set('sdkb-keys', box.checked));

    const close = make('button', { class: 'button', autofocus: '' }, 'Close');
    const dialog = make(
      'dialog',
      { class: 'dialog help', 'aria-labelledby': '_keys' },
      make('h2', { id: '_keys' }, 'Keyboard shortcuts'),
      list,
      make('label', {}, box, ' Keys without Ctrl work on this device'),
      close,
    );
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
})();
