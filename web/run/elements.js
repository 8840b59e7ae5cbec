// Elements from words: text is always text, whatever it holds.
const byId = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") node.className = value;
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

function drawing(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/// A row of buttons of which one is chosen.
function choice(host, options, chosen, choose) {
  const buttons = options.map(([value, label]) =>
    element("button", { type: "button", class: "segment", "aria-pressed": String(value === chosen), onclick: () => pick(value) }, label));
  function pick(value) {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(options[i][0] === value)));
    choose(value);
  }
  host.append(...buttons);
}

/// A list of names and values.
function pairs(entries, properties = { class: "pairs" }) {
  return element("dl", properties, ...entries.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value instanceof Node ? value : String(value)))));
}

function table(head, rows) {
  const row = (cell, values) => element("tr", {}, ...values.map((value) => element(cell, cell === "th" ? { scope: "col" } : {}, value)));
  return element("table", {}, element("thead", {}, row("th", head)), element("tbody", {}, ...rows.map((values) => row("td", values))));
}
