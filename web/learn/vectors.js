// The parts of the Transformer on four short vectors.
const byHand = report.by_hand;

function showEmbedding() {
  const { vectors, dot } = byHand.embedding;
  const out = element("p", { class: "sum" });
  let [left, right] = [0, 1];
  const signed = (value) => (value < 0 ? `(−${format(-value)})` : format(value));
  const tell = () => {
    const products = vectors.values[left].map((value, i) => `${signed(value)}·${signed(vectors.values[right][i])}`);
    out.textContent = `${vectors.rows[left]} · ${vectors.rows[right]} = ${products.join(" + ")} = ${format(dot.values[left][right])}`;
    return `${vectors.rows[left]} · ${vectors.rows[right]} is ${format(dot.values[left][right])}.`;
  };
  place("embedding-figure").append(matrix(vectors, { title: "The lecture's four words, ten numbers each", digits: 1 }),
    choices("First", vectors.rows, (index) => { left = index; return tell(); }), choices("Second", vectors.rows, (index) => { right = index; return tell(); }, 1), out,
    matrix(dot, { title: "All dot products: how alike they are" }));
}

function showPositions() {
  const { table, dot, added, sum } = byHand.positions;
  const positions = table.rows.length, width = table.columns.length;
  const heat = element("canvas", { width, height: positions, class: "heat", role: "img", "aria-label": `Heat map of ${positions} positions by ${width} columns; the chosen position's numbers stand below.` });
  const context = heat.getContext("2d");
  table.values.forEach((line, r) => line.forEach((value, c) => {
    context.fillStyle = value < 0 ? `rgba(208,98,30,${-value})` : `rgba(123,61,200,${value})`;
    context.fillRect(c, r, 1, 1);
  }));
  const marker = element("i", { class: "marker", "aria-hidden": "true" });
  const clocks = element("div", { class: "clocks" });
  const numbers = element("p", { class: "read" });
  const near = element("canvas", { width: 480, height: 90, class: "near", role: "img", "aria-label": "Dot products of the chosen position with all others: largest with itself, less on both sides." });
  const draw = (position) => {
    marker.style.top = `${(100 * position) / positions}%`;
    marker.style.height = `${100 / positions}%`;
    clocks.replaceChildren(...[0, 2, 4, 6].map((pair) => {
      const [sine, cosine] = [table.values[position][2 * pair], table.values[position][2 * pair + 1]];
      const svg = drawing("svg", { viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" },
        drawing("circle", { r: 1, class: "face" }),
        drawing("line", { x2: cosine, y2: -sine, class: "hand" }),
        drawing("circle", { cx: cosine, cy: -sine, r: 0.12, class: "dot" }));
      return element("figure", {}, svg, element("figcaption", {}, `columns ${2 * pair}, ${2 * pair + 1}`, element("br"), `sin ${format(sine)}, cos ${format(cosine)}`));
    }));
    const alike = [0, 1, 4, 16].map((away) => [away, dot.values[position][position + away < positions ? position + away : position - away]]);
    numbers.textContent = `Position ${position}: ${table.values[position].slice(0, 8).map((value) => format(value)).join(", ")}, … Dot product with itself ${format(alike[0][1], 1)}; with the position ${alike.slice(1).map(([away, value]) => `${away} away ${format(value, 1)}`).join(", ")}.`;
    const plot = near.getContext("2d");
    plot.clearRect(0, 0, 480, 90);
    const step = 480 / positions;
    dot.values[position].forEach((value, other) => {
      // Far away, some products are a little below zero.
      const height = (74 * value) / (width / 2);
      plot.fillStyle = other === position ? "#d0621e" : "#8f5fd0";
      plot.fillRect(other * step + 1, 76, step - 2, -height);
    });
  };
  place("positions-figure").append(
    slider("Position", positions - 1, 5, String, draw), clocks, numbers,
    element("div", { class: "row" }, element("figure", {}, element("figcaption", {}, "Every position a row; violet is positive, orange negative"), element("div", { class: "heat-box" }, heat, marker)),
      element("figure", {}, element("figcaption", {}, "How alike the chosen position is to each other one (dot product)"), near)),
    matrix(added, { title: "Positions 0 to 3 in ten columns" }), matrix(sum, { title: "Word embedding + positional encoding" }));
}

function showSoftmax() {
  const { scores, steps, growth } = byHand.softmax;
  const out = element("div", {});
  place("softmax-figure").append(matrix(scores, { title: "Scores", digits: 0 }),
    slider("Scores times", steps.length - 1, 3, (index) => format(steps[index].scale), (index) => {
      const { columns, values } = steps[index].weights;
      out.replaceChildren(bars(columns.map((name, i) => [name, values[0][i]]), 1));
    }), out,
    matrix(growth, { title: "Scores of random vectors of more and more numbers (d): how large they are, and what softmax gives the best of eight", digits: 2 }));
}

function showAttention() {
  const a = byHand.attention;
  const steps = [
    ["x, with positions", () => [matrix(a.x)], "Each row is a word: its embedding and its position."],
    ["queries", () => [matrix(a.w_q, { title: "W_Q" }), matrix(a.q, { title: "Q = x W_Qᵀ" })], "What each word looks for."],
    ["keys", () => [matrix(a.w_k, { title: "W_K" }), matrix(a.k, { title: "K = x W_Kᵀ" })], "What each word can be found by."],
    ["values", () => [matrix(a.w_v, { title: "W_V" }), matrix(a.v, { title: "V = x W_Vᵀ" })], "What each word hands on."],
    ["scores", () => [matrix(a.raw, { title: "Q Kᵀ" }), matrix(a.scaled, { title: "Q Kᵀ / √10" })], "A dot product for each pair of words, then scaled."],
    ["weights", () => [matrix(a.weights, { title: "softmax of each row", digits: 3 })], "Rows add up to 1."],
    ["context", () => [matrix(a.context, { title: "weights × V" })], "Each word is now a mixture of all values."],
  ];
  const out = element("div", {});
  place("attention-figure").append(choices("Step", steps.map(([name]) => name), (index) => {
    out.replaceChildren(element("p", { class: "sum" }, steps[index][2]), ...steps[index][1]());
    return steps[index][2];
  }), out);
}

function showHeads() {
  const out = element("div", {});
  const { heads } = byHand;
  const width = byHand.attention.q.columns.length;
  place("heads-figure").append(choices("Heads", heads.map((maps) => String(maps.length)), (index) => {
    const columns = width / heads[index].length;
    out.replaceChildren(element("div", { class: "row" }, heads[index].map((table, head) =>
      matrix(table, { title: `Head ${head + 1}: columns ${columns * head} to ${columns * (head + 1) - 1} of Q and K`, digits: 3 }))));
    return `${heads[index].length} ${heads[index].length === 1 ? "head" : "heads"} of ${columns} columns each.`;
  }, 1), out);
}

function showMasks() {
  const out = element("div", {});
  const said = { none: "Every word sees every word.", causal: "No word sees a later one: the decoder must not read what it is to write.",
    padding: "The sentence is “I love” alone, in a batch beside a longer one: the two places after it are nobody's." };
  const kinds = ["none", "causal", "padding"];
  place("masks-figure").append(choices("Mask", kinds, (index) => {
    out.replaceChildren(element("p", { class: "sum" }, said[kinds[index]]), matrix(byHand.masks[kinds[index]], { title: "Weights of the first of two heads", digits: 3 }));
    return said[kinds[index]];
  }, 1), out);
}

function showNormAndEncoder() {
  const { x, sublayer, sum, norm } = byHand.norm;
  const out = element("div", {});
  const steps = [["x", x], ["attention", sublayer], ["sum", sum], ["normalized", norm]];
  const spread = (line) => {
    const mean = line.reduce((all, value) => all + value, 0) / line.length;
    return [mean, line.reduce((all, value) => all + (value - mean) ** 2, 0) / line.length];
  };
  place("norm-figure").append(choices("Step", steps.map(([name]) => name), (index) => {
    const [name, table] = steps[index];
    const moments = table.values.map(spread);
    out.replaceChildren(matrix(table, { title: name }), matrix({ rows: table.rows, columns: ["mean", "variance"], values: moments }, { title: "Each row's mean and variance" }));
    return `The first row has mean ${format(moments[0][0])} and variance ${format(moments[0][1])}.`;
  }, 3), out);
  const { outputs, parameters_a_layer: parameters } = byHand.encoder;
  const stack = element("div", {});
  place("encoder-figure").append(
    element("p", { class: "sum" }, `Six layers of ten columns, with random weights. A layer has ${parameters.toLocaleString("en")} numbers to learn.`),
    slider("After layer", outputs.length - 1, 0, String, (index) => stack.replaceChildren(matrix(outputs[index], { title: index ? `What layer ${index} gives` : "What goes into layer 1" }))), stack);
}
