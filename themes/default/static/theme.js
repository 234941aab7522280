// Light, dark, or as the system says. It is loaded before anything is painted, so that no page flashes in the other
// one, and so before sdkb.js with its `sdkb.store`.
(() => {
  'use strict';

  const key = 'sdkb-theme';
  const root = document.documentElement;
  const show = (choice) => {
    root.dataset.theme = ['light', 'dark'].includes(choice) ? choice : 'system';
    const option = document.querySelector(`#_theme [value=${root.dataset.theme}]`);
    if (option) option.checked = true;
  };
  const recall = () => {
    try { show(localStorage.getItem(key)); } catch { show(); }
  };
  recall();
  addEventListener('change', ({ target }) => {
    if (!target.closest('#_theme')) return;
    show(target.value);
    try { localStorage.setItem(key, target.value); } catch { /* Then it lasts as long as the page. */ }
  });
  // Another window may choose, and so may a page that the way back leads to.
  addEventListener('storage', (event) => { if (event.key === key) recall(); });
  for (const type of ['DOMContentLoaded', 'pageshow']) addEventListener(type, recall);
})();
