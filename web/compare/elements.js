// What heed wrote, and the few ways in which the page is put together. Texts only ever become text nodes.
const report = JSON.parse(document.getElementById("report").textContent);
const byId = (id) => document.getElementById(id);

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children.flat());
  return node;
}

// Drawings get their namespace from the one in the page's head line.
const namespace = document.querySelector("svg").namespaceURI;
function drawing(tag, attributes = {}, ...children) {
  const node = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const counted = (number) => number.toLocaleString("en");

// The first cell of each row names it.
function table(heads, rows) {
  const cell = (tag, scope) => (text) => element(tag, scope ? { scope } : {}, String(text));
  const body = rows.map(([name, ...cells]) => element("tr", {}, cell("th", "row")(name), cells.map(cell("td"))));
  return element("table", {}, element("thead", {}, element("tr", {}, heads.map(cell("th", "col")))), element("tbody", {}, body));
}

// Buttons of which one is pressed; choose(index) is called for it, and once at the start.
function choices(label, names, choose) {
  const buttons = names.map((name, index) => element("button", { type: "button", class: "segment", onclick: () => set(index) }, name));
  const set = (index) => {
    buttons.forEach((button, other) => button.setAttribute("aria-pressed", other === index));
    choose(index);
  };
  set(0);
  return element("div", { class: "segments", role: "group", "aria-label": label }, buttons);
}

// Neither color nor shape alone tells a model from the others.
const looks = report.models.map((_, i) => ({ color: `var(--curve-${(i % 10) + 1})`, shape: i % 5 }));

function mark(look, x, y, size = 4) {
  const s = size;
  const paths = [
    `M${-s} 0a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0z`,
    `M${-s} ${-s}h${2 * s}v${2 * s}h${-2 * s}z`,
    `M0 ${-1.3 * s}L${1.2 * s} ${s}H${-1.2 * s}z`,
    `M0 ${-1.4 * s}L${1.4 * s} 0L0 ${1.4 * s}L${-1.4 * s} 0z`,
    `M0 ${1.3 * s}L${1.2 * s} ${-s}H${-1.2 * s}z`,
  ];
  const drawn = drawing("path", { class: "mark", d: paths[look.shape], transform: `translate(${x} ${y})` });
  drawn.style.setProperty("--color", look.color);
  return drawn;
}

function legend(series) {
  return element("ul", { class: "legend" }, series.map(({ name, look }) =>
    element("li", {}, drawing("svg", { viewBox: "-8 -8 16 16", "aria-hidden": "true" }, mark(look, 0, 0, 5)), name)));
}
