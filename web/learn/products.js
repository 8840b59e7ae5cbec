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
  const out = element("div", { "aria-live": "polite" });
  place("products-figure").append(choices("Step", steps.map((_, i) => String(i + 1)), (index) =>
    out.replaceChildren(element("p", { class: "sum" }, steps[index][0]), ...steps[index][1]())), out);
  const { weights, updates, first_loss: from, last_loss: to, votes: next } = counting.learned;
  place("learned-figure").append(matrix(weights, { title: `What “ran” attends to after ${updates} updates, learned by gradients`, digits: 3 }),
    element("p", { class: "sum" }, `Loss: from ${format(from, 4)} to ${format(to, 4)} nats a word.`),
    bars(next.columns.map((name, i) => [name, next.values[0][i]]).filter(([, share]) => share > 0.001), 1));
}

function showFeedForward() {
  const { input, weight, hidden, next, votes } = counting.feed_forward;
  place("feed-forward-figure").append(
    element("div", { class: "row" }, matrix(input, { title: "x: which words are there", digits: 0 }), matrix(weight, { title: "W: a row for each pair; the bias is −1", digits: 0 })),
    element("div", { class: "row" }, matrix(hidden, { title: "relu(x Wᵀ − 1): the pairs that are there", digits: 0 }), matrix(next, { title: "the transitions", digits: 1 })),
    matrix(votes, { title: "hidden × transitions: the votes", digits: 1 }));
}
