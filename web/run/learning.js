// The curves.
const smoothing = { window: 1, cache: new Map() };

function smoothColumn(name) {
  if (!smoothing.cache.has(name)) smoothing.cache.set(name, smoothed(updates[name], smoothing.window));
  return smoothing.cache.get(name);
}
const axisX = () => axisValues[view.axis].all;
const validationX = () => validations.map(axisValues[view.axis].of);

function perUpdate(name, title, color, both = false) {
  return [
    { name: `${title}, each update`, x: axisX(), y: updates[name], kind: "band", color, quiet: !both || smoothing.window <= 1 },
    { name: title, x: axisX(), y: smoothColumn(name), kind: "line", color },
  ];
}
const perValidation = (key, name, color) => ({ name, x: validationX(), y: validations.map((v) => numberOr(v.measures[key])), kind: "dots", color });

function spiky(values) {
  const middle = finiteMedian(values);
  let most = 0;
  for (const value of values) if (value > most && Number.isFinite(value)) most = value;
  return middle > 0 && most > 30 * middle;
}

function showLearning() {
  const logLoss = byId("log-scale");
  new Chart(byId("chart-loss"), { title: "Loss", unit: lossUnit, format: three, height: 300, logarithmic: () => logLoss.checked,
    series: () => [...perUpdate("loss", "training", "--curve-1", true), perValidation("loss", "validation", "--curve-3")] });
  // Measures of one scale: percents, or else the first alone.
  const percents = qualityNames.filter((name) => ["bleu", "chrf", "accuracy"].includes(name)), drawn = percents.length ? percents : [...qualityNames, "perplexity"].slice(0, 1);
  new Chart(byId("chart-quality"), { title: percents.length ? "Quality" : upperFirst(measureTitle(drawn[0])), unit: percents.length ? "validation set, 0 to 100" : "validation set", format: percents.length ? bare(1) : three, height: 300, fromZero: percents.length > 0,
    series: () => drawn.map((name, i) => perValidation(name, measureTitle(name), measureCurves[i])) });
  new Chart(byId("chart-rate"), { title: "Learning rate", format: small, height: 170, fromZero: true, series: () => [{ name: "learning rate", x: axisX(), y: updates.rate, kind: "line", color: "--curve-1" }] });
  const steep = spiky(updates.gradient);
  new Chart(byId("chart-gradient"), { title: "Gradient norm", unit: "before clipping", format: small, height: 170, fromZero: !steep, logarithmic: () => steep, series: () => perUpdate("gradient", "gradient norm", "--curve-2") });
  new Chart(byId("chart-speed"), { title: "Speed", unit: "tokens a second", format: short, height: 170, fromZero: true, series: () => perUpdate("speed", "speed", "--curve-4") });
  new Chart(byId("chart-memory"), { title: "Memory", unit: `resident, ${memoryUnit}`, format: three, height: 170, fromZero: true,
    series: () => [{ name: "memory", x: axisX(), y: memoryColumn, kind: "line", color: "--curve-3" }] });

  choice(byId("axis"), [["update", "By update"], ["time", "By time"]], "update", (axis) => {
    view.axis = axis;
    pointAt(null);
    showRange(...wholeRange());
  });
  const slider = byId("smoothing");
  const smooth = () => {
    // Up to a tenth of the run, finely at the lower end.
    smoothing.window = slider.value === "0" ? 1 : Math.max(1, Math.pow(Math.max(count / 10, 2), slider.value / 100));
    smoothing.cache.clear();
    slider.setAttribute("aria-valuetext", smoothing.window <= 1 ? "none" : `over ${whole(smoothing.window)} updates`);
    redraw();
  };
  slider.addEventListener("input", smooth);
  logLoss.addEventListener("change", redraw);
  byId("whole").addEventListener("click", () => showRange(...wholeRange()));
  smooth();
  showRange(...wholeRange());
  learningText();
  byId("update-table").addEventListener("toggle", fillTables, { once: true });
}
const [memoryUnit, memoryScale] = updates.memory.some((bytes) => bytes >= 2 ** 30) ? ["GiB", 2 ** 30] : ["MiB", 2 ** 20];
const memoryColumn = updates.memory.map((bytes) => bytes / memoryScale);

function learningText() {
  const text = [];
  if (count) text.push(`The training loss went from ${three(updates.loss[0])} to ${three(smoothColumn("loss")[count - 1])} ${lossUnit}; it has label smoothing and dropout in it where these are used, the validation loss does not.`);
  if (best) text.push(`The best validation was that of update ${whole(best.update)}.`);
  if (parts.length > 1) text.push("Dashed lines: where the run was stopped and went on.");
  byId("learning-text").textContent = text.join(" ") || "The log has no update yet.";
}

/// All validations, and updates at about 40 places.
function fillTables() {
  const rows = [];
  for (let i = 0; i < count; i += Math.max(1, Math.floor(count / 40)))
    rows.push([whole(updates.update[i]), duration(updates.seconds[i]), fixed(4)(updates.loss[i]), small(updates.rate[i]), small(updates.gradient[i]), short(updates.speed[i]), gibibytes(updates.memory[i])]);
  const host = byId("update-table").querySelector(".scroll");
  host.append(
    element("h3", {}, "Validations"),
    table(["update", "time", ...measureNames.map(measureTitle)], validations.map((v) => [whole(v.update), duration(v.seconds), ...measureNames.map((name) => measured(name, v.measures[name]))])),
    element("h3", {}, count > 80 ? "Updates, some of them" : "Updates"),
    table(["update", "time", "loss", "learning rate", "gradient norm", "tokens/s", "memory"], rows),
  );
}
