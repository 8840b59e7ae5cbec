// The same examples, as each validation had them.
const wordsOf = (text) => text.split(/(\s+)/);

/// A text with the words that the reference has, too, marked: those of the longest common subsequence.
function marked(text, reference) {
  const words = wordsOf(text), wanted = reference.split(/\s+/).filter(Boolean);
  const own = words.filter((word) => word.trim()), length = [];
  if (own.length * wanted.length > 250000) return [text];
  for (let i = own.length; i >= 0; --i) {
    length[i] = new Int32Array(wanted.length + 1);
    for (let j = wanted.length - 1; j >= 0 && i < own.length; --j)
      length[i][j] = own[i] === wanted[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  }
  let i = 0, j = 0;
  return words.map((word) => {
    if (!word.trim()) return word;
    while (j < wanted.length && own[i] !== wanted[j] && length[i][j + 1] >= length[i + 1][j]) ++j;
    const same = j < wanted.length && own[i] === wanted[j];
    ++i;
    if (!same) return word;
    ++j;
    return element("span", { class: "same" }, word);
  });
}

const textOf = (value) => (typeof value === "string" ? value : "");

/// A sample is texts by name: first what the model was given, last what it made of it, and a reference, perhaps.
const samplePartsOf = (sample) => Object.entries(sample).filter(([, text]) => typeof text === "string");
const givenOf = (sample) => samplePartsOf(sample)[0]?.[1] ?? "";
const madeOf = (sample) => samplePartsOf(sample).at(-1)?.[1] ?? "";

function showSamples() {
  const shown = validations.filter((v) => v.samples.length);
  if (!shown.length) return (byId("samples").hidden = true);
  const names = samplePartsOf(shown[0].samples[0]).map(([name]) => upperFirst(nameOf(name)));
  byId("samples-title").textContent = `${names.at(-1)}s over time`;
  const given = [];
  for (const v of shown) for (const sample of v.samples) if (!given.includes(givenOf(sample))) given.push(givenOf(sample));
  const cards = given.map((text) => {
    const at = shown.map((v) => v.samples.find((sample) => givenOf(sample) === text));
    const reference = textOf(at.find(Boolean).reference);
    const card = { at, reference, text: element("p", { class: "text", dir: "auto" }), note: element("span", { class: "note" }) };
    const history = element("details", {}, element("summary", {}, "All of them"));
    history.addEventListener("toggle", () => history.append(everyVersion(card, shown)), { once: true });
    const png = objectOf(at.find(Boolean).picture).png;
    const picture = typeof png === "string" ? [element("img", { class: "picture", alt: "", src: `data:image/png;base64,${png}` })] : [];
    const known = samplePartsOf(at.find(Boolean)).slice(0, -1).flatMap(([name, part], i) => [element("h3", {}, upperFirst(nameOf(name))), element("p", { class: i ? "text quiet-text" : "text", dir: "auto" }, part)]);
    byId("sample-list").append(element("article", { class: "card sample" },
      element("div", { class: "side" }, ...picture, ...known), element("div", { class: "side translation" }, element("h3", {}, names.at(-1), card.note), card.text, history)));
    return card;
  });
  byId("samples-text").textContent = "The same examples of the validation set, as each validation had them.";
  if (cards.some((card) => card.reference)) byId("samples-text").append(" Words that the reference has, too, are ", element("span", { class: "same" }, "marked"), ".");

  const slider = byId("when");
  slider.max = shown.length - 1;
  slider.value = shown.length - 1;
  const draw = () => {
    const i = Number(slider.value), v = shown[i];
    byId("moment").textContent = `Update ${whole(v.update)} · ${upperFirst(measureTitle(headlineNames[0]))} ${measured(headlineNames[0], v.measures[headlineNames[0]], lossNames.includes(headlineNames[0]) ? 3 : 1)}`;
    slider.setAttribute("aria-valuetext", byId("moment").textContent);
    for (const card of cards) {
      const made = card.at[i] ? madeOf(card.at[i]) : "";
      card.text.replaceChildren(...(made ? marked(made, card.reference) : [element("i", {}, "nothing")]));
      card.note.textContent = made && made === card.reference ? "exactly right" : "";
    }
  };
  slider.addEventListener("input", draw);
  draw();
  playable(slider, draw);
  document.querySelector(".time-bar").hidden = shown.length < 2;
}

function playable(slider, draw) {
  const button = byId("play");
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (slider.value === slider.max) slider.value = 0;
    draw();
    button.textContent = "Pause";
    button.setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
      slider.value = Number(slider.value) + 1;
      draw();
      if (slider.value === slider.max) stop();
    }, Math.max(120, Math.min(700, 8000 / slider.max)));
  });
  slider.addEventListener("pointerdown", stop);
}

/// Each text with the validations that gave it, runs of equal ones as one.
function everyVersion(card, shown) {
  const versions = [];
  card.at.forEach((sample, i) => {
    if (!sample) return;
    const text = madeOf(sample), last = versions[versions.length - 1];
    if (last?.text === text) last.to = shown[i].update;
    else versions.push({ text, from: shown[i].update, to: shown[i].update });
  });
  return element("ol", { class: "versions" }, ...versions.map(({ text, from, to }) =>
    element("li", {}, element("small", {}, from === to ? whole(from) : `${whole(from)}–${whole(to)}`), element("span", { dir: "auto" }, ...marked(text, card.reference)))));
}
