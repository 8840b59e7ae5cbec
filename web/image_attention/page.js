const chosen = { layer: layers.length ? -1 : 0, head: -1, query: first ? 0 : "mean" };
const image = new Image();

const add = (parent, name, text, attributes = {}) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
};
const option = (select, value, text) => add(select, "option", text, { value });
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/// The image, dark where nothing is drawn from.
function paint(canvas, weights, side, marked) {
  const context = canvas.getContext("2d");
  canvas.width = canvas.height = side;
  context.imageSmoothingEnabled = false;
  if (image.width) context.drawImage(image, 0, 0, side, side);
  const shade = document.createElement("canvas");
  shade.width = shade.height = report.grid;
  const pixels = shade.getContext("2d").createImageData(report.grid, report.grid);
  const most = Math.max(...weights, 1e-9);
  weights.forEach((weight, i) => {
    const share = weight / most;
    pixels.data.set([255 * share, 40 + 130 * share, 60 * (1 - share), 215 - 150 * share], 4 * i);
  });
  shade.getContext("2d").putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = byId("smooth").checked;
  context.imageSmoothingQuality = "high";
  context.drawImage(shade, 0, 0, side, side);
  if (marked === undefined || marked < first) return;
  const cell = side / report.grid, at = marked - first;
  context.strokeStyle = "#ffffff";
  context.lineWidth = Math.max(1, side / 200);
  context.strokeRect((at % report.grid) * cell, Math.floor(at / report.grid) * cell, cell, cell);
}

function draw() {
  const { layer, head, query } = chosen, weights = drawn(mapOf(layer, head), query);
  const from = query === "mean" ? "all patches" : query < first ? "the class token" : `the patch in row ${Math.floor((query - first) / report.grid) + 1}, column ${((query - first) % report.grid) + 1}`;
  const where = layer < 0 ? "Rollout" : `Layer ${layer + 1}, ${head < 0 ? "mean of heads" : `head ${head + 1}`}`;
  byId("detail-title").textContent = `${where}, seen from ${from}`;
  paint(byId("map"), weights, 520, query === "mean" ? undefined : query);
  const best = weights.indexOf(Math.max(...weights));
  byId("readout").textContent = `Most is drawn from the patch in row ${Math.floor(best / report.grid) + 1}, column ${(best % report.grid) + 1}: ${percent(weights[best])}`;
  byId("layer").value = layer;
  byId("head").value = head;
  byId("head").disabled = layer < 0;
  byId("query").value = query;
  for (const { button, canvas, of } of thumbnails) {
    button.setAttribute("aria-pressed", of.layer === layer && of.head === head);
    paint(canvas, drawn(mapOf(of.layer, of.head), query), 96);
  }
}
const choose = (changes) => {
  Object.assign(chosen, changes);
  if (chosen.layer < 0) chosen.head = -1;
  draw();
};

const thumbnails = [];
function thumbnail(of, name) {
  const button = add(byId("overview"), "button", undefined, { type: "button", class: "thumbnail", "aria-label": name });
  thumbnails.push({ button, canvas: add(button, "canvas"), of });
  button.addEventListener("click", () => choose(of));
}

byId("title").textContent = `What a model sees in ${report.name}`;
byId("and-class").textContent = first ? ", and the class token," : "";
for (const [name, value] of report.facts) {
  const fact = add(byId("facts"), "div");
  add(fact, "dt", name);
  add(fact, "dd", value);
}
for (const [label, probability] of report.labels.slice(0, 10)) {
  const line = add(byId("labels"), "li");
  add(line, "span", label, { dir: "auto" });
  add(add(line, "div"), "i").style.width = percent(probability);
  add(line, "span", percent(probability));
}
if (layers.length) {
  const heads = Math.max(...layers.map((maps) => maps.length));
  option(byId("layer"), -1, "rollout of all");
  layers.forEach((_, i) => option(byId("layer"), i, i + 1));
  option(byId("head"), -1, "mean");
  for (let i = 0; i < heads; ++i) option(byId("head"), i, i + 1);
  if (first) option(byId("query"), 0, "class token");
  option(byId("query"), "mean", "all patches");
  for (let i = 0; i < patches; ++i) option(byId("query"), i + first, `row ${Math.floor(i / report.grid) + 1}, column ${(i % report.grid) + 1}`);
  byId("overview").style.setProperty("--columns", heads + 1);
  layers.forEach((maps, layer) => {
    add(byId("overview"), "span", layer + 1);
    for (let head = 0; head < heads; ++head) head < maps.length ? thumbnail({ layer, head }, `Layer ${layer + 1}, head ${head + 1}`) : add(byId("overview"), "span");
    thumbnail({ layer, head: -1 }, `Layer ${layer + 1}, mean of heads`);
  });
  byId("layer").addEventListener("change", (event) => choose({ layer: Number(event.target.value) }));
  byId("head").addEventListener("change", (event) => choose({ head: Number(event.target.value) }));
  byId("query").addEventListener("change", (event) => choose({ query: event.target.value === "mean" ? "mean" : Number(event.target.value) }));
  byId("smooth").addEventListener("change", draw);
  byId("map").addEventListener("click", (event) => {
    const box = byId("map").getBoundingClientRect(), at = (place, side) => Math.min(report.grid - 1, Math.max(0, Math.floor((place / side) * report.grid)));
    choose({ query: first + at(event.clientY - box.top, box.height) * report.grid + at(event.clientX - box.left, box.width) });
  });
  byId("map").addEventListener("keydown", (event) => {
    if (event.key === "Escape") return choose({ query: first ? 0 : "mean" });
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = typeof chosen.query === "number" && chosen.query >= first ? chosen.query - first : Math.floor(patches / 2);
    const inside = (place) => Math.min(report.grid - 1, Math.max(0, place));
    choose({ query: first + inside(Math.floor(at / report.grid) + step[1]) * report.grid + inside((at % report.grid) + step[0]) });
  });
  image.addEventListener("load", draw);
  image.src = `data:image/png;base64,${report.png}`;
  draw();
}
