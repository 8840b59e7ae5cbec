// Each filter that found something opens to its advice and examples, those that drop most first.
const found = (filter) => filter.dropped + filter.flagged;
const setting = (filter) => (["invalid", "empty"].includes(filter.name) ? "always on" : `--filter-${filter.name} ${filter.action}`);

function filterCard(filter) {
  const counts = element("span", { class: "counts" });
  if (filter.dropped) counts.append(element("span", { class: "dropped" }, `${counted(filter.dropped)} dropped`));
  if (filter.flagged) counts.append(element("span", { class: "flagged" }, `${counted(filter.flagged)} flagged`));
  const summary = element("summary", {}, element("span", { class: "name" }, filter.title), counts);
  const facts = [`${percent(found(filter), report.pairs.read)} of all pairs.`];
  if (filter.dropped_alone < filter.dropped) facts.push(`${counted(filter.dropped_alone)} of the dropped would be kept by every other filter.`);
  const card = element(
    "details",
    { class: "card filter", id: `filter-${filter.name}` },
    summary,
    element("p", {}, filter.advice),
    element("p", { class: "quiet" }, facts.join(" "), " ", element("code", {}, setting(filter))),
    exampleList(filter.examples),
  );
  if (found(filter) > filter.examples.length) card.append(element("p", { class: "quiet" }, `${filter.examples.length} of ${counted(found(filter))}, chosen at random.`));
  return card;
}

function showFilters() {
  const order = report.filters.filter(found).sort((a, b) => b.dropped - a.dropped || b.flagged - a.flagged);
  byId("filter-list").append(...order.map(filterCard));
  const silent = report.filters.filter((filter) => !found(filter)).map((filter) => filter.name);
  if (silent.length) byId("silent").textContent = `Found nothing: ${silent.join(", ")}.`;
  const off = Object.entries(report.settings).filter(([, value]) => value === "off").map(([name]) => name);
  if (off.length) byId("silent").append(` Switched off: ${off.join(", ")}.`);
}

// What readers left out, such as fuzzy entries: the figures above do not count it.
function showReading() {
  const { skipped, other_files: files, first_other_file: first } = report.reading;
  const items = skipped.map(({ why, pairs }) => element("li", {}, `${plural(pairs, "pair")}: ${why}`));
  if (files) items.push(element("li", {}, `${plural(files, "file")} without pairs, first `, element("bdi", {}, first)));
  byId("reading").hidden = !items.length;
  byId("reading").append(element("ul", {}, ...items));
}

function showOverlaps() {
  byId("overlap").hidden = !report.overlaps.length;
  for (const set of report.overlaps) {
    const card = element("div", { class: "card" }, element("h3", {}, element("bdi", {}, set.name)));
    const rows = [["pairs", set.seen_pairs], ["source texts", set.seen_sources], ["target texts", set.seen_targets]];
    card.append(table([`of its ${counted(set.pairs)}`, "in training too", ""], rows.map(([name, count]) => [name, counted(count), percent(count, set.pairs)])));
    if (set.examples.length) card.append(element("details", {}, element("summary", {}, "Training pairs that are in it"), exampleList(set.examples.map((example) => ({ ...example, dropped: report.settings.filter_overlap === "drop" })))));
    byId("overlap-list").append(card);
  }
}
