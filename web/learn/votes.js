// Second order with skips: pairs that vote, and masks that hide some of them.
const skips = counting.skips;
const nextOf = (earlier, recent) => skips.pairs.find((pair) => pair.earlier === earlier && pair.recent === recent)?.next ?? {};
const isInformative = (earlier, recent) => skips.mask.some((pair) => pair.earlier === earlier && pair.recent === recent);

function showVotes(where, masking) {
  const list = element("div", {});
  const result = element("div", {});
  let words = [];
  let hidden = new Set();
  const count = () => {
    const recent = words.at(-1);
    const tally = {};
    words.slice(0, -1).forEach((word, i) => {
      for (const [next, share] of Object.entries(nextOf(word, recent))) tally[next] = (tally[next] ?? 0) + (hidden.has(i) ? 0 : share);
    });
    const entries = Object.entries(tally).sort();
    const all = entries.reduce((sum, [, votes]) => sum + votes, 0);
    const said = words.length < 2 ? "A pair takes two words."
      : entries.length === 0 ? "No pair of these words was ever seen, so none votes."
      : all === 0 ? "All pairs that know something are hidden: nobody votes."
      : `${entries.map(([next, votes]) => `${format(votes)} for “${next}”`).join(", ")}.`;
    result.replaceChildren(element("p", { class: "sum" }, said), entries.length ? bars(entries) : "");
    return said;
  };
  const show = () => {
    const recent = words.at(-1);
    const pairs = words.slice(0, -1).map((word, i) => {
      const shares = Object.entries(nextOf(word, recent)).map(([next, share]) => `${next} ${format(share)}`).join(", ") || "never seen";
      const content = [element("b", {}, `${apart(word)}, ${apart(recent)}`), element("small", {}, shares)];
      if (!masking) return element("li", { class: "pair" }, content);
      const button = element("button", { type: "button", class: "pair", "aria-pressed": String(!hidden.has(i)), "aria-label": `Count ${word}, ${recent}: ${shares}` }, content);
      button.addEventListener("click", () => {
        if (!hidden.delete(i)) hidden.add(i);
        button.setAttribute("aria-pressed", !hidden.has(i));
        announce(count());
      });
      return element("li", {}, button);
    });
    list.replaceChildren(element("ul", { class: "pairs" }, pairs));
    return count();
  };
  const field = textField("The words so far", skips.text, (text) => {
    words = wordsOf(text);
    hidden = new Set();
    return show();
  });
  where.append(sentenceList(skips.sentences), field, list);
  if (masking) {
    const hideBy = (name, rule) => element("button", { type: "button", class: "choice", onclick: () => {
      hidden = new Set(words.slice(0, -1).map((_, i) => i).filter(rule));
      announce(show());
    } }, name);
    where.append(element("div", { class: "choices", role: "group", "aria-label": "Masks" },
      hideBy("Mask found by heed", (i) => !isInformative(words[i], words.at(-1))), hideBy("Show all", () => false), hideBy("Hide all", () => true)));
  }
  where.append(result);
}
