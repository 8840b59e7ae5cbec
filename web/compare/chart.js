// Lines over a common axis, as an inline drawing with a table that says the same.

function roundTicks(least, most, wanted) {
  const raw = (most - least) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) * power;
  const ticks = [];
  for (let at = Math.ceil(least / step) * step; at <= most + step / 1e6; at += step) ticks.push(Number(at.toPrecision(6)));
  return ticks;
}

function powerTicks(least, most) {
  const first = Math.floor(Math.log10(least)), last = Math.ceil(Math.log10(most));
  const step = Math.max(1, Math.ceil((last - first) / 6));
  const ticks = [];
  for (let power = first; power <= last; power += step) ticks.push(10 ** power);
  return ticks;
}

function scaleOf(values, from, to, logarithmic, wanted) {
  let least = Math.min(...values), most = Math.max(...values);
  const ticks = logarithmic ? powerTicks(least, most) : roundTicks(least, most, wanted);
  if (logarithmic) [least, most] = [Math.min(least, ticks[0]), Math.max(most, ticks.at(-1))];
  const turn = logarithmic ? Math.log10 : (x) => x;
  const span = turn(most) - turn(least) || 1;
  return { ticks, at: (value) => from + ((turn(value) - turn(least)) / span) * (to - from) };
}

const shortNumber = (value) => {
  if (value !== 0 && (Math.abs(value) < 0.01 || Math.abs(value) >= 1e5)) return value.toExponential(0).replace("e", "·10^").replace("+", "");
  return String(Number(value.toPrecision(4)));
};

// 10 to a power, the power raised.
function tickLabel(value, attributes, logarithmic) {
  if (!logarithmic || (value >= 0.01 && value <= 1000)) return drawing("text", attributes, shortNumber(value));
  return drawing("text", attributes, "10", drawing("tspan", { dy: "-0.45em", "font-size": "0.75em" }, String(Math.round(Math.log10(value)))));
}

// figure: { title, text, x, y, logarithmic, ticks: [[at, name]], series: [{ name, look, points: [[x, y]] }], label }
function lineChart(place, figure) {
  const series = figure.series.map((one) => ({ ...one, points: one.points.filter(([, y]) => Number.isFinite(y) && (!figure.logarithmic || y > 0)) }));
  const all = series.flatMap((one) => one.points);
  const title = element("h3", {}, figure.title);
  if (!all.length) return place.replaceChildren(title, element("p", { class: "hint" }, "No numbers to draw."));
  const width = Math.max(280, Math.min(place.clientWidth - 40 || 600, 1100)), height = Math.round(Math.min(360, Math.max(250, width * 0.55)));
  const left = 46, right = 14, top = 12, bottom = 42;
  const aside = figure.ticks ? 30 : 0; // room for the names under the first and the last point
  const x = scaleOf(all.map(([at]) => at), left + aside, width - right - aside, false, width < 500 ? 5 : 9);
  const y = scaleOf(all.map(([, at]) => at).concat(figure.from ?? []), height - bottom, top, figure.logarithmic, 5);
  const svg = drawing("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": figure.label });
  const axes = drawing("g", { class: "axes" });
  for (const tick of y.ticks) {
    axes.append(drawing("line", { x1: left, x2: width - right, y1: y.at(tick), y2: y.at(tick) }));
    axes.append(tickLabel(tick, { x: left - 8, y: y.at(tick) + 4, class: "end" }, figure.logarithmic));
  }
  for (const [at, name] of figure.ticks ?? x.ticks.map((tick) => [tick, shortNumber(tick)]))
    axes.append(drawing("text", { x: x.at(at), y: height - bottom + 18, class: "middle" }, name));
  axes.append(drawing("text", { x: (left + width - right) / 2, y: height - 4, class: "middle name" }, figure.x));
  svg.append(axes);
  for (const { look, points } of series) {
    const path = drawing("path", { class: "curve", d: points.map(([at, value], i) => `${i ? "L" : "M"}${x.at(at).toFixed(1)} ${y.at(value).toFixed(1)}`).join("") });
    path.style.setProperty("--color", look.color);
    svg.append(path);
    const every = Math.max(1, Math.ceil(points.length / 8));
    points.forEach(([at, value], i) => i % every === 0 || i === points.length - 1 ? svg.append(mark(look, x.at(at), y.at(value), 3.5)) : 0);
  }
  const named = new Map(figure.ticks ?? []);
  const columns = [...new Set(all.map(([at]) => at))].sort((a, b) => a - b);
  const rows = columns.map((at) => [named.get(at) ?? shortNumber(at), ...series.map((one) => {
    const found = one.points.find(([other]) => other === at);
    return found ? (figure.logarithmic ? found[1].toPrecision(3) : shortNumber(found[1])) : "";
  })]);
  place.replaceChildren(
    title,
    element("p", { class: "hint" }, figure.text),
    svg,
    legend(series),
    element("details", {}, element("summary", {}, "As a table"), element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": figure.title }, table([figure.x, ...series.map((one) => one.name)], rows))),
  );
}

// Two bars for each model.
function pairBars(place, rows, names) {
  const most = Math.max(...rows.flatMap((row) => row.values), 1e-9);
  const bar = (value, kind) => {
    const drawn = element("span", { class: `fill ${kind}`, "aria-hidden": "true" });
    drawn.style.setProperty("--share", value / most);
    return element("span", { class: "bar-row" }, drawn, element("span", { class: "value" }, element("span", { class: "visually-hidden" }, `${names[kind === "first" ? 0 : 1]}: `), value.toFixed(2)));
  };
  place.replaceChildren(
    element("p", { class: "keys" }, element("span", { class: "key first" }, names[0]), element("span", { class: "key second" }, names[1])),
    element("ul", { class: "pairs" }, rows.map((row) => {
      const item = element("li", {}, element("span", { class: "name" }, row.name), element("span", { class: "both" }, bar(row.values[0], "first"), bar(row.values[1], "second")), element("span", { class: "note" }, row.note));
      item.style.setProperty("--color", row.look.color);
      return item;
    })),
  );
}
