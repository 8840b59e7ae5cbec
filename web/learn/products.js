// The same votes as products of matrices.
function showProducts() {
  const { query, keys, mask, values, scores, context, votes } = counting.products;
  const last = query.rows[0];
  const steps = [
    ["1. The query is the last word, one-hot.", () => [matrix(query, { title: `query: “${last}”`, digits: 0 })]],
    ["2. Query × keysᵀ pulls that word's mask out of the stack of all masks.", () => [
      matrix(keys, { title: "keysᵀ: one mask a row", digits: 0, row: keys.rows.indexOf(last) }), matrix(mask, { title: "query × keysᵀ", digits: 0 })]],
    ["3. The mask is compared with each earlier word: a score for each value.", () => [
      matrix(values, { title: "values: the earlier words", digits: 0 }), matrix(scores, { title: "scores", digits: 0 })]],
    ["4. Scores × values is the context: what is left of the sentence.", () => [matrix(context, { title: "context", digits: 0 })]],
    ["5. The context votes for the next word.", () => [matrix(votes, { title: "votes", digits: 3 })]],
  ];
  const out = element("div", {});
  place("products-figure").append(choices("Step", steps.map((_, i) => String(i + 1)), (index) => {
    out.replaceChildren(element("p", { class: "sum" }, steps[index][0]), ...steps[index][1]());
    return steps[index][0];
  }), out);
}

function showLearned() {
  const steps = counting.learned;
  const out = element("div", {});
  const tell = ({ updates, loss }) => `${updates} updates, loss ${format(loss, 4)} nats a word`;
  place("learned-figure").append(slider("Training", steps.length - 1, 0, (index) => tell(steps[index]), (index) => {
    const { weights, votes } = steps[index];
    out.replaceChildren(matrix(weights, { title: "What “ran” attends to", digits: 3, read: (row, column, value) => `“${row}” gives ${format(100 * value, 1)} % of its attention to “${column}”.` }),
      element("p", { class: "label" }, "Votes for the next word"),
      bars(votes.columns.map((name, i) => [name, votes.values[0][i]]).filter(([, share]) => share > 0.001), 1));
  }), out);
}

// The layer with the words that a reader switches on.
function showFeedForward() {
  const { input, weight, hidden, next, votes } = counting.feed_forward;
  const there = input.columns.map((_, i) => input.values[1][i] > 0);
  const out = element("div", {});
  const show = () => {
    const x = there.map(Number);
    const pairs = weight.values.map((line) => Math.max(0, line.reduce((sum, value, i) => sum + value * x[i], 0) - 1));
    const sums = next.columns.map((_, c) => pairs.reduce((sum, pair, p) => sum + pair * next.values[p][c], 0));
    out.replaceChildren(matrix({ rows: ["relu(x Wᵀ − 1)"], columns: weight.rows, values: [pairs] }, { title: "The pairs that are there", digits: 0 }),
      matrix({ rows: ["votes"], columns: next.columns, values: [sums] }, { title: "Their votes", digits: 1 }));
    return `Votes: ${next.columns.map((name, c) => `${name} ${format(sums[c])}`).join(", ")}.`;
  };
  const switches = input.columns.map((name, i) => element("label", { class: "choice" },
    element("input", { type: "checkbox", checked: there[i], autocomplete: "off", onchange: (event) => { there[i] = event.target.checked; announce(show()); } }), name));
  show();
  place("feed-forward-figure").append(
    element("div", { class: "choices", role: "group", "aria-label": "Words that are there" }, element("span", { class: "label" }, "Words that are there"), switches), out,
    element("h3", {}, "Both sentences, with all weights"),
    element("div", { class: "row" }, matrix(input, { title: "x: which words are there", digits: 0 }), matrix(weight, { title: "W: a row for each pair; the bias is −1", digits: 0 })),
    element("div", { class: "row" }, matrix(hidden, { title: "relu(x Wᵀ − 1): the pairs that are there", digits: 0 }), matrix(next, { title: "The transitions", digits: 1 })),
    matrix(votes, { title: "Pairs × transitions: the votes", digits: 1 }));
}
