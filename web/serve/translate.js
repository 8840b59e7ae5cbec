// Translates while somebody types; the sentence at the cursor is looked at more closely.
function makeTranslate(inside, languages, models) {
  const [text, source, target] = ["source-text", "source", "target"].map(byId);
  const names = new Map(languages.map((language) => [language.code, language.name]));
  const sources = languages.filter((language) => language.targets.some((code) => code !== language.code));
  source.replaceChildren(...options([["auto", "Detect the language"], ...sources.map(({ code, name }) => [code, name])]));
  const targets = () => {
    const from = languages.find((language) => language.code === source.value);
    const codes = from ? from.targets.filter((code) => code !== from.code) : [...new Set(sources.flatMap((language) => language.targets))];
    const before = target.value;
    target.replaceChildren(...options(codes.map((code) => [code, names.get(code) ?? code])));
    if (codes.includes(before)) target.value = before;
  };
  if (sources.length === 1) source.value = sources[0].code;
  targets();

  // The sentence at the cursor, as the browser cuts text into sentences.
  function sentence() {
    const at = text.selectionStart ?? 0;
    const line = text.value.slice(0, at).lastIndexOf("\n") + 1;
    const end = text.value.indexOf("\n", at);
    const whole = text.value.slice(line, end < 0 ? undefined : end);
    if (!("Segmenter" in Intl)) return whole.trim();
    const parts = [...new Intl.Segmenter(source.value === "auto" ? undefined : source.value, { granularity: "sentence" }).segment(whole)];
    const here = parts.findLast((part) => part.index <= at - line) ?? parts[0];
    return (here?.segment ?? "").trim() || whole.trim();
  }

  async function translate() {
    if (!text.value.trim()) {
      cancel("translate");
      byId("translation").textContent = byId("source-note").textContent = byId("translation-note").textContent = "";
      byId("alternatives").hidden = true;
      return inside.hide();
    }
    try {
      const answer = await askJson("translate", "translate", { q: text.value, source: source.value, target: target.value, format: "text" });
      if (!answer) return;
      notice("");
      byId("translation").lang = target.value;
      byId("translation").textContent = answer.translatedText;
      const found = answer.detectedLanguage;
      byId("source-note").textContent = found ? `${names.get(found.language) ?? found.language}, ${Math.round(found.confidence)} % sure` : "";
      byId("translation-note").textContent = answer.pivotLanguage ? `By way of ${names.get(answer.pivotLanguage) ?? answer.pivotLanguage}` : "";
      await lookAtSentence(found?.language ?? source.value);
    } catch (error) {
      notice(error.message);
    }
  }

  async function lookAtSentence(from) {
    const direct = models.some((model) => model.source === from && model.target === target.value);
    const line = sentence();
    byId("alternatives").hidden = !direct;
    if (!direct || !line) return inside.hide();
    const ask = { text: line, source: from, target: target.value };
    const answer = await askJson("sentence", "v1/translate", { ...ask, beam: 5, n_best: 5, split: false });
    if (!answer) return;
    const [best, ...others] = answer.lines[0].translations;
    byId("alternatives").hidden = !others.length;
    byId("alternative-list").replaceChildren(...others.map((other) => element("li", { dir: "auto", lang: target.value }, other.text)));
    await inside.look({ ...ask, target_ids: best.ids });
  }

  const soon = afterPause(250, translate);
  const lookSoon = afterPause(400, () => lookAtSentence(source.value).catch((error) => notice(error.message)));
  text.addEventListener("input", soon);
  let last = "";
  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== text || source.value === "auto") return;
    const line = sentence();
    if (line !== last && byId("translation").textContent) lookSoon();
    last = line;
  });
  source.addEventListener("change", () => { targets(); translate(); });
  target.addEventListener("change", translate);
  byId("swap").addEventListener("click", () => {
    const [from, to] = [source.value, target.value];
    if (![...source.options].some((option) => option.value === to)) return;
    text.value = byId("translation").textContent || text.value;
    source.value = to;
    targets();
    if ([...target.options].some((option) => option.value === from)) target.value = from;
    translate();
  });
  byId("copy").addEventListener("click", () => navigator.clipboard?.writeText(byId("translation").textContent));
  return { show: translate };
}
