const report = JSON.parse(document.getElementById("report").textContent);
const place = (id) => document.getElementById(id);

// An element with attributes, listeners (onclick and the like) and children; strings become text, never markup.
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, entry] of Object.entries(value)) node.style.setProperty(key, entry);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
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

const format = (value, digits = 3) => (Math.abs(value) < 1e-9 ? "0" : String(Number(value.toFixed(digits))));
const wordsOf = (text) => text.trim().split(/\s+/u).filter(Boolean);

// A row of buttons of which one is chosen; choose(index) is called for it, and once at the start.
function choices(label, names, choose, first = 0) {
  const buttons = names.map((name, index) =>
    element("button", { type: "button", class: "choice", onclick: () => set(index) }, name));
  const set = (index) => {
    buttons.forEach((button, other) => button.setAttribute("aria-pressed", other === index));
    choose(index);
  };
  set(first);
  return element("div", { class: "choices", role: "group", "aria-label": label }, element("span", { class: "label" }, label), buttons);
}

// A slider over 0 .. most; tell(value) gives the words that are read for a value.
function slider(label, most, first, tell, change) {
  const said = element("output", {});
  const input = element("input", { type: "range", min: 0, max: most, step: 1, value: first, "aria-label": label });
  const update = () => {
    const value = Number(input.value);
    said.textContent = tell(value);
    input.setAttribute("aria-valuetext", tell(value));
    change(value);
  };
  input.addEventListener("input", update);
  update();
  return element("label", { class: "slider" }, element("span", { class: "label" }, label), input, said);
}

function textField(label, text, change) {
  const input = element("input", { type: "text", value: text, spellcheck: "false", autocomplete: "off", maxlength: 300 });
  input.addEventListener("input", () => change(input.value));
  change(text);
  return element("label", { class: "text-field" }, element("span", { class: "label" }, label), input);
}

// Named shares as bars, longest at `most`.
function bars(entries, most = Math.max(1e-9, ...entries.map(([, value]) => value)), digits = 3) {
  return element("ul", { class: "bars" }, entries.map(([name, value]) =>
    element("li", {}, element("span", { class: "name" }, name),
      element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: { width: `${(100 * value) / most}%` } })),
      element("span", { class: "value" }, format(value, digits)))));
}
