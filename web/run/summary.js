// What one wants to know first: is it done, and how good is it?
const count = updates.update.length;
const lastUpdate = count ? updates.update[count - 1] : 0;
const scored = validations.filter((v) => headlineNames.every((name) => isNumber(v.measures[name])));
const best = scored.findLast((v) => v.best) ?? scored[scored.length - 1];

function state() {
  const end = lastPart.end, reason = end?.reason;
  if (report.running) return ["running", "Running"];
  if (reason === "limit") return ["done", "Finished"];
  if (reason === "reached") return ["done", "Good enough"];
  if (reason === "converged") return ["done", "Converged"];
  if (reason === "interrupted") return ["paused", "Stopped, can go on"];
  return ["broken", "No end in the log"];
}

function showSummary() {
  document.title = `${report.title}: a training run`;
  byId("title").textContent = report.title;
  const [kind, text] = state();
  byId("status").dataset.kind = kind;
  byId("status").textContent = text;

  const seconds = count ? updates.seconds[count - 1] : NaN, kept = measuresOf(lastPart.end);
  const model = objectOf(lastBegin.model), parameters = numberOr(lastBegin.parameters);
  const layers = isNumber(model.encoder_layers) ? `${model.encoder_layers}+${model.decoder_layers} layers of width ${model.width}` : isNumber(model.layers) ? `${model.layers} layers of width ${model.width}` : "";
  byId("lead").textContent = [
    isNumber(parameters) && `A model of ${short(parameters)} parameters${layers && `, ${layers}`}.`,
    lastPart.last_time && `Last heard of ${moment(lastPart.last_time)}.`,
  ].filter(Boolean).join(" ");

  const value = (name) => numberOr(kept[name], numberOr(best?.measures[name]));
  const of = isNumber(kept[headlineNames[0]]) ? "of the model kept" : best ? `best so far, update ${whole(best.update)}` : "no validation yet";
  const peak = updates.memory.reduce((most, value) => (value > most ? value : most), 0);
  const tiles = [
    ...headlineNames.map((name, i) => [upperFirst(measureTitle(name)), measured(name, value(name), lossNames.includes(name) ? 3 : 1), i === 0 ? of : isNumber(value("exact_match")) ? `${measured("exact_match", value("exact_match"))} exactly right` : "validation set", "hero"]),
    ...(headlineNames.includes("loss") ? [] : [["Validation loss", measured("loss", value("loss"), 3), isNumber(value("perplexity")) ? `perplexity ${three(value("perplexity"))}` : lossUnit]]),
    ["Updates", whole(lastUpdate), count && Number.isFinite(updates.epoch[count - 1]) ? `in epoch ${whole(updates.epoch[count - 1] + 1)}` : ""],
    ["Time", duration(seconds), parts.length > 1 ? `in ${parts.length} parts` : "in one go"],
    ["Speed", short(finiteMedian(updates.speed)), "tokens/s"],
    ["Memory", peak > 0 ? gibibytes(peak) : "–", "at most"],
  ];
  byId("tiles").append(...tiles.map(([name, value, hint, kind = ""]) =>
    element("div", { class: `tile ${kind}` }, element("dt", {}, name), element("dd", {}, value, element("small", {}, hint)))));
  showWarnings();
}

/// What a run should not be read without knowing.
function showWarnings() {
  const texts = [], warn = (text) => texts.push(text);
  const times = (n, one, many) => `${whole(n)} ${n === 1 ? one : many}`;
  if (report.skipped_updates) warn(`${times(report.skipped_updates, "update was", "updates were")} left out, since the loss or gradient was not finite.`);
  if (report.lost_updates) warn(`${times(report.lost_updates, "update was", "updates were")} lost and done again: the run was ended without a chance to save, or went back.`);
  const kinds = { rollback: ["The run went back to an earlier state", "after diverging"], save_failed: ["The run could not be saved", "see the notes"], damaged: ["A saved file was damaged", "see the notes"] };
  for (const [kind, [what, why]] of Object.entries(kinds)) {
    const number = report.incidents.filter((event) => event.event === kind).length;
    if (number) warn(`${what} ${number > 1 ? `${whole(number)} times` : "once"}, ${why}.`);
  }
  if (report.unreadable_lines) warn(`${times(report.unreadable_lines, "line", "lines")} of the log could not be read: cut off by a crash, or still being written.`);
  byId("warnings").hidden = !texts.length;
  byId("warnings").append(element("ul", {}, ...texts.map((text) => element("li", {}, text))));
}
