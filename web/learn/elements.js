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
// Small letters, without punctuation around them: as the sentences of the lesson are written.
const wordsOf = (text) => text.toLowerCase().split(/\s+/u).map((word) => word.replace(/^\p{P}+|\p{P}+$/gu, "")).filter(Boolean);
// A word of the reader may run from right to left: it must not turn round what stands beside it.
const apart = (name) => `\u2068${name}\u2069`;
const quoted = (name) => `“${apart(name)}”`;

// What a screen reader says beside what it reads: one place for all figures, told once typing has paused.
let telling = 0;
function announce(text) {
  if (!text) return;
  clearTimeout(telling);
  telling = setTimeout(() => { place("status").textContent = text; }, 300);
}

// One of several names, which choose(index) is called for, and once at the start; what it gives back is announced.
// Long lists fold up.
let groups = 0;
function choices(label, names, choose, first = 0) {
  choose(first);
  const title = element("span", { class: "label" }, label);
  if (names.length > 12) {
    const options = names.map((name, index) => element("option", { value: index, selected: index === first }, name));
    return element("label", { class: "choices" }, title,
      element("select", { autocomplete: "off", onchange: (event) => announce(choose(Number(event.target.value))) }, options));
  }
  const group = `choices-${++groups}`;
  return element("div", { class: "choices", role: "radiogroup", "aria-label": label }, title, names.map((name, index) =>
    element("label", { class: "choice" },
      element("input", { type: "radio", name: group, checked: index === first, autocomplete: "off", onchange: () => announce(choose(index)) }),
      element("bdi", {}, name))));
}

// A slider over 0 .. most; tell(value) gives the words that are read for a value.
function slider(label, most, first, tell, change) {
  // The slider itself says its value.
  const said = element("span", { class: "said", "aria-hidden": "true" });
  const input = element("input", { type: "range", min: 0, max: most, step: 1, value: first, autocomplete: "off", "aria-label": label });
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

// A place to type; change(text) is called at the start and at each change, and what it gives back is announced.
function textField(label, text, change, { lines = 1 } = {}) {
  const attributes = { spellcheck: "false", autocomplete: "off", dir: "auto" };
  const input = lines > 1 ? element("textarea", { ...attributes, rows: lines, maxlength: 2000 }, text)
    : element("input", { ...attributes, type: "text", value: text, maxlength: 300 });
  input.addEventListener("input", () => announce(change(input.value)));
  change(text);
  return element("label", { class: "text-field" }, element("span", { class: "label" }, label), input);
}

// Named shares as bars, longest at `most`.
function bars(entries, most = Math.max(1e-9, ...entries.map(([, value]) => value)), digits = 3) {
  return element("ul", { class: "bars" }, entries.map(([name, value]) =>
    element("li", {}, element("bdi", { class: "name" }, name),
      element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: { width: `${(100 * value) / most}%` } })),
      element("span", { class: "value" }, format(value, digits)))));
}

// A table that scrolls sideways where there is no room for it, and fades out where there is more.
function scroller(table) {
  const box = element("div", { class: "scroll" }, table);
  const mark = () => box.classList.toggle("more", box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
  box.addEventListener("scroll", mark);
  new ResizeObserver(mark).observe(box);
  return box;
}

// A table that is only read: names of columns, and rows whose first cell is their name.
const plainTable = (title, columns, rows) => scroller(element("table", { class: "plain", "aria-label": title },
  element("thead", {}, element("tr", {}, columns.map((name) => element("th", { scope: "col" }, name)))),
  element("tbody", {}, rows.map(([name, ...cells]) => element("tr", {}, element("th", { scope: "row" }, name), cells.map((cell) => element("td", {}, cell)))))));
