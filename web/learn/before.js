// What was there before attention: bags of words, which forget the order, and recurrent networks, which forget.
const before = report.before;

// Rows and columns of a table of typed words: it is drawn anew at each key.
const typed = 40;

function counts(words) {
  const all = new Map();
  for (const word of words) all.set(word, (all.get(word) ?? 0) + 1);
  return all;
}

const pairsIn = (words) => words.slice(1).map((word, i) => `${words[i]} ${word}`);
const same = (a, b) => a.size === b.size && [...a].every(([name, count]) => b.get(name) === count);

function showBags() {
  const out = element("div", {});
  const texts = ["", ""];
  const tell = () => {
    const [first, second] = texts.map(wordsOf);
    const [words, others] = [counts(first), counts(second)];
    const names = [...new Set([...words.keys(), ...others.keys()])].sort();
    const unigrams = same(words, others), bigrams = same(counts(pairsIn(first)), counts(pairsIn(second)));
    const said = names.length === 0 ? "No words yet."
      : first.join(" ") === second.join(" ") ? "The same words in the same order."
      : `${unigrams ? "The bags of words are the same: no model that sees only them can tell the two apart." : "The bags of words differ."} ${bigrams ? "So are the bags of pairs." : unigrams ? "The bags of pairs differ: pairs keep a little of the order." : ""}`;
    out.replaceChildren(element("p", { class: "sum" }, said), names.length ? matrix({ rows: ["first", "second"], columns: names, values: [words, others].map((bag) => names.map((name) => bag.get(name) ?? 0)) },
      { title: "How often each word occurs", digits: 0, room: typed }) : "");
    return said;
  };
  const field = (label, at, text) => textField(label, text, (typed) => { texts[at] = typed; return tell(); });
  place("bags-figure").append(field("First sentence", 0, "the dog bites the man"), field("Second sentence", 1, "the man bites the dog"), out);
}

// 0.00012 as 1.2 · 10⁻⁴: small numbers by their size.
function scientific(value) {
  if (value === 0 || value >= 0.01) return format(value, value < 0.1 ? 3 : 2);
  const [digits, power] = value.toExponential(1).split("e-");
  return `${digits} · 10⁻${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`;
}

function showFading() {
  const { networks } = before;
  const steps = networks[0].reaching.length;
  // Back from the last step; a tick each power of ten, down to less than a billionth.
  const floor = -10;
  const x = (back) => 612 - (545 * back) / (steps - 1), y = (share) => 14 + (190 * Math.min(0.6, Math.max(floor, Math.log10(share))) - 190 * 0.6) / (floor - 0.6);
  const at = (network, back) => network.reaching[steps - 1 - back];
  const marker = drawing("line", { class: "cursor", y1: 10, y2: 208 });
  const lines = networks.map((network, kind) => drawing("polyline", { class: `line-${kind}`, points: network.reaching.map((share, step) => `${x(steps - 1 - step)},${y(share)}`).join(" ") }));
  const ticks = [0, -3, -6, -9].map((power) => drawing("g", {}, drawing("line", { class: "tick", x1: 67, x2: 612, y1: y(10 ** power), y2: y(10 ** power) }),
    drawing("text", { x: 60, y: y(10 ** power) + 4, "text-anchor": "end" }, { 0: "1", "-3": "10⁻³", "-6": "10⁻⁶", "-9": "10⁻⁹" }[power])));
  const svg = drawing("svg", { viewBox: "0 0 640 232", class: "curve several", role: "img", "aria-label": `Gradient that reaches each step, on a logarithmic scale: ${networks.map((network) => `${network.name}, ${scientific(at(network, steps - 1))} at the first step`).join("; ")}.` },
    ...ticks, ...lines, marker, drawing("text", { x: 67, y: 226 }, "first step"), drawing("text", { x: 612, y: 226, "text-anchor": "end" }, "last step"));
  const list = element("dl", { class: "legend" });
  place("fading-figure").append(svg, slider("Steps back", steps - 1, 20, String, (back) => {
    marker.setAttribute("x1", x(back));
    marker.setAttribute("x2", x(back));
    list.replaceChildren(...networks.flatMap((network, kind) => [element("dt", {}, element("i", { class: `line-${kind}`, "aria-hidden": "true" }), network.name), element("dd", {}, scientific(at(network, back)))]));
  }), list);
}
