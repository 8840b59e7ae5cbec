// The grid of all layers (rows) and heads (columns), each layer's mean last.
function makeOverview() {
  const grid = byId("overview");
  let buttons = [];
  let round = 0;

  function build() {
    const layers = report.attention[state.kind];
    const heads = Math.max(...layers.map((layer) => layer.length));
    const { queries, keys } = kinds[state.kind];
    const shape = Math.min(2, Math.max(0.5, keys.length / queries.length));
    grid.style.setProperty("--columns", heads);
    grid.style.setProperty("--shape", shape);
    grid.replaceChildren(element("span", { class: "corner" }, "Layer"));
    for (let head = 0; head < heads; ++head) grid.append(element("span", { class: "column" }, String(head + 1)));
    grid.append(element("span", { class: "column mean" }, "mean"));
    buttons = [];
    layers.forEach((layer, row) => {
      grid.append(element("span", { class: "row" }, String(row + 1)));
      for (let column = 0; column <= heads; ++column) {
        const head = column === heads ? "mean" : column;
        if (!layer.length || (head !== "mean" && head >= layer.length)) {
          grid.append(element("span"));
          continue;
        }
        const canvas = element("canvas");
        const button = element("button", { type: "button", class: "thumbnail", "aria-label": headName(row, head), title: headName(row, head) }, canvas);
        button.addEventListener("click", () => change({ layer: row, head }));
        buttons.push({ button, canvas, layer: row, head, row, column });
        grid.append(button);
      }
    });
    select();
    paint();
  }

  function select() {
    for (const { button, layer, head } of buttons) {
      const chosen = layer === state.layer && head === state.head;
      button.setAttribute("aria-pressed", chosen);
      button.tabIndex = chosen ? 0 : -1;
      if (chosen) reveal(button);
    }
  }

  // Moves the grid alone, never the page.
  function reveal(button) {
    const frame = grid.parentElement;
    const over = button.getBoundingClientRect().right - frame.getBoundingClientRect().right;
    const under = frame.getBoundingClientRect().left - button.getBoundingClientRect().left;
    if (over > 0) frame.scrollLeft += over + 6;
    else if (under > 0) frame.scrollLeft -= under + 6;
  }

  // Many large maps take a while: paint what fits into a frame, then let the page breathe.
  async function paint() {
    const mine = ++round;
    let started = performance.now();
    for (const { canvas, layer, head } of buttons) {
      drawThumbnail(canvas, attentionMap(state.kind, layer, head));
      if (performance.now() - started > 12) {
        await new Promise(requestAnimationFrame);
        if (mine !== round) return;
        started = performance.now();
      }
    }
  }

  grid.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const current = buttons.find(({ button }) => button === document.activeElement);
    if (!step || !current) return;
    event.preventDefault();
    const next = buttons.find(({ row, column }) => row === current.row + step[0] && column === current.column + step[1]);
    if (!next) return;
    change({ layer: next.layer, head: next.head });
    next.button.focus();
  });

  views.push((any) => {
    if (any("kind")) build();
    else if (any("stretch", "theme")) paint();
    if (any("layer", "head")) select();
  });
}
