(function () {
  'use strict';
  const list = document.querySelector('.groups');
  const controls = document.querySelector('.controls');
  if (!list || !controls) return;
  const filter = document.getElementById('filter');
  const sort = document.getElementById('sort');
  const shown = document.getElementById('shown');
  const items = Array.from(list.children).map(function (node) {
    return { node: node, data: node.dataset, text: node.textContent.toLowerCase() };
  });

  function apply() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    items.forEach(function (item) {
      const fits = words.every(function (word) { return item.text.includes(word); });
      item.node.hidden = !fits;
      count += fits;
    });
    const all = shown.dataset.all, whole = count === items.length;
    const here = all && !whole ? 'the ' + items.length + ' on this page' : all || items.length;
    shown.textContent = count + ' of ' + here + ' shown';
  }

  function compare(name, by) {
    return function (one, other) {
      const a = one.data[name], b = other.data[name];
      const order = by === 'text' ? a.localeCompare(b) : by === 'falling' ? b - a : a - b;
      return order || one.data.number - other.data.number;
    };
  }

  function arrange() {
    const by = sort.selectedOptions[0].dataset.by;
    items.sort(compare(sort.value, by)).forEach(function (item) { list.append(item.node); });
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.parentNode === list) target.firstElementChild.open = true;
  }

  filter.addEventListener('input', apply);
  sort.addEventListener('change', arrange);
  window.addEventListener('hashchange', reveal);
  controls.hidden = false;
  apply();
  arrange();
  reveal();
})();
