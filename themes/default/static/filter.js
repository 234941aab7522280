// Filters and the order of lists. What is chosen stands in the address, so that it can be shared and comes back.
(() => {
  'use strict';

  // `Kube Pod` is found as `KubePod` too.
  const searchable = (text) => `${text} ${text.replace(/\s+/g, '')}`.toLowerCase();
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  // Rows in the order of their dates (`oldest`), titles, or values of a facet; those without one come last.
  const sorted = (items, by) => {
    if (!by) return items;
    if (by === 'oldest') return items.toSorted((a, b) => a.date.localeCompare(b.date));
    const facet = ({ facets }) => [...facets].find((value) => value.startsWith(`${by}=`)) ?? '\uffff';
    const key = (item) => (by in item ? item[by] : facet(item));
    return items.toSorted((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }));
  };

  for (const form of document.querySelectorAll('form[data-filter]')) {
    const list = document.getElementById(form.dataset.filter);
    if (!list) continue;
    const items = [...list.querySelectorAll('.row, tr[data-facets]')].map((row) => ({
      row,
      home: row.parentElement,
      title: (row.querySelector('.row-title') ?? row).textContent,
      date: row.querySelector('time')?.dateTime ?? '',
      text: searchable(row.textContent),
      facets: new Set((row.dataset.facets || '').split('\n')),
    }));
    const groups = [...list.querySelectorAll('.group')];
    // Where the order is not that of the groups, all rows stand in one list. At the end, where it moves nothing.
    const flat = sdkb.make('ul', { class: items[0]?.home.className ?? '', hidden: '' });
    list.append(flat);
    const arrange = (by) => {
      for (const { row, home } of sorted(items, by)) (by ? flat : home).append(row);
      flat.hidden = !by;
    };
    const count = form.querySelector('.filter-count');
    const controls = [...form.elements].filter((control) => control.name);

    // Where there is little room, the choices are folded away; what is chosen shows how many there are.
    const more = form.querySelector('.filter-more');
    if (more && matchMedia('(min-width: 40rem)').matches) more.open = true;

    const apply = () => {
      const wanted = [];
      let query = [];
      for (const { name, value, type } of controls) {
        if (name === 'sort') arrange(value);
        else if (type === 'search') query = words(value);
        else if (value) wanted.push(`${name}=${value}`);
      }
      let shown = 0;
      for (const { row, text, facets } of items) {
        const fits = query.every((word) => text.includes(word)) && wanted.every((facet) => facets.has(facet));
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      for (const group of groups) group.hidden = !group.querySelector('.row:not([hidden])');
      const inside = wanted.length + (flat.childElementCount > 0 ? 1 : 0);
      if (more) more.querySelector('[data-active]').textContent = inside > 0 ? `: ${inside}` : '';
      const active = query.length > 0 || inside > 0;
      const narrowed = query.length > 0 || wanted.length > 0;
      const found = shown ? `${shown} of ${items.length}` : 'Nothing fits.';
      count.textContent = narrowed ? found : '';
      form.querySelector('button[type=reset]').hidden = !active;
    };

    const remember = () => sdkb.remember((params) => {
      for (const { name, value } of controls) {
        if (value.trim()) params.set(name, value);
        else params.delete(name);
      }
    });

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
})();
