
// Beside the cursor: what each thread was busy with at that time. The page says the same without it.
(() => {
  const svg = document.getElementById('timeline');
  const cursor = document.getElementById('cursor');
  const tip = document.getElementById('tip');
  const data = JSON.parse(document.getElementById('data').textContent);
  const left = +svg.dataset.left;
  const width = +svg.dataset.width;
  const parts = data.threads.length ? data.threads[0].parts[0].length : 0;
  const hide = () => {
    tip.hidden = true;
    cursor.setAttribute('visibility', 'hidden');
  };
  svg.addEventListener('mouseleave', hide);
  svg.addEventListener('mousemove', event => {
    const box = svg.getBoundingClientRect();
    const x = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
    const part = Math.floor((x - left) / width * parts);
    if (part < 0 || part >= parts) {
      hide();
      return;
    }
    cursor.setAttribute('x1', x);
    cursor.setAttribute('x2', x);
    cursor.setAttribute('visibility', 'visible');
    tip.replaceChildren();
    const title = document.createElement('b');
    title.textContent = (data.seconds * (part + 0.5) / parts).toFixed(3) + ' s';
    const table = document.createElement('table');
    for (const thread of data.threads) {
      const row = table.insertRow();
      row.insertCell().textContent = thread.name;
      row.insertCell().textContent = thread.parts
        .map((amounts, group) => [amounts[part], data.groups[group]])
        .filter(([percent]) => percent > 0).sort((a, b) => b[0] - a[0])
        .map(([percent, group]) => percent + ' % ' + group).join(', ');
    }
    tip.append(title, table);
    tip.hidden = false;
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    tip.style.left = Math.max(0, Math.min(event.pageX + 14, room)) + 'px';
    tip.style.top = event.pageY + 16 + 'px';
  });
})();
