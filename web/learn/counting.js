// One-hot vectors to Markov chains.
const counting = report.counting;

function showOneHot() {
  const known = counting.one_hot.one_hot.columns;
  const out = element("div", { "aria-live": "polite" });
  const field = textField("Your words", "show me my photos", (text) => {
    const words = wordsOf(text.toLowerCase());
    const vocabulary = [...known, ...new Set(words.filter((word) => !known.includes(word)))];
    const table = { rows: words, columns: vocabulary, values: words.map((word) => vocabulary.map((other) => Number(word === other))) };
    out.replaceChildren(words.length ? matrix(table, { title: "One row a word, one column a word of the vocabulary" }) : element("p", { class: "read" }, "No words yet."));
  });
  place("one-hot-figure").append(field, out);
}

function showDot() {
  const dot = counting.one_hot.dot;
  const out = element("p", { class: "sum", "aria-live": "polite" });
  let [left, right] = [0, 1];
  const tell = () => {
    const product = dot.rows.map((_, i) => `${Number(i === left)}·${Number(i === right)}`).join(" + ");
    out.textContent = `${dot.rows[left]} · ${dot.rows[right]} = ${product} = ${format(dot.values[left][right])}`;
  };
  place("dot-figure").append(choices("First", dot.rows, (index) => { left = index; tell(); }),
    choices("Second", dot.rows, (index) => { right = index; tell(); }, 1), out,
    matrix(dot, { title: "All dot products at once: the matrix times its own transpose", digits: 0 }));
}

function showLookup() {
  const { one_hot: hot, pulled } = counting.one_hot;
  const out = element("div", { "aria-live": "polite" });
  const pick = choices("Word", hot.rows, (index) => out.replaceChildren(
    matrix(one(hot, index), { title: "the one-hot vector", digits: 0 }), element("p", { class: "times" }, "× the matrix"),
    matrix(counting.first.table, { title: "what follows each word, with the row that is pulled out", row: index }),
    element("p", { class: "times" }, "= that row"), matrix(one(pulled, index), { title: "the product, computed by heed" })), 3);
  place("lookup-figure").append(pick, out);
}

const sentenceList = (sentences) => element("ul", { class: "sentences" }, sentences.map(({ text, weight }) =>
  element("li", {}, element("b", {}, format(weight)), ` ${text}`)));

function showChain(where, sentences, table, first) {
  const out = element("div", { "aria-live": "polite" });
  const pick = choices("After", table.rows, (index) => {
    const next = table.columns.map((name, c) => [name, table.values[index][c]]).filter(([, share]) => share > 0);
    out.replaceChildren(next.length ? bars(next, 1) : element("p", { class: "read" }, `Nothing follows “${table.rows[index]}”: every sentence ends there.`));
  }, Math.max(0, table.rows.indexOf(first)));
  where.append(sentenceList(sentences), pick, out, matrix(table, { title: "Rows: what was last. Columns: what comes next.",
    read: (row, column, value) => `After “${row}”, “${column}” has probability ${format(value, 6)}.` }));
}

function showChains() {
  showChain(place("first-figure"), counting.first.sentences, counting.first.table, "my");
  const { sentences, first, table } = counting.second;
  let where;
  const out = element("div", {});
  place("second-figure").append(choices("Order", ["first", "second"], (index) => {
    out.replaceChildren(where = element("div", {}));
    showChain(where, sentences, index ? table : first, index ? "program ran" : "ran");
  }, 1), out);
}
