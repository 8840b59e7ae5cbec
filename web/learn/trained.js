// The small model that was trained while this page was made.
const trained = report.trained;

function showMaps(where, layers, caption) {
  const out = element("div", {});
  let [layer, head] = [0, 0];
  const show = () => {
    out.replaceChildren(matrix(layers[layer][head], { title: caption, read: (row, column, value) => `${quoted(row)} gives ${format(100 * value, 1)} % of its attention to ${quoted(column)}.` }));
    return `Layer ${layer + 1}, head ${head + 1}.`;
  };
  const layerNames = layers.map((_, i) => String(i + 1)), headNames = layers[0].map((_, i) => String(i + 1));
  where.append(choices("Layer", layerNames, (index) => { layer = index; return show(); }, layers.length - 1), choices("Head", headNames, (index) => { head = index; return show(); }), out);
}

function showTrainedMaps() {
  showMaps(place("self-figure"), trained.encoder, "The trained encoder: rows look at columns, both are the source");
  showMaps(place("decoder-figure"), trained.decoder, "The trained decoder: what is written so far looks at itself; later columns are hidden");
  showMaps(place("cross-figure"), trained.cross, "Rows: what is being written. Columns: the source.");
}

function showSurprise() {
  const { source, target, pieces, mean } = trained.surprise;
  place("surprise-figure").append(
    element("p", { class: "sum" }, `Source: ${apart(source)}. Right translation: ${apart(target)}.`),
    plainTable("What each right piece costs", ["right piece", "probability p", "−ln p"], pieces.map(({ piece, probability, loss }) => [element("bdi", {}, piece), format(probability, 4), format(loss, 4)])),
    element("p", { class: "sum" }, `The mean is ${format(mean, 4)} nats a piece.`));
}

function showTraining() {
  const { losses, updates, seconds, parameters, pairs } = trained.training;
  const most = Math.max(...losses.map(({ loss }) => loss));
  const x = (i) => 44 + (586 * i) / Math.max(1, losses.length - 1), y = (loss) => 200 - (185 * loss) / most;
  const ticks = Array.from({ length: Math.floor(most) + 1 }, (_, nats) => nats);
  const dot = drawing("circle", { r: 5 });
  const svg = drawing("svg", { viewBox: "0 0 640 226", class: "curve", role: "img", "aria-label": `The loss falls from ${format(losses[0].loss)} to ${format(losses.at(-1).loss)} nats a piece.` },
    ...ticks.map((nats) => drawing("g", {}, drawing("line", { class: "tick", x1: 44, x2: 630, y1: y(nats), y2: y(nats) }), drawing("text", { x: 36, y: y(nats) + 4, "text-anchor": "end" }, String(nats)))),
    drawing("text", { x: 44, y: 220 }, `update ${losses[0].update}`), drawing("text", { x: 630, y: 220, "text-anchor": "end" }, `update ${losses.at(-1).update}`),
    drawing("polyline", { points: losses.map(({ loss }, i) => `${x(i)},${y(loss)}`).join(" ") }), dot);
  place("training-figure").append(
    element("p", { class: "sum" }, `${parameters.toLocaleString("en")} parameters, ${pairs.toLocaleString("en")} sentence pairs, ${updates} updates in ${format(seconds, 1)} seconds. Loss in nats a piece:`), svg,
    slider("Update", losses.length - 1, losses.length - 1, (i) => `${losses[i].update}: ${format(losses[i].loss)} nats a piece`, (i) => {
      dot.setAttribute("cx", x(i));
      dot.setAttribute("cy", y(losses[i].loss));
    }));
}

function showDecoding() {
  const out = element("div", {});
  const { greedy: steps, sentence, reference, beam } = trained;
  const written = (count) => steps.slice(0, count).map((choice) => choice[0].piece).join(" ");
  place("decoding-figure").append(element("p", { class: "sum" }, `Source: ${apart(sentence)}`),
    slider("Step", steps.length - 1, 0, (i) => `${i + 1} of ${steps.length}`, (i) => out.replaceChildren(
      element("p", { class: "sum" }, `Written so far: ${i ? apart(written(i)) : "nothing yet"}`), bars(steps[i].map(({ piece, probability }) => [piece, probability]), 1, 4))), out,
    element("h3", {}, "Beam search: the four best"),
    plainTable("The four best translations", ["translation", "log-probability", "score"], beam.map(({ text, log_probability: log, score }) => [element("bdi", {}, text), format(log), format(score)])));
  if (reference) place("decoding-figure").append(element("p", { class: "sum" }, `The right translation: ${apart(reference)}`));
}

function showTokens() {
  const out = element("div", {});
  const steps = trained.tokenization;
  place("tokens-figure").append(slider("Vocabulary", steps.length - 1, 0, (i) => `${steps[i].size} pieces; the sentence takes ${steps[i].pieces.length}`, (i) => out.replaceChildren(
    element("ol", { class: "tokens" }, steps[i].pieces.map((piece) => element("li", {}, element("bdi", {}, piece)))))), out);
}
