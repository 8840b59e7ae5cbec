// One-hot vectors to Markov chains.
const counting = report.counting;

function showOneHot() {
  const known = counting.one_hot.one_hot.columns;
  const out = element("div", {});
  const field = textField("Your words", "show me my photos", (text) => {
    const words = wordsOf(text);
    const vocabulary = [...new Set([...known, ...words])];
    const table = { rows: words, columns: vocabulary, values: words.map((word) => vocabulary.map((other) => Number(word === other))) };
    const added = vocabulary.length - known.length;
    const said = words.length ? `${words.length} ${words.length === 1 ? "vector" : "vectors"} of ${vocabulary.length} numbers${added ? `, ${added} more than before: one for each new word` : ""}.` : "No words yet.";
    out.replaceChildren(element("p", { class: "sum" }, said), words.length ? matrix(table, { title: "One row a word, one column a word of the vocabulary", digits: 0, room: typed }) : "");
    return said;
  });
  place("one-hot-figure").append(field, out);
}

function showDot() {
  const dot = counting.one_hot.dot;
  const out = element("p", { class: "sum" });
  let [left, right] = [0, 1];
  const tell = () => {
    const product = dot.rows.map((_, i) => `${Number(i === left)}·${Number(i === right)}`).join(" + ");
    out.textContent = `${dot.rows[left]} · ${dot.rows[right]} = ${product} = ${format(dot.values[left][right])}`;
    return out.textContent;
  };
  place("dot-figure").append(choices("First", dot.rows, (index) => { left = index; return tell(); }),
    choices("Second", dot.rows, (index) => { right = index; return tell(); }, 1), out,
    matrix(dot, { title: "All dot products at once: the matrix times its own transpose", digits: 0 }));
}

function showLookup() {
  const { one_hot: hot, pulled } = counting.one_hot;
  const out = element("div", {});
  const pick = choices("Word", hot.rows, (index) => {
    out.replaceChildren(
      matrix(one(hot, index), { title: "The one-hot vector", digits: 0 }), element("p", { class: "times" }, "times the matrix"),
      matrix(counting.first.table, { title: "What follows each word; the row that is pulled out is marked", row: index }),
      element("p", { class: "times" }, "is that row:"), matrix(one(pulled, index), { title: "The product" }));
    return `The row of ${hot.rows[index]} is pulled out.`;
  }, 3);
  place("lookup-figure").append(pick, out);
}

const sentenceList = (sentences) => element("ul", { class: "sentences" }, sentences.map(({ text, weight }) =>
  element("li", {}, element("b", {}, format(weight)), ` ${text}`)));

// A line of the reader's: words, and in front of them, perhaps, how often the sentence is meant.
function sentenceOf(line) {
  const [, weight, text] = /^\s*(\d*\.?\d+)\s+(.*)$/u.exec(line) ?? [null, 1, line];
  return { words: wordsOf(text), weight: Math.min(Number(weight), 1e6) };
}

// What follows each run of `order` words, as a matrix of shares: as heed counts, for sentences that are typed here.
function chainOf(sentences, order) {
  const follow = new Map();
  const vocabulary = new Set();
  for (const { words, weight } of sentences) {
    words.forEach((word) => vocabulary.add(word));
    for (let end = order; end <= words.length; ++end) {
      const context = words.slice(end - order, end).join(" ");
      if (!follow.has(context)) follow.set(context, new Map());
      if (end < words.length) follow.get(context).set(words[end], (follow.get(context).get(words[end]) ?? 0) + weight);
    }
  }
  const rows = [...follow.keys()].sort(), columns = [...vocabulary].sort();
  return { rows, columns, values: rows.map((context) => {
    const next = follow.get(context);
    const all = [...next.values()].reduce((sum, weight) => sum + weight, 0);
    return columns.map((word) => (all > 0 ? (next.get(word) ?? 0) / all : 0));
  }) };
}

function showChain(where, table, first) {
  if (table.rows.length === 0) {
    where.replaceChildren(element("p", { class: "sum" }, "No sentence is long enough yet."));
    return "No sentence is long enough yet.";
  }
  const out = element("div", {});
  let said = "";
  const pick = choices("After", table.rows, (index) => {
    const next = table.columns.map((name, c) => [name, table.values[index][c]]).filter(([, share]) => share > 0);
    out.replaceChildren(next.length ? bars(next, 1) : element("p", { class: "sum" }, `Nothing follows ${quoted(table.rows[index])}: every sentence ends there.`));
    said = `After ${quoted(table.rows[index])}: ${next.map(([name, share]) => `${apart(name)} ${format(share)}`).join(", ") || "nothing"}.`;
    return said;
  }, Math.max(0, table.rows.indexOf(first)));
  where.replaceChildren(pick, out, matrix(table, { title: "Rows: what was last. Columns: what comes next.", room: typed,
    read: (row, column, value) => `After ${quoted(row)}, ${quoted(column)} has probability ${format(value, 6)}.` }));
  return said;
}

// Sentences that can be changed, and the chains that are counted in them: heed's own for the lecture's sentences.
function showChains(where, sentences, orders, first) {
  const written = sentences.map(({ text, weight }) => `${format(weight)} ${text}`).join("\n");
  const out = element("div", {});
  let text = written, order = orders.length - 1;
  const show = () => {
    const table = text === written ? orders[order].table : chainOf(text.split("\n").map(sentenceOf), orders[order].order);
    return showChain(out, table, first[order]);
  };
  const field = textField("Sentences, one a line; the number in front says how often each is meant", written, (typed) => {
    text = typed;
    return show();
  }, { lines: sentences.length + 2 });
  where.append(field, orders.length > 1 ? choices("Order", orders.map(({ name }) => name), (index) => { order = index; return show(); }, order) : "", out);
}

function showFirstAndSecond() {
  showChains(place("first-figure"), counting.first.sentences, [{ name: "first", order: 1, table: counting.first.table }], ["my"]);
  const { sentences, first, table } = counting.second;
  showChains(place("second-figure"), sentences, [{ name: "first", order: 1, table: first }, { name: "second", order: 2, table }], ["ran", "program ran"]);
}
