// Ways to do the same, of which one is shown. The stylesheet leaves room for the tabs and shows the first, so that
// nothing moves. What was chosen last is chosen wherever it can be, on this device.
(() => {
  'use strict';

  const { make, store } = sdkb;
  const key = 'sdkb-tabs';
  let chosen = store.get(key, []);

  const tabOf = (panel, id) => {
    const label = panel.querySelector('.tab-title').textContent;
    Object.assign(panel, { id: `_panel-${id}`, role: 'tabpanel', tabIndex: 0 });
    const attributes = { type: 'button', role: 'tab', id: `_tab-${id}`, 'aria-controls': panel.id };
    const button = make('button', attributes, label);
    panel.setAttribute('aria-labelledby', button.id);
    return { panel, button, label };
  };
  const groups = [...document.querySelectorAll('.tabs')]
    .map((group, number) => [...group.children].map((panel, index) => tabOf(panel, `${number}-${index}`)));

  const select = (tabs, chosenTab) => {
    for (const tab of tabs) {
      const isChosen = tab === chosenTab;
      tab.button.ariaSelected = String(isChosen);
      tab.button.tabIndex = isChosen ? 0 : -1;
      // The browser's own search finds what is hidden in this way, and shows it.
      if (isChosen) tab.panel.removeAttribute('hidden');
      else tab.panel.setAttribute('hidden', 'until-found');
    }
  };
  const choose = ({ label, button }) => {
    chosen = [label, ...chosen.filter((other) => other !== label)].slice(0, 8);
    store.set(key, chosen);
    // The other groups follow, and the tab that was pressed stays where it is on the screen.
    const before = button.getBoundingClientRect().top;
    for (const tabs of groups) {
      const same = tabs.find((tab) => tab.label === label);
      if (same) select(tabs, same);
    }
    scrollBy({ top: button.getBoundingClientRect().top - before, behavior: 'instant' });
  };

  for (const tabs of groups) {
    const buttons = tabs.map(({ button }) => button);
    const list = make('div', { role: 'tablist', 'aria-label': 'Ways to do this' }, ...buttons);
    for (const tab of tabs) {
      tab.button.addEventListener('click', () => choose(tab));
      tab.panel.addEventListener('beforematch', () => select(tabs, tab));
    }
    list.addEventListener('keydown', ({ key, target }) => {
      const at = tabs.findIndex(({ button }) => button === target);
      const tab = tabs.at({ ArrowRight: (at + 1) % tabs.length, ArrowLeft: at - 1, Home: 0, End: -1 }[key] ?? at);
      if (tab.button === target) return;
      tab.button.focus();
      choose(tab);
    });
    const group = tabs[0].panel.parentElement;
    group.prepend(list);
    group.classList.add('ready');
    const known = chosen.map((label) => tabs.find((tab) => tab.label === label));
    select(tabs, known.find(Boolean) ?? tabs[0]);
  }

  // An address may lead into a tab.
  const reach = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const tabs of groups) {
      const tab = tabs.find(({ panel }) => panel.contains(target));
      if (tab) select(tabs, tab);
    }
    if (target?.closest('.tab')) target.scrollIntoView();
  };
  addEventListener('hashchange', reach);
  reach();
})();
