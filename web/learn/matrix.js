// A matrix as a table with colored cells. Pointing at a cell, or moving with the arrow keys, reads it out below.
// What has more than `room` rows or columns is cut, and says so.
function matrix(table, { title = "", digits = 2, row = -1, read = null, room = 64 } = {}) {
  const rows = table.rows.slice(0, room), columns = table.columns.slice(0, room);
  const values = table.values.slice(0, room).map((line) => line.slice(0, room));
  const most = values.flat().reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
  const said = element("p", { class: "read" }, "\u00a0");
  const cells = values.map((line, r) => line.map((value, c) => element("td", {
    tabindex: r === Math.max(row, 0) && c === 0 ? 0 : -1,
    class: value < 0 ? "negative" : Math.abs(value) < 1e-9 ? "zero" : "",
    style: { "--share": `${Math.round((100 * Math.abs(value)) / most)}%` },
  }, format(value, digits))));
  const at = ({ target }) => {
    const cell = target.closest("td:not(.corner)");
    const line = cell ? cell.parentNode.rowIndex - 1 : -1;
    return [line, cell ? cell.cellIndex - 1 : -1];
  };
  const tell = (event) => {
    const [r, c] = at(event);
    if (r >= 0) said.textContent = read ? read(rows[r], columns[c], values[r][c]) : `${apart(rows[r])} → ${apart(columns[c])}: ${format(values[r][c], 6)}`;
  };
  const move = (event) => {
    const [r, c] = at(event);
    const last = [values.length - 1, columns.length - 1];
    const to = { ArrowUp: [r - 1, c], ArrowDown: [r + 1, c], ArrowLeft: [r, c - 1], ArrowRight: [r, c + 1],
      Home: [event.ctrlKey ? 0 : r, 0], End: [event.ctrlKey ? last[0] : r, last[1]] }[event.key];
    if (r < 0 || !to || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = cells[to[0]]?.[to[1]];
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  const head = element("tr", {}, element("td", { class: "corner" }), columns.map((name) => element("th", { scope: "col" }, element("bdi", {}, name))));
  const body = cells.map((line, r) => element("tr", { class: r === row ? "pulled" : "" }, element("th", { scope: "row" }, element("bdi", {}, rows[r])), line));
  // Long names of many columns stand upright.
  const upright = columns.length > 5 && columns.some((name) => name.length > 3);
  const cut = table.rows.length > room || table.columns.length > room;
  return element("figure", { class: `matrix${upright ? " upright" : ""}` },
    title ? element("figcaption", {}, title) : null,
    cut ? element("p", { class: "read" }, `Of ${table.rows.length} rows and ${table.columns.length} columns, the first ${room} are shown.`) : null,
    scroller(element("table", { role: "grid", "aria-readonly": "true", "aria-label": title || "Matrix", onkeydown: move, onpointerover: tell, onfocusin: tell },
      element("thead", {}, head), element("tbody", {}, body))), said);
}

const one = (table, index) => ({ rows: [table.rows[index]], columns: table.columns, values: [table.values[index]] });
