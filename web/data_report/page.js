// The summary, what deserves a look first, and the rest in its order.
function showHeader() {
  const { read, kept, dropped, flagged } = report.pairs;
  document.title = `${report.title}: data report`;
  byId("title").append(element("bdi", {}, report.title));
  const figures = [["pairs read", read, ""], ["kept", kept, "kept"], ["of these flagged", flagged, "flagged"], ["dropped", dropped, "dropped"]];
  byId("figures").append(...figures.map(([name, count, kind]) => element("div", {}, element("dt", {}, name), element("dd", { class: kind }, counted(count), name === "pairs read" ? "" : element("small", {}, percent(count, read))))));
  byId("share").setAttribute("aria-label", `${percent(kept, read)} kept, ${percent(dropped, read)} dropped`);
  for (const [kind, count] of [["kept", kept - flagged], ["flagged", flagged], ["dropped", dropped]]) {
    const part = element("span", { class: kind });
    part.style.flexGrow = count;
    if (count) byId("share").append(part);
  }
}

function mainLanguage(side) {
  const all = side.languages.reduce((sum, language) => sum + language.passages, 0);
  const first = side.languages[0];
  return first?.code && first.passages * 2 > all ? first.code : "";
}

// Each is one thing to do, the gravest first.
function findings() {
  const list = [];
  const add = (weight, target, ...text) => list.push({ weight, item: element("li", { class: weight >= 2 ? "grave" : "" }, element("a", { href: `#${target}` }, ...text)) });
  const { read, dropped } = report.pairs;
  const alignment = report.alignment;
  if (alignment && alignment.source_lines !== alignment.target_lines) add(3, "alignment", `The files have ${counted(alignment.source_lines)} and ${counted(alignment.target_lines)} lines: training refuses them.`);
  if (alignment?.first_line) add(3, "alignment", `The files drift apart at line ${counted(alignment.first_line)}.`);
  for (const set of report.overlaps) {
    if (set.seen_pairs) add(2, "overlap", `${percent(set.seen_pairs, set.pairs)} of the pairs of `, element("bdi", {}, set.name), " are in the training corpus too.");
    else if (set.seen_sources * 50 > set.pairs) add(1, "overlap", `${percent(set.seen_sources, set.pairs)} of the sources of `, element("bdi", {}, set.name), " are in the training corpus too.");
  }
  const language = mainLanguage(report.source);
  if (language && language === mainLanguage(report.target)) add(2, "languages", `Both sides look like the same language, “${language}”.`);
  fluencyFindings(add);
  for (const filter of report.filters) {
    if (!found(filter)) continue;
    const share = (found(filter) / read) * 100;
    const weight = filter.dropped && share >= 5 ? 2 : filter.dropped ? 1 : share >= 2 ? 0.5 : 0;
    if (weight) add(weight + Math.min(share, 99) / 1000, `filter-${filter.name}`, `${plural(found(filter), "pair")} (${percent(found(filter), read)}): ${filter.title}.`);
  }
  if (!list.length) return [element("li", { class: "fine" }, read ? `Nothing: no pair is dropped, and few are worth a look.` : "The corpus has no pairs.")];
  if (!dropped) list.push({ weight: -1, item: element("li", { class: "fine" }, "No pair is dropped.") });
  return list.sort((a, b) => b.weight - a.weight).map((finding) => finding.item);
}

// A link into closed details opens them.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

showHeader();
showReading();
showFilters();
byId("findings-list").append(...findings());
showAlignment();
showOverlaps();
histogramChart(byId("source-lengths"), report.source.lengths, { ...inCharacters, of: "Lengths of source texts" });
histogramChart(byId("target-lengths"), report.target.lengths, { ...inCharacters, of: "Lengths of target texts" });
histogramChart(byId("ratios"), report.ratios, { ...asRatio, of: "Length of the target to that of the source" });
for (const side of ["source", "target"]) {
  const place = byId(`${side}-languages`);
  shareBars(place, report[side].scripts.map((script) => [script.name, script.letters, `${plural(script.letters, "letter")}, most in ${plural(script.texts, "text")}`]), "No letters.");
  place.append(element("h4", {}, "Language of passages"));
  shareBars(place, report[side].languages.map((language) => [language.code || "not told", language.passages, plural(language.passages, "passage")]), "No passage was long enough.");
}
showFluency();
byId("settings-table").append(table(["option", "value"], Object.entries(report.settings).map(([name, value]) => [`--${name.replaceAll("_", "-")}`, value === "" ? "not given" : String(value)])));
byId("made").textContent = `Made by heed ${report.heed}. This page needs no network and sends nothing.`;
addEventListener("hashchange", openTarget);
byId("findings-list").addEventListener("click", () => setTimeout(openTarget));
openTarget();
