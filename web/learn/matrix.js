// A matrix as a table with coloured cells. Pointing at a cell, or moving with the arrow keys, reads it out below.
function matrix(table, { title = "", digits = 2, row = -1, wide = false, read = null } = {}) {
  const most = Math.max(1e-9, ...table.values.flat().map(Math.abs));
  const said = element("p", { class: "read", "aria-live": "polite" }, "\u00a0");
  const cells = table.values.map((line, r) => line.map((value, c) => {
    const cell = element("td", {
      tabindex: r === Math.max(row, 0) && c === 0 ? 0 : -1,
      class: value < 0 ? "negative" : "",
      style: { "--share": `${Math.round((82 * Math.abs(value)) / most)}%` },
    }, element("span", { class: Math.abs(value) / most > 0.62 ? "on" : Math.abs(value) < 1e-9 ? "zero" : "" }, format(value, digits)));
    cell.addEventListener("pointerenter", () => tell(r, c));
    cell.addEventListener("focus", () => tell(r, c));
    return cell;
  }));
  const tell = (r, c) => {
    const names = [table.rows[r], table.columns[c]];
    said.textContent = read ? read(...names, table.values[r][c]) : `${names[0]} → ${names[1]}: ${format(table.values[r][c], 6)}`;
  };
  const move = (event) => {
    const at = cells.findIndex((line) => line.includes(event.target));
    if (at < 0) return;
    const column = cells[at].indexOf(event.target);
    const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    const next = cells[at + down]?.[column + right];
    if ((!down && !right) || !next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  const head = element("tr", {}, element("td", { class: "corner" }), table.columns.map((name) => element("th", { scope: "col" }, element("span", {}, name))));
  const body = cells.map((line, r) => element("tr", { class: r === row ? "pulled" : "" }, element("th", { scope: "row" }, table.rows[r]), line));
  // Long names of many columns stand upright.
  const upright = table.columns.length > 5 && table.columns.some((name) => name.length > 3);
  return element("figure", { class: `matrix${upright ? " upright" : ""}${wide ? " wide" : ""}` },
    title ? element("figcaption", {}, title) : null,
    element("div", { class: "scroll" }, element("table", { onkeydown: move }, element("thead", {}, head), element("tbody", {}, body))), said);
}

const one = (table, index) => ({ rows: [table.rows[index]], columns: table.columns, values: [table.values[index]] });
