// One map large, what the pointed cell says, and what the head does on average.
function makeDetail() {
  const canvas = byId("map");
  const scroll = byId("map-scroll");
  const large = new LabeledMap(canvas);

  const words = (query, key) => {
    const kind = kinds[state.kind];
    return `“${kind.queries[query]}” to “${kind.keys[key]}”: ${percent(shownMap().at(query, key))}`;
  };

  function show() {
    const map = shownMap();
    const kind = kinds[state.kind];
    const name = headName(state.layer, state.head);
    byId("detail-title").textContent = name;
    byId("axes").textContent = `Rows: ${kind.queryWords}. Columns: ${kind.keyWords}. Each row adds up to 100 %.`;
    canvas.setAttribute("aria-label", `${kind.name}, ${name}, ${map.queries} rows and ${map.keys} columns`);
    large.show(map, kind.queries, kind.keys, kind.causal, Math.max(260, scroll.clientWidth));
    scroll.classList.toggle("tall", large.height > 1000);
    drawLegend(byId("legend"), theme().weights);
    byId("legend-most").textContent = state.stretch ? map.largest.toFixed(2) : "1";
    mark();
    showNumbers(map, kind);
    if (byId("table").open) showTable();
  }

  function mark() {
    large.mark(state.query, state.key);
    const readout = byId("readout");
    const kind = kinds[state.kind];
    if (state.query < 0) {
      readout.replaceChildren(element("span", { class: "to" }, "Point at a cell, or focus the map and press arrow keys."));
      return;
    }
    const parts = [token(kind.queries[state.query])];
    if (state.key >= 0) {
      parts.push(element("span", { class: "to" }, "→"), token(kind.keys[state.key]), element("strong", {}, percent(shownMap().at(state.query, state.key))));
    } else {
      const key = shownMap().strongest(state.query, 1)[0];
      parts.push(element("span", { class: "to" }, "mostly →"), token(kind.keys[key]), element("strong", {}, percent(shownMap().at(state.query, key))));
    }
    readout.replaceChildren(...parts);
  }

  function showNumbers(map, kind) {
    const numbers = byId("numbers");
    let spread = 0;
    const shares = new Map();
    const add = (name, weight) => shares.set(name, (shares.get(name) || 0) + weight / map.queries);
    for (let query = 0; query < map.queries; ++query) {
      let entropy = 0;
      let total = 0;
      for (let key = 0; key < map.keys; ++key) total += map.at(query, key);
      for (let key = 0; key < map.keys; ++key) {
        const weight = map.at(query, key) / (total || 1);
        if (weight > 0) entropy -= weight * Math.log(weight);
        if (kind.self && key === query) add("to itself", weight);
        if (kind.self && key === query - 1) add("to the token before", weight);
        if (kind.self && !kind.causal && key === query + 1) add("to the token after", weight);
        if (kind.causal && key === 0) add("to the begin mark", weight);
        if (!kind.causal && key === map.keys - 1) add("to the end mark", weight);
      }
      spread += Math.exp(entropy) / map.queries;
    }
    const entry = (name, value, share) => {
      const item = element("div", {}, element("dt", {}, name), element("dd", {}, value));
      if (share !== undefined) {
        item.classList.add("share");
        item.style.setProperty("--share", Math.min(1, share));
      }
      return item;
    };
    numbers.replaceChildren(entry("spread over", `${spread.toFixed(1)} of ${map.keys} tokens`, spread / map.keys));
    for (const [name, share] of shares) numbers.append(entry(name, percent(share), share));
    numbers.firstChild.title = "The exponential of the row's entropy, averaged: 1 when each row looks at one token only.";
  }

  function showTable() {
    const map = shownMap();
    const kind = kinds[state.kind];
    const table = element("table", {}, element("caption", { class: "visually-hidden" }, `The five strongest weights of each row: ${kind.name}, ${headName(state.layer, state.head)}`));
    table.append(element("thead", {}, element("tr", {}, element("th", { scope: "col" }, kind.queryWords), element("th", { scope: "col", colspan: 5 }, `${kind.keyWords}, strongest first`))));
    const body = element("tbody");
    for (let query = 0; query < map.queries; ++query) {
      const row = element("tr", {}, element("th", { scope: "row" }, token(kind.queries[query])));
      for (const key of map.strongest(query, 5)) {
        const weight = map.at(query, key);
        row.append(element("td", {}, ...(weight > 0 ? [token(kind.keys[key]), " ", element("small", {}, percent(weight))] : [])));
      }
      body.append(row);
    }
    table.append(body);
    byId("table").querySelector(".scroll").replaceChildren(table);
  }

  canvas.addEventListener("pointermove", (event) => {
    const cell = large.cellAt(event);
    change(cell || { query: state.pinned, key: -1 });
  });
  canvas.addEventListener("pointerleave", () => change({ query: state.pinned, key: -1 }));
  canvas.addEventListener("click", (event) => {
    const cell = large.cellAt(event);
    if (cell) change({ ...cell, pinned: cell.query });
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return change({ query: -1, key: -1, pinned: -1 });
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const map = shownMap();
    const within = (value, count) => Math.min(count - 1, Math.max(0, value));
    const first = state.query < 0 || state.key < 0;
    const query = first ? Math.max(0, state.query) : within(state.query + step[0], map.queries);
    const key = first ? map.strongest(query, 1)[0] : within(state.key + step[1], map.keys);
    change({ query, key, pinned: query });
    byId("announcement").textContent = words(query, key);
  });
  byId("table").addEventListener("toggle", () => byId("table").open && showTable());
  byId("save").addEventListener("click", () => {
    canvas.toBlob((image) => {
      const link = element("a", { href: URL.createObjectURL(image), download: `${state.kind}-layer-${state.layer + 1}-${state.head === "mean" ? "mean" : `head-${state.head + 1}`}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  });

  let width = 0;
  new ResizeObserver(() => {
    if (!state.kind || scroll.clientWidth === width) return;
    width = scroll.clientWidth;
    show();
  }).observe(scroll);

  views.push((any) => {
    if (any("kind", "layer", "head", "stretch", "theme")) show();
    else if (any("query", "key")) mark();
  });
}
