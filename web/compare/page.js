const { models } = report;
const first = models[0];
const seriesOf = (points) => models.map((model, i) => ({ name: model.title, look: looks[i], points: points(model) }));
const best = (value) => models.reduce((found, model) => (value(model) > value(found) ? model : found));
const unmoved = ({ shuffled }) => (shuffled.changed ? (100 * shuffled.same) / shuffled.changed : 100);

const sizes = models.map((model) => model.parameters / 1e6);
byId("lead").textContent = `${models.length} ${models.length === 1 ? "model" : "models"} of ${Math.min(...sizes).toFixed(2)} to ${Math.max(...sizes).toFixed(2)} million parameters, trained on the same text with the same tokenizer and the same settings, measured on ${counted(report.test_sentences)} sentences that none of them has seen. The best translations, by BLEU, are those of: ${best((model) => model.bleu).title}.`;

byId("overview").append(table(
  ["Model", "Parameters", "Updates", "Minutes", "Tokens/s", "BLEU", "chrF", "Loss", "BLEU, source shuffled", "Loss, source shuffled"],
  models.map((m) => [m.title, `${(m.parameters / 1e6).toFixed(2)} M`, counted(m.updates), (m.seconds / 60).toFixed(1), counted(Math.round(m.tokens_per_second)), m.bleu.toFixed(2), m.chrf.toFixed(2), m.loss.toFixed(3), m.shuffled.bleu.toFixed(2), m.shuffled.loss.toFixed(3)]),
));

let drawAll = [];
const drawn = (draw) => { drawAll.push(draw); draw(); };

let axis = 0;
const learning = () => lineChart(byId("chart-learning"), {
  title: "BLEU of the validation set",
  text: "Greedy translations, at each validation.",
  x: axis ? "minutes of training" : "updates",
  series: seriesOf((model) => model.curve.map((point) => [axis ? point.seconds / 60 : point.update, point.bleu])),
  from: [0],
  label: `Validation BLEU while training. At the end: ${models.map((m) => `${m.title} ${(m.curve.at(-1)?.bleu ?? 0).toFixed(1)}`).join(", ")}.`,
});
byId("learning-axis").append(choices("Horizontal axis", ["By updates", "By time"], (index) => { axis = index; learning(); }));
drawAll.push(learning);

drawn(() => lineChart(byId("chart-lengths"), {
  title: "BLEU by length of the source",
  text: `Groups of ${Math.min(...first.by_length.map((g) => g.sentences))} to ${Math.max(...first.by_length.map((g) => g.sentences))} sentences; lengths in tokens, end mark counted.`,
  x: "source tokens",
  ticks: first.by_length.map((group, i) => [i, group.from === group.to ? `${group.from}` : `${group.from} to ${group.to}`]),
  series: seriesOf((model) => model.by_length.map((group, i) => [i, group.bleu])),
  from: [0],
  label: `BLEU from the shortest to the longest sources: ${models.map((m) => `${m.title} ${m.by_length.map((g) => g.bleu.toFixed(1)).join(", ")}`).join("; ")}.`,
}));

const reach = first.gradients.trained;
byId("gradients-text").textContent = `The loss of target token ${reach.step}, traced back: the length of its derivative by each earlier word's vector, mean over the ${counted(reach.sentences)} sentences that are so long. Through a recurrent layer it passes every step between; where it shrinks with each of them, nothing can be learned from far back. Attention leads straight there.`;
let when = "untrained";
const told = (name, side) => models.map((m) => {
  const norms = m.gradients[when][side];
  return `${m.title} ${(norms.at(-1) / norms[0]).toPrecision(2)}`;
}).join(", ");
const gradients = () => {
  lineChart(byId("chart-target"), {
    title: "By earlier target words",
    text: "Relative to the newest word's, logarithmic.",
    x: "time steps back",
    logarithmic: true,
    series: seriesOf((model) => model.gradients[when].target.map((norm, i, all) => [i, norm / all[0]])),
    label: `Gradient norm by distance, ${when}. What is left of it at the farthest word: ${told(when, "target")}.`,
  });
  lineChart(byId("chart-source"), {
    title: "By source words",
    text: "Norms as they are, logarithmic. Recurrent encoders read in both directions, so both ends are near.",
    x: "words before the source's end",
    logarithmic: true,
    series: seriesOf((model) => model.gradients[when].source.map((norm, i) => [i, norm])),
    label: `Gradient norm by place in the source, ${when}. First word over end mark: ${told(when, "source")}.`,
  });
};
byId("gradients-when").append(choices("Which weights", ["Before training", "After training"], (index) => { when = index ? "trained" : "untrained"; gradients(); }));
drawAll.push(gradients);

byId("order-text").textContent = `The words of every source are brought into a drawn order, and translated again. A model that loses nothing does not know the order; a bag of words cannot. Of the ${counted(first.shuffled.changed)} sources that this changes, a share is translated as before.`;
pairBars(byId("chart-order"), models.map((model, i) => ({
  name: model.title,
  look: looks[i],
  values: [model.bleu, model.shuffled.bleu],
  note: `${unmoved(model).toFixed(1)} % translated as before`,
})), ["BLEU, words in order", "BLEU, words shuffled"]);

byId("command").textContent = report.command;
byId("sizes").append(table(["Model", "Made of", "Folder"], models.map((m) => [m.title, m.summary, m.folder])));
byId("made").textContent = `Made by heed ${report.heed}. The numbers of this page are in comparison.json beside it.`;

let width = document.documentElement.clientWidth;
window.addEventListener("resize", () => {
  if (document.documentElement.clientWidth === width) return;
  width = document.documentElement.clientWidth;
  for (const draw of drawAll) draw();
});
