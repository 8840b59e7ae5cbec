// What the model did: tokens with their probabilities, what could have come instead, and maps of attention, of which
// one layer is fetched at a time.
const state = { stretch: false };
const brightness = (map) => (state.stretch ? 1 / (map.largest || 1) : 1);

const kindNames = { encoder: "Encoder", decoder: "Decoder", cross: "Encoder–decoder" };
const kindOf = (layer) => (layer.startsWith("encoder") ? "encoder" : layer.endsWith("self_attention") ? "decoder" : "cross");

function makeInside() {
  const large = new LabeledMap(byId("map"));
  let seen = null; // the server's description
  let body = null; // what was asked for it
  let kind = "cross";
  let layerOfKind = 0;
  let head = -1; // -1: the mean of all
  let place = 0; // the token that is looked at
  let cell = null;
  let layers = new Map(); // by name

  const layersOf = (wanted) => seen.layers.filter((layer) => kindOf(layer.name) === wanted);
  const namesOf = (wanted) => ({
    queries: wanted === "encoder" ? seen.source_tokens : seen.target_inputs,
    keys: wanted === "decoder" ? seen.target_inputs : seen.source_tokens,
  });

  async function look(asked) {
    const description = await askJson("inside", "v1/attention", { ...asked, likely: 8 });
    if (!description) return;
    const same = seen && seen.target_tokens.length === description.target_tokens.length;
    seen = description;
    body = { ...asked, target_ids: asked.model ? undefined : description.target_ids };
    layers = new Map();
    if (!same || place >= seen.target_tokens.length) place = 0;
    byId("inside").hidden = false;
    showKinds();
    showStrip();
    await showLayer();
  }

  function hide() {
    cancel("inside");
    cancel("layer");
    seen = null;
    byId("inside").hidden = true;
  }

  function showKinds() {
    const there = Object.keys(kindNames).filter((name) => layersOf(name).length);
    if (!there.includes(kind)) kind = there.includes("cross") ? "cross" : there[0];
    const radios = there.map((name) => {
      const input = element("input", { type: "radio", name: "kind", value: name, onchange: () => { kind = name; layerOfKind = 0; showLayers(); showLayer(); } });
      input.checked = name === kind;
      return element("label", {}, input, element("span", {}, kindNames[name]));
    });
    byId("kinds").replaceChildren(byId("kinds").firstElementChild, ...radios);
    showLayers();
  }

  function showLayers() {
    const there = layersOf(kind);
    if (!there.length) return;
    layerOfKind = Math.min(layerOfKind, there.length - 1);
    byId("layer").replaceChildren(...options(there.map((_, i) => [i, String(i + 1)])));
    byId("layer").value = layerOfKind;
    if (head >= there[layerOfKind].heads) head = -1;
    byId("head").replaceChildren(...options([[-1, "all, on average"], ...Array.from({ length: there[layerOfKind].heads }, (_, i) => [i, String(i + 1)])]));
    byId("head").value = head;
  }

  async function showLayer() {
    const layer = layersOf(kind)[layerOfKind];
    byId("map").closest(".card").hidden = !layer;
    if (!layer) return;
    const mine = seen;
    if (!layers.has(layer.name)) {
      const answer = await ask("layer", `v1/attention/${encodeURIComponent(layer.name)}`, body);
      if (!answer) return;
      const maps = layerOf(await answer.arrayBuffer());
      if (seen !== mine) return;
      layers.set(layer.name, maps);
    }
    showHeads();
    showMap();
  }

  const maps = () => layers.get(layersOf(kind)[layerOfKind]?.name);
  const shownMap = () => (head < 0 ? AttentionMap.mean(maps()) : maps()[head]);

  function showHeads() {
    const buttons = maps().map((map, i) => {
      const canvas = element("canvas", { "aria-hidden": "true" });
      drawThumbnail(canvas, map);
      return element("button", { type: "button", "aria-pressed": String(i === head), "aria-label": `Head ${i + 1}`, onclick: () => choose(i === head ? -1 : i) }, canvas, element("span", {}, String(i + 1)));
    });
    byId("heads").replaceChildren(...buttons);
  }

  function choose(which) {
    head = which;
    byId("head").value = head;
    [...byId("heads").children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === head)));
    showMap();
  }

  function showMap() {
    const map = shownMap();
    const names = namesOf(kind);
    byId("axes").textContent = "Rows look at columns; each row adds up to 100 %.";
    const head_name = head < 0 ? "mean of all heads" : `head ${head + 1}`;
    byId("map").setAttribute("aria-label", `${kindNames[kind]}, layer ${layerOfKind + 1}, ${head_name}, ${map.queries} rows and ${map.keys} columns`);
    large.show(map, names.queries, names.keys, kind === "decoder", Math.max(240, byId("map").parentElement.clientWidth));
    drawLegend(byId("legend"), theme().weights);
    byId("legend-most").textContent = state.stretch ? map.largest.toFixed(2) : "1";
    cell = kind === "encoder" ? null : { query: place, key: -1 };
    mark();
  }

  function mark() {
    const map = large.map;
    large.mark(cell?.query ?? -1, cell?.key ?? -1);
    const names = namesOf(kind);
    if (!cell || cell.query >= map.queries) return byId("readout").replaceChildren("Point at a cell, or move with the arrow keys.");
    const key = cell.key >= 0 ? cell.key : map.strongest(cell.query, 1)[0];
    byId("readout").replaceChildren(token(names.queries[cell.query]), cell.key >= 0 ? " → " : " mostly → ", token(names.keys[key]), ` ${percent(map.at(cell.query, key))}`);
  }

  function showStrip() {
    const tokens = seen.target_tokens.map((piece, i) => {
      const log = seen.token_log_probability[i];
      const share = log === null ? 0 : Math.exp(log);
      const item = element("li", { role: "option", id: `token-${i}`, "aria-selected": String(i === place), "aria-label": `${piece.replace("\u2581", "")}, ${percent(share)}`, onclick: () => select(i) }, element("span", { class: "value", "aria-hidden": "true" }, percent(share)), token(piece));
      item.style.setProperty("--share", share);
      item.classList.toggle("unsure", share < 0.5);
      return item;
    });
    byId("strip").replaceChildren(...tokens);
    showCandidates();
  }

  function select(which) {
    place = Math.max(0, Math.min(seen.target_tokens.length - 1, which));
    [...byId("strip").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
    byId("strip").setAttribute("aria-activedescendant", `token-${place}`);
    byId("strip").children[place].scrollIntoView({ block: "nearest", inline: "nearest" });
    showCandidates();
    if (maps() && kind !== "encoder") {
      cell = { query: place, key: -1 };
      mark();
    }
  }

  function showCandidates() {
    const written = seen.target_tokens[place];
    byId("candidates-title").replaceChildren("Likeliest in the place of ", token(written));
    byId("candidates").replaceChildren(...bars(seen.likely[place].map((one) => [token(one.token), Math.exp(one.log_probability), one.token === written])));
  }

  byId("strip").addEventListener("keydown", (event) => {
    const forward = getComputedStyle(byId("strip")).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || !seen) return;
    event.preventDefault();
    select(step === Infinity ? seen.target_tokens.length - 1 : step === -Infinity ? 0 : place + step);
  });
  byId("layer").addEventListener("change", () => { layerOfKind = Number(byId("layer").value); showLayers(); showLayer(); });
  byId("head").addEventListener("change", () => choose(Number(byId("head").value)));
  byId("stretch").addEventListener("change", () => {
    state.stretch = byId("stretch").checked;
    if (seen && maps()) showHeads(), showMap();
  });
  byId("map").addEventListener("pointermove", (event) => { if (maps()) cell = large.cellAt(event), mark(); });
  byId("map").addEventListener("pointerleave", () => { if (maps()) cell = kind === "encoder" ? null : { query: place, key: -1 }, mark(); });
  byId("map").addEventListener("keydown", (event) => {
    if (!seen || !maps()) return;
    if (event.key === "Escape") return byId("map").blur();
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    const clamp = (value, count) => Math.max(0, Math.min(count - 1, value));
    const from = cell && cell.key >= 0 ? cell : { query: cell?.query ?? 0, key: 0 };
    cell = cell && cell.key >= 0 ? { query: clamp(from.query + step[0], large.map.queries), key: clamp(from.key + step[1], large.map.keys) } : from;
    mark();
  });
  const draw = afterPause(100, () => { if (seen && maps()) showHeads(), showMap(); });
  addEventListener("resize", draw);
  darkTheme.addEventListener("change", draw);
  return { look, hide };
}
