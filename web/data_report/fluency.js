// How well language models predict the sentences of each side. JSON says null for infinity.
const perplexityText = (x) => (x === null ? "infinite" : x < 100 ? x.toFixed(1) : x < 1e6 ? counted(Math.round(x)) : x.toExponential(1));
const ofLog = (log) => (log === null ? "infinite" : perplexityText(10 ** log));

const asPerplexity = {
  value: (log) => `a perplexity of ${ofLog(log)}`,
  things: ["sentence", "sentences"],
  column: "perplexity",
  bin: (h, i) => `Perplexity ${ofLog(h.edges[i])} to ${ofLog(h.edges[i + 1])}`,
  // Whole powers of ten, as many as there is room for.
  ticks: (h) => {
    const first = Math.round(h.edges[0]), last = Math.round(h.edges.at(-1)), step = Math.ceil((last - first) / 6);
    const logs = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
    return logs.map((log) => [((log - first) / (last - first)) * h.counts.length, (10 ** log).toLocaleString("en", { notation: "compact" }), log === first ? "start" : log === last ? "end" : "middle"]);
  },
  facts: (h) => `Half of the sentences are at ${ofLog(h.median)} or below, 99 % at ${ofLog(h.most_of_99_percent)}, the least fluent at ${ofLog(h.largest)}.${h.above ? ` ${plural(h.above, "sentence")} beyond the chart.` : ""}`,
};

const modelName = (fluency) => (fluency.model ? element("bdi", {}, fluency.model) : "models of the corpus itself, each of one half and for the other");

function leastFluent(fluency) {
  const items = fluency.least_fluent.map((s) =>
    element(
      "li",
      {},
      element("p", { class: "where" }, element("bdi", {}, s.where), `, perplexity ${ofLog(s.log10_perplexity)}`, s.unknown ? `, ${counted(s.unknown)} of ${plural(s.words, "word")} unknown` : ""),
      element("p", { class: "text" }, shownText(s.text)),
      element("p", { class: "text" }, shownText(s.other_side)),
    ),
  );
  return element("ol", { class: "examples" }, ...items);
}

function fluencyCard(name, fluency) {
  const card = element("div", { class: "card" }, element("h3", {}, name));
  if (!fluency.sentences) {
    card.append(element("p", { class: "quiet" }, "Too few different sentences to learn models from."));
    return card;
  }
  const learned = fluency.model ? "" : ` (${plural(fluency.learned_words, "word")})`;
  card.append(
    element("p", {}, `Perplexity ${perplexityText(fluency.perplexity)}; without unknown words (${percent(fluency.unknown, fluency.words)}) ${perplexityText(fluency.perplexity_of_known)}.`),
    element("p", { class: "quiet" }, "By ", modelName(fluency), `${learned}, of order ${fluency.order}.`),
  );
  if (fluency.impossible) card.append(element("p", { class: "quiet" }, `${plural(fluency.impossible, "word or end", "words and ends")} of sentences are impossible by the model: sentences with them are beyond the chart.`));
  const chart = element("figure", {});
  histogramChart(chart, fluency.log10_perplexities, { ...asPerplexity, of: `Perplexities of ${name.toLowerCase()} sentences` });
  card.append(chart);
  if (fluency.least_fluent.length) card.append(element("h4", {}, "The least fluent"), leastFluent(fluency));
  return card;
}

function showFluency() {
  const sides = ["source", "target"].filter((side) => report[side].fluency);
  byId("fluency").hidden = !sides.length;
  byId("fluency-charts").append(...sides.map((side) => fluencyCard(side === "source" ? "Source" : "Target", report[side].fluency)));
}

// A model that knows few of the words tells nothing of fluency.
function fluencyFindings(add) {
  for (const side of ["source", "target"]) {
    const fluency = report[side].fluency;
    if (!fluency?.sentences || fluency.unknown * 4 <= fluency.words) continue;
    const share = `${percent(fluency.unknown, fluency.words)} of the ${side}’s words are unknown to `;
    if (fluency.model) add(2, "fluency", share, modelName(fluency), ": is it a model of this language, and of text whose words are parted in the same way?");
    else add(1, "fluency", share, "models of the corpus itself: it is small, or its words are not parted by spaces. Its fluency figures tell little.");
  }
}
