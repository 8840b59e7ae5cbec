// The small model that was trained while this page was made.
const trained = report.trained;

function showMaps(where, layers, caption) {
  const out = element("div", { "aria-live": "polite" });
  let [layer, head] = [0, 0];
  const show = () => out.replaceChildren(matrix(layers[layer][head], { title: caption, read: (row, column, value) => `“${row}” gives ${format(100 * value, 1)} % of its attention to “${column}”.` }));
  const layerNames = layers.map((_, i) => String(i + 1)), headNames = layers[0].map((_, i) => String(i + 1));
  where.append(choices("Layer", layerNames, (index) => { layer = index; show(); }, layers.length - 1), choices("Head", headNames, (index) => { head = index; show(); }), out);
}

function showTrainedMaps() {
  showMaps(place("cross-figure"), trained.cross, "Rows: what is being written. Columns: the source.");
  showMaps(place("self-figure"), trained.encoder, "Encoder: source looks at source");
  showMaps(place("decoder-figure"), trained.decoder, "Decoder: what is written so far; later columns are hidden");
}

function showTraining() {
  const { losses, updates, seconds, parameters, pairs } = trained.training;
  const most = Math.max(...losses.map(({ loss }) => loss));
  const x = (i) => 10 + (620 * i) / Math.max(1, losses.length - 1), y = (loss) => 205 - (190 * loss) / most;
  const dot = drawing("circle", { r: 5 });
  const svg = drawing("svg", { viewBox: "0 0 640 220", class: "curve", role: "img", "aria-label": `The loss falls from ${format(losses[0].loss)} to ${format(losses.at(-1).loss)} nats a token.` },
    drawing("polyline", { points: losses.map(({ loss }, i) => `${x(i)},${y(loss)}`).join(" ") }), dot);
  place("training-figure").append(
    element("p", { class: "sum" }, `${parameters.toLocaleString("en")} parameters, ${pairs.toLocaleString("en")} sentence pairs, ${updates} updates in ${format(seconds, 1)} seconds.`), svg,
    slider("Update", losses.length - 1, losses.length - 1, (i) => `${losses[i].update}: ${format(losses[i].loss)} nats a token`, (i) => {
      dot.setAttribute("cx", x(i));
      dot.setAttribute("cy", y(losses[i].loss));
    }));
}

function showDecoding() {
  const out = element("div", { "aria-live": "polite" });
  const steps = trained.greedy;
  const written = (count) => steps.slice(0, count).map((choice) => choice[0].piece).join(" ") || "nothing yet";
  place("decoding-figure").append(element("p", { class: "sum" }, `Source: ${trained.sentence}`),
    slider("Step", steps.length - 1, 0, (i) => `${i + 1} of ${steps.length}`, (i) => out.replaceChildren(
      element("p", { class: "read" }, `Written so far: ${written(i)}`), bars(steps[i].map(({ piece, probability }) => [piece, probability]), 1, 4))), out,
    element("h3", {}, "Beam search: the four best"),
    element("div", { class: "scroll" }, element("table", { class: "plain" }, element("thead", {}, element("tr", {}, ["translation", "log-probability", "score"].map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, trained.beam.map(({ text, log_probability: log, score }) => element("tr", {}, element("td", {}, text), element("td", {}, format(log)), element("td", {}, format(score))))))));
  if (trained.reference) place("decoding-figure").append(element("p", { class: "read" }, `The right translation: ${trained.reference}`));
}

function showTokens() {
  const out = element("div", { "aria-live": "polite" });
  const steps = trained.tokenisation;
  place("tokens-figure").append(slider("Vocabulary", steps.length - 1, 0, (i) => `${steps[i].size} pieces`, (i) => out.replaceChildren(
    element("ol", { class: "tokens" }, steps[i].pieces.map((piece) => element("li", {}, piece))),
    element("p", { class: "read" }, `${steps[i].pieces.length} pieces`))), out);
}
