// Bars of a histogram: points and arrow keys read them out, and a table says the same.
function histogramChart(place, histogram, name) {
  if (!histogram.counts.length) return place.append("nothing to count");
  const { counts } = histogram;
  const things = name.things ?? ["pair", "pairs"];
  const width = 600, height = 190, foot = 22;
  const most = Math.max(...counts), all = counts.reduce((sum, n) => sum + n, 0) + histogram.above + histogram.below;
  const step = width / counts.length;
  const svg = element("svg", { viewBox: `0 0 ${width} ${height + foot}`, tabindex: 0, role: "img", "aria-label": `${name.of}: half of the ${things[1]} are at or below ${name.value(histogram.median)}` });
  const bars = counts.map((count, i) => {
    const tall = most ? (count / most) * height : 0;
    const bar = element("rect", { x: i * step + step * 0.06, y: height - Math.max(tall, count ? 1.5 : 0), width: step * 0.88, height: Math.max(tall, count ? 1.5 : 0), rx: Math.min(3, step / 4) });
    const zone = element("rect", { class: "zone", x: i * step, y: 0, width: step, height });
    zone.addEventListener("pointerenter", () => choose(i));
    svg.append(zone, bar);
    return bar;
  });
  svg.append(element("line", { x1: 0, x2: width, y1: height, y2: height }));
  for (const [at, text, anchor] of name.ticks(histogram)) svg.append(element("text", { x: at * step, y: height + 17, "text-anchor": anchor }, text));
  const readout = element("p", { class: "readout", "aria-live": "polite" });
  let chosen = -1;
  function choose(i) {
    bars[chosen]?.classList.remove("chosen");
    chosen = Math.max(0, Math.min(counts.length - 1, i));
    bars[chosen].classList.add("chosen");
    readout.textContent = `${name.bin(histogram, chosen)}: ${plural(counts[chosen], ...things)}, ${percent(counts[chosen], all)}`;
  }
  svg.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: counts.length - 1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    choose(move);
  });
  const facts = element("p", { class: "readout" }, name.facts(histogram));
  const rows = counts.map((count, i) => [name.bin(histogram, i), counted(count)]).filter((_, i) => counts[i]);
  place.append(svg, readout, facts, element("details", {}, element("summary", {}, "As a table"), element("div", { class: "scroll" }, table([name.column, things[1]], rows))));
}

const inCharacters = {
  value: (x) => plural(x, "character"),
  column: "characters",
  bin: (h, i) => (h.edges[i + 1] - h.edges[i] === 1 ? plural(h.edges[i], "character") : `${h.edges[i]} to ${h.edges[i + 1] - 1} characters`),
  ticks: (h) => [0, 0.25, 0.5, 0.75].map((share) => Math.round(share * h.counts.length)).map((i) => [i, String(h.edges[i]), i ? "middle" : "start"]).concat([[h.counts.length, String(h.edges.at(-1)), "end"]]),
  facts: (h) => `Median ${counted(h.median)}, mean ${h.mean.toFixed(1)}; 99 % have at most ${counted(h.most_of_99_percent)}, the longest ${counted(h.largest)}.${h.above ? ` ${plural(h.above, "text")} beyond the chart.` : ""}`,
};

const times = (log) => (log >= 0 ? `${(2 ** log).toFixed(2)} times as long` : `1/${(2 ** -log).toFixed(2)} as long`);
const asRatio = {
  value: times,
  column: "target",
  bin: (h, i) => times((h.edges[i] + h.edges[i + 1]) / 2),
  ticks: (h) => [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((log) => [(log - h.edges[0]) / (h.edges[1] - h.edges[0]), log < 0 ? `1/${2 ** -log}` : `${2 ** log}`, log === -4 ? "start" : log === 4 ? "end" : "middle"]),
  facts: (h) => `The median target is ${times(h.median)} as its source.`,
};

function shareBars(place, entries, note) {
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  if (!all) return place.append(element("p", { class: "quiet" }, note));
  place.append(
    element(
      "ul",
      { class: "bars" },
      ...entries.map(([name, count, detail]) => {
        const bar = element("li", {}, element("span", { class: "name" }, name), element("span", { class: "value" }, percent(count, all)), element("span", { class: "detail" }, detail));
        bar.style.setProperty("--share", count / all);
        return bar;
      }),
    ),
  );
}
