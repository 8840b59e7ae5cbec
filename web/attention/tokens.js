// Two rows of tokens, those that look and those looked at, joined by lines as strong as the weights.
function makeTokenView() {
  const flow = byId("flow");
  const canvas = flow.querySelector("canvas");
  const queryRow = byId("queries");
  const keyRow = byId("keys");

  function build() {
    const kind = kinds[state.kind];
    const capital = (words) => words[0].toUpperCase() + words.slice(1);
    byId("query-label").textContent = capital(kind.queryWords);
    byId("key-label").textContent = capital(kind.keyWords);
    flow.classList.toggle("long", Math.max(kind.queries.length, kind.keys.length) > manyTokens);
    queryRow.dir = direction(kind.queries);
    keyRow.dir = direction(kind.keys);
    queryRow.replaceChildren(
      ...kind.queries.map((piece, query) => {
        const chip = element("button", { type: "button", class: "chip", tabindex: query ? -1 : 0 }, token(piece));
        chip.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && change({ query, key: -1 }));
        chip.addEventListener("focus", () => {
          change({ query, key: -1, pinned: query });
          announce(query);
        });
        chip.addEventListener("click", () => change({ query, key: -1, pinned: query }));
        return chip;
      }),
    );
    keyRow.replaceChildren(
      ...kind.keys.map((piece, key) => {
        const chip = element("span", { class: "chip" }, token(piece), element("small"));
        chip.addEventListener("pointerenter", () => state.query >= 0 && change({ key }));
        chip.addEventListener("pointerleave", () => change({ key: -1 }));
        return chip;
      }),
    );
  }

  function announce(query) {
    const kind = kinds[state.kind];
    const map = shownMap();
    const most = map.strongest(query, 3).filter((key) => map.at(query, key) >= 0.01);
    byId("announcement").textContent = `“${kind.queries[query]}” looks at ${most.map((key) => `“${kind.keys[key]}” ${percent(map.at(query, key))}`).join(", ")}`;
  }

  function shade() {
    const map = shownMap();
    const { query } = state;
    [...queryRow.children].forEach((chip, at) => {
      chip.classList.toggle("chosen", at === query);
      chip.setAttribute("aria-pressed", at === state.pinned);
      chip.tabIndex = at === Math.max(0, query) ? 0 : -1;
    });
    [...keyRow.children].forEach((chip, key) => {
      const weight = query < 0 ? 0 : map.at(query, key);
      const share = weight * brightness(map);
      const ahead = kinds[state.kind].causal && query >= 0 && key > query;
      chip.style.background = query < 0 || ahead ? "" : color(share);
      chip.style.color = query < 0 || ahead ? "" : inkOn(share);
      chip.classList.toggle("ahead", Boolean(ahead));
      chip.classList.toggle("chosen", key === state.key);
      chip.lastChild.textContent = query < 0 || ahead ? "" : weight >= 0.005 ? Math.round(100 * weight) : "·";
    });
    if (query >= 0 && flow.classList.contains("long")) {
      const chip = keyRow.children[map.strongest(query, 1)[0]];
      keyRow.scrollTop = chip.offsetTop - keyRow.clientHeight / 2;
    }
    drawLines(map);
  }

  function drawLines(map) {
    const box = flow.getBoundingClientRect();
    const context = sized(canvas, Math.floor(box.width), Math.floor(box.height));
    if (flow.classList.contains("long")) return;
    const ends = (row, edge) => [...row.children].map((chip) => {
      const place = chip.getBoundingClientRect();
      return [place.left - box.left + place.width / 2, place[edge] - box.top];
    });
    const from = ends(queryRow, "bottom");
    const to = ends(keyRow, "top");
    const all = state.query < 0;
    // Without a chosen token: every line that matters, faint.
    const least = all ? 0.12 * map.largest : 0.01;
    context.lineCap = "round";
    for (let query = all ? 0 : state.query; query < (all ? map.queries : state.query + 1); ++query) {
      for (let key = 0; key < map.keys; ++key) {
        const weight = map.at(query, key);
        if (weight < least) continue;
        const strength = Math.min(1, weight / (state.stretch || all ? map.largest : 1));
        const [[x0, y0], [x1, y1]] = [from[query], to[key]];
        const middle = (y0 + y1) / 2;
        context.globalAlpha = all ? 0.08 + 0.5 * strength : 0.25 + 0.75 * strength;
        context.strokeStyle = color(0.35 + 0.5 * strength);
        context.lineWidth = all ? 0.75 + 1.5 * strength : 1 + 5 * strength;
        context.beginPath();
        context.moveTo(x0, y0 + 1);
        context.bezierCurveTo(x0, middle, x1, middle, x1, y1 - 1);
        context.stroke();
      }
    }
  }

  queryRow.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return change({ query: -1, key: -1, pinned: -1 });
    const chips = [...queryRow.children];
    const at = chips.indexOf(document.activeElement);
    const forward = getComputedStyle(queryRow).direction === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + forward, ArrowLeft: at - forward, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: chips.length - 1 }[event.key];
    if (next === undefined || !chips[next]) return;
    event.preventDefault();
    chips[next].focus();
  });
  queryRow.addEventListener("pointerleave", () => change({ query: state.pinned, key: -1 }));
  new ResizeObserver(() => state.kind && drawLines(shownMap())).observe(flow);

  views.push((any) => {
    if (any("kind")) build();
    if (any("kind", "layer", "head", "stretch", "query", "pinned", "theme")) shade();
    else if (any("key")) [...keyRow.children].forEach((chip, key) => chip.classList.toggle("chosen", key === state.key));
  });
}
