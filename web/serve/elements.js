// Texts only ever become text nodes.
const byId = (id) => document.getElementById(id);

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat());
  return node;
}

const options = (entries) => entries.map(([value, text]) => element("option", { value }, text));

const percent = (share) => (share > 0 && share < 0.001 ? "< 0.1 %" : `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`);

// A piece of a vocabulary with its mark of a word's beginning faint, and white space to be seen.
function token(piece) {
  const shown = piece.replaceAll("\n", "↵").replaceAll("\t", "⇥");
  const node = element("span", { class: "piece", dir: "auto" });
  if (shown.startsWith("\u2581")) node.append(element("span", { class: "mark", "aria-hidden": "true" }, "\u2581"), shown.slice(1));
  else node.append(shown);
  return node;
}

// Bars of names and shares, the largest first.
function bars(entries) {
  return entries.map(([name, share, chosen]) => {
    const item = element("li", { class: chosen ? "chosen" : "" }, element("span", { class: "name" }, name), element("span", { class: "bar", "aria-hidden": "true" }), element("span", { class: "value" }, percent(share)));
    item.style.setProperty("--share", Math.min(1, share));
    return item;
  });
}

// Calls the last of several calls in a row, once it has been quiet for so long.
function afterPause(milliseconds, call) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds);
  };
}

function notice(text) {
  byId("notice").hidden = !text;
  byId("notice").textContent = text || "";
}
