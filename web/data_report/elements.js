// What heed wrote, and the few ways in which the page is put together. Texts only ever become text nodes.
const report = JSON.parse(document.getElementById("report").textContent);
// Taken from the page: this is a name, and nothing is fetched from there.
const svgNames = document.querySelector("svg").namespaceURI;
const byId = (id) => document.getElementById(id);

function element(name, attributes = {}, ...children) {
  const svg = ["svg", "rect", "line", "text", "g"].includes(name);
  const made = svg ? document.createElementNS(svgNames, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const counted = (number) => number.toLocaleString("en");
const plural = (number, one, many = one + "s") => `${counted(number)} ${number === 1 ? one : many}`;

function percent(part, whole) {
  if (!whole || !part) return "0 %";
  const share = (100 * part) / whole;
  return share < 0.01 ? "< 0.01 %" : `${share.toFixed(share < 1 ? 2 : share < 99.95 ? 1 : share < 100 ? 2 : 0)} %`;
}

function table(heads, rows) {
  const head = element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text))));
  const body = element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell, i) => element(i ? "td" : "th", i ? {} : { scope: "row" }, cell)))));
  return element("table", {}, head, body);
}
