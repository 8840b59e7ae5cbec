// The data, the command, the machine, the parts of the run.
const skips = { empty_source: "no source text", empty_target: "no target text", invalid: "not UTF-8", malformed: "damaged", too_long: "too long", unbalanced: "sides too unlike in length" };

function dataCard(title, counts, more) {
  const read = numberOr(counts.read), kept = numberOr(counts.kept);
  if (!isNumber(read) || !isNumber(kept)) {
    const all = Object.entries(counts).filter(([, value]) => isNumber(value) && value > 0);
    return all.length ? element("div", { class: "card" }, element("h3", {}, title), pairs(all.map(([name, value]) => [nameOf(name), short(value)]))) : null;
  }
  const known = ["read", "kept"], rows = [["kept", kept, "--curve-1"]];
  Object.entries(counts).filter(([name, value]) => !known.includes(name) && isNumber(value) && value > 0).forEach(([name, value], i) => rows.push([skips[name] ?? nameOf(name), value, ["--curve-3", "--curve-2", "--curve-4", "--curve-5"][i % 4]]));
  return element("div", { class: "card" }, element("h3", {}, title),
    element("p", { class: "big" }, whole(kept), element("small", {}, ` of ${whole(read)} pairs${read > 0 ? `, ${percent(kept / read)}` : ""}`)),
    element("div", { class: "stack", "aria-hidden": "true" }, ...rows.map(([, value, color]) => element("i", { style: `--color: var(${color}); flex-grow: ${value}` }))),
    element("ul", { class: "stack-names" }, ...rows.map(([name, value, color]) => element("li", { style: `--color: var(${color})` }, element("span", {}, name), element("b", {}, whole(value))))), more ?? "");
}

function showData() {
  const tokenCounts = objectOf(lastBegin.tokens), source = numberOr(tokenCounts.source), target = numberOr(tokenCounts.target), kept = numberOr(objectOf(lastBegin.training).kept);
  const tokens = isNumber(source) && pairs([["source tokens", short(source)], ["target tokens", short(target)], ["a pair", kept > 0 ? `${three(source / kept)} → ${three(target / kept)}` : "–"]], { class: "pairs inline" });
  const cards = [dataCard("Training", objectOf(lastBegin.training), tokens), dataCard("Validation", objectOf(lastBegin.validation))].filter(Boolean);
  byId("data-cards").append(...cards);
  byId("data").hidden = !cards.length;
}

function endOf(part, i) {
  const words = { limit: "reached its limit", reached: "as good as asked for", converged: "nothing got better", interrupted: "was stopped" };
  if (part.end) return words[part.end.reason] ?? String(part.end.reason);
  return i === parts.length - 1 && report.running ? "is running" : "ended without a word";
}

function showFacts() {
  const machine = objectOf(lastStart.machine), model = objectOf(lastBegin.model);
  // A flag and its value stay on one line.
  const first = textOf(objectOf(parts.find((part) => part.start.command)?.start).command) || "The log does not say.";
  byId("command").append(...first.split(/ (?=--)/).flatMap((words, i) => (i ? [" ", element("span", {}, words)] : [words])));
  byId("copy").addEventListener("click", async (event) => {
    try {
      await navigator.clipboard.writeText(byId("command").textContent);
      event.target.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(byId("command"));
    }
  });
  const card = (title, entries) => element("div", { class: "card" }, element("h3", {}, title), pairs(entries.filter(([, value]) => value !== undefined && value !== "")));
  const memory = numberOr(machine.memory_bytes);
  byId("fact-cards").append(
    card("Model", [["seed", runOptions.seed], ["parameters", whole(numberOr(lastBegin.parameters))], ...Object.entries(model).map(([name, value]) => [nameOf(name), value === null ? "none" : value])]),
    element("div", { class: "stacked" },
      card("Machine", [["processor", machine.processor], ["processors", isNumber(machine.allowed) ? `${machine.allowed} of ${machine.processors}` : undefined], ["threads", lastStart.threads], ["kernels", lastStart.kernels], ["memory", isNumber(memory) ? gibibytes(memory) : undefined], ["system", machine.system]]),
      card("Versions", Object.entries(objectOf(lastStart.versions)).length ? Object.entries(lastStart.versions) : [["heed", lastPart.heed]])),
  );
  byId("parts-hint").textContent = parts.length > 1 ? "Each time that the program was started." : "It was started once.";
  const head = ["began", "last heard of", "from update", "updates", "how it ended", "command"];
  byId("parts").append(...table(head, parts.map((part, i) => [moment(part.time), moment(part.last_time), whole(numberOr(part.begin.update)), whole(part.updates), endOf(part, i), element("code", {}, textOf(part.start.command))])).childNodes);
  const settings = Object.entries(runOptions);
  byId("options").hidden = !settings.length;
  byId("option-list").append(pairs(settings.map(([name, value]) => [nameOf(name), value === null ? "none" : typeof value === "object" ? JSON.stringify(value) : value === "" ? "–" : value])));
  showNotes();
  byId("made").textContent = `Made by heed ${report.heed} from the run's log.`;
}

function showNotes() {
  const most = 2000, all = report.incidents.filter((event) => event.event !== "end");
  const says = (event) => textOf(event.text) || `${nameOf(textOf(event.event))}: ${Object.entries(event).filter(([name]) => !["event", "time", "part"].includes(name)).map(([name, value]) => `${nameOf(name)} ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ")}`;
  byId("notes").hidden = !all.length;
  byId("note-list").append(...all.slice(-most).map((event) => element("li", {}, element("time", {}, moment(event.time)), element("span", {}, says(event)))));
  if (all.length > most) byId("note-list").prepend(element("li", {}, element("time", {}, ""), element("span", {}, `${whole(all.length - most)} earlier ones are in the log.`)));
}
