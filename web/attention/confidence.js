// The probability that the model gave to each token it wrote.
function makeConfidence() {
  const scores = report.token_log_probabilities;
  byId("confidence").hidden = !scores.length;
  if (!scores.length) return;
  // JSON has no infinity: null stands for a token that was given no probability at all.
  const logs = scores.map((score) => (score === null ? -Infinity : score));
  byId("strip").dir = direction(report.target_tokens);
  byId("strip").classList.toggle("long", scores.length > manyTokens);
  byId("strip").append(
    ...logs.map((log, at) => {
      const share = Math.min(1, Math.exp(log));
      const item = element("li", { title: `log-probability ${number(log, 3)}` }, element("span", { class: "value" }, percent(share)), element("span", { class: "column", "aria-hidden": "true" }), token(report.target_tokens[at]));
      item.style.setProperty("--share", share);
      item.classList.toggle("unsure", share < 0.5);
      return item;
    }),
  );
  const total = logs.reduce((sum, log) => sum + log, 0);
  const mean = total / logs.length;
  const numbers = [["log-probability of the translation", number(total, 2)], ["per token", number(mean, 3)], ["perplexity", number(Math.exp(-mean), 2)], ["least sure of", report.target_tokens[logs.indexOf(Math.min(...logs))]]];
  byId("strip-numbers").append(...numbers.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, token(value)))));
}
