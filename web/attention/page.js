// The page: what does not change, the controls, and the first look.
function fillHeader() {
  document.title = report.title || "heed: a look inside";
  byId("title").textContent = report.title || "A look inside";
  byId("source-text").textContent = report.source_text;
  byId("translation").textContent = report.translation;
  byId("source-title").textContent = report.source_title;
  byId("translation-title").textContent = report.translation_title;
  byId("source-text").parentElement.hidden = !report.source_text;
  byId("translation").parentElement.hidden = !report.translation;
  byId("sentences").querySelector(".arrow").style.display = report.source_text && report.translation ? "" : "none";
  byId("sentences").hidden = !report.source_text && !report.translation;
  byId("facts").hidden = !report.facts.length;
  byId("facts").append(...report.facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  byId("precision").textContent = `Weights are kept in 8 bits: each is off by at most ${percent(Math.ceil(report.largest_error * 1e4) / 1e4)}. This page needs no network and sends nothing.`;
}

function makeControls(available) {
  byId("kinds").append(
    ...available.map((kind) => {
      const input = element("input", { type: "radio", name: "kind", value: kind });
      input.addEventListener("change", () => chooseKind(kind));
      return element("label", {}, input, element("span", {}, element("b", {}, kinds[kind].shortName), element("i", {}, kinds[kind].self ? "self-attention" : "attention")));
    }),
  );
  const choices = (select, names) => select.replaceChildren(...names.map(([value, name]) => element("option", { value }, name)));
  byId("layer").addEventListener("change", (event) => {
    const layer = Number(event.target.value);
    const heads = report.attention[state.kind][layer].length;
    change({ layer, head: state.head !== "mean" && state.head >= heads ? "mean" : state.head });
  });
  byId("head").addEventListener("change", (event) => change({ head: event.target.value === "mean" ? "mean" : Number(event.target.value) }));
  byId("stretch").addEventListener("change", (event) => change({ stretch: Boolean(event.target.value) }));
  views.push((any) => {
    if (any("kind", "layer")) {
      const layers = report.attention[state.kind];
      choices(byId("layer"), layers.map((_, i) => [i, i + 1]).filter(([i]) => layers[i].length));
      choices(byId("head"), [...layers[state.layer].map((_, i) => [i, i + 1]), ["mean", "mean"]]);
    }
    byId("layer").value = state.layer;
    byId("head").value = state.head;
    byId("stretch").value = state.stretch ? "1" : "";
    for (const input of byId("kinds").querySelectorAll("input")) input.checked = input.value === state.kind;
    byId("kind-explanation").textContent = kinds[state.kind].explanation;
  });
}

// The last layer that has heads, their mean: where a student most often sees something at once.
function chooseKind(kind) {
  const layers = report.attention[kind];
  let layer = layers.length - 1;
  while (!layers[layer].length) --layer;
  if (state.kind && layers[state.layer]?.length) layer = state.layer;
  const head = state.head !== "mean" && state.head >= layers[layer].length ? "mean" : state.head;
  change({ kind, layer, head, query: -1, key: -1, pinned: -1 });
}

fillHeader();
const available = Object.keys(kinds).filter(hasMaps);
byId("attention").hidden = !available.length;
if (available.length) {
  makeControls(available);
  makeOverview();
  makeDetail();
  makeTokenView();
  // Many tokens share one row's 1 among them: on a scale up to 1 all would look pale.
  const kind = available.at(-1);
  state.stretch = kinds[kind].keys.length > 40;
  chooseKind(kind);
}
makeConfidence();
makePositions();
darkTheme.addEventListener("change", () => {
  state.theme = "";
  change({ theme: darkTheme.matches ? "dark" : "light" });
});
