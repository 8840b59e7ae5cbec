// Where two files part, with the lines around the place.
function partText(part) {
  if (!part.related) return `From source line ${counted(part.source_line)} on, no target line near it seems to be the translation.`;
  if (part.shift === 0) return `From source line ${counted(part.source_line)} on, line n belongs to line n.`;
  const side = part.shift > 0 ? "further down" : "further up";
  return `From source line ${counted(part.source_line)} on, translations stand ${plural(Math.abs(part.shift), "line")} ${side} in the target.`;
}

function showAlignment() {
  const alignment = report.alignment;
  byId("alignment").hidden = !alignment;
  if (!alignment) return;
  const card = byId("alignment-card");
  const lines = `${alignment.source} has ${plural(alignment.source_lines, "line")}, ${alignment.target} has ${counted(alignment.target_lines)}.`;
  if (!alignment.first_line) {
    card.append(element("p", {}, lines, " They run side by side from the first line to the last."));
    return;
  }
  card.append(element("p", {}, lines), element("ul", {}, ...alignment.parts.filter((part, i) => i || part.shift || !part.related).slice(0, 20).map((part) => element("li", {}, partText(part)))));
  const rows = alignment.around.map((line) => [counted(line.line), shownText(line.source), shownText(line.target)]);
  const shown = table(["line", "source", "target"], rows);
  for (const [i, row] of [...shown.tBodies[0].rows].entries()) if (alignment.around[i].line >= alignment.first_line) row.classList.add("apart");
  card.append(element("div", { class: "around" }, shown), element("p", { class: "quiet" }, "Marked lines stand beside lines that do not belong to them, as far as lengths, numbers, punctuation and shared words tell. Look for a missing, doubled or split line just there."));
}
