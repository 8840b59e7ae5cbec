// Charts that share one view of the run: the same stretch of it, the same moment pointed at.
const view = { axis: "update", from: 0, to: 1, at: null, charts: [] };

const axisValues = { update: { all: updates.update, of: (v) => v.update }, time: { all: updates.seconds, of: (v) => v.seconds } };
function wholeRange() {
  const all = axisValues[view.axis].all;
  const last = Math.max(all.length ? all[all.length - 1] : 1, ...validations.map(axisValues[view.axis].of).filter(Number.isFinite));
  return [view.axis === "update" ? Math.min(1, last) : 0, last > 0 ? last : 1];
}
function showRange(from, to) {
  const [least, greatest] = wholeRange();
  const width = Math.max(to - from, (greatest - least) / 5000);
  [view.from, view.to] = [Math.max(least, Math.min(from, greatest - width)), Math.min(greatest, Math.max(to, least + width))];
  byId("whole").hidden = view.from <= least && view.to >= greatest;
  redraw();
}
let redrawing = 0;
function redraw() {
  cancelAnimationFrame(redrawing);
  redrawing = requestAnimationFrame(() => view.charts.forEach((chart) => chart.draw()));
}
function pointAt(x) {
  view.at = x === null ? null : Math.max(view.from, Math.min(view.to, x));
  view.charts.forEach((chart) => chart.point());
}
const axisText = (x) => (view.axis === "update" ? `update ${whole(x)}` : duration(x));

class Chart {
  /// options: title, unit, format, height, logarithmic(), series() -> [{name, x, y, kind: "band"|"line"|"dots", color, hidden}]
  constructor(host, options) {
    this.options = options;
    this.legend = element("ul", { class: "legend" });
    this.readout = element("span", { class: "readout" });
    this.svg = drawing("svg", { class: "chart", tabindex: 0, role: "application", "aria-roledescription": "chart", "aria-label": options.title, "aria-describedby": "chart-hint" });
    host.append(element("div", { class: "card-title" }, element("h3", {}, options.title, element("small", {}, options.unit ?? "")), this.readout), this.legend, this.svg);
    view.charts.push(this);
    new ResizeObserver(() => this.draw()).observe(host);
    this.listen();
  }

  listen() {
    const position = (event) => this.value(event.clientX - this.svg.getBoundingClientRect().left);
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) this.dragged = [position(event), position(event)];
      pointAt(position(event));
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (this.dragged) {
        this.dragged[1] = position(event);
        this.svg.setPointerCapture(event.pointerId);
      }
      pointAt(position(event));
    });
    this.svg.addEventListener("pointerup", () => {
      const dragged = this.dragged;
      this.dragged = null;
      if (!dragged) return;
      const [from, to] = dragged.toSorted((a, b) => a - b);
      if (this.pixel(to) - this.pixel(from) > 8) showRange(from, to);
      else this.point();
    });
    this.svg.addEventListener("pointerleave", () => !this.dragged && document.activeElement !== this.svg && pointAt(null));
    this.svg.addEventListener("dblclick", () => showRange(...wholeRange()));
    this.svg.addEventListener("blur", () => pointAt(null));
    this.svg.addEventListener("keydown", (event) => {
      const width = view.to - view.from, at = view.at ?? (view.from + view.to) / 2;
      const step = (event.shiftKey ? 0.1 : 0.01) * width;
      const moves = { ArrowLeft: () => this.move(at - step), ArrowRight: () => this.move(at + step), Home: () => this.move(view.from), End: () => this.move(view.to),
        "+": () => showRange(at - width / 4, at + width / 4), "=": () => showRange(at - width / 4, at + width / 4), "-": () => showRange(at - width, at + width),
        0: () => showRange(...wholeRange()), Escape: () => pointAt(null) };
      if (!moves[event.key] || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      moves[event.key]();
    });
  }
  move(x) {
    pointAt(x);
    byId("announcement").textContent = `${axisText(view.at)}: ${this.words()}`;
  }

  pixel(x) { return this.left + ((x - view.from) / (view.to - view.from || 1)) * this.width; }
  value(pixel) { return view.from + ((pixel - this.left) / this.width) * (view.to - view.from); }
  height(y) {
    const [least, greatest] = this.range, scale = this.logarithmic ? Math.log : (v) => v;
    return this.bottom - ((scale(y) - scale(least)) / (scale(greatest) - scale(least))) * (this.bottom - this.top);
  }

  draw() {
    const box = this.svg.getBoundingClientRect();
    if (box.width < 40) return;
    [this.left, this.top, this.width, this.bottom] = [46, 8, box.width - 46 - 10, this.options.height - 24];
    this.svg.setAttribute("viewBox", `0 0 ${box.width} ${this.options.height}`);
    this.svg.style.height = `${this.options.height}px`;
    this.series = this.options.series().map((series) => ({ ...series, from: Math.max(lastUpTo(series.x, view.from - 1e-9), 0), to: Math.min(lastUpTo(series.x, view.to) + 1, series.x.length - 1) }));
    this.layers = this.series.map((series) => columns(series, series.from, series.to, (x) => this.pixel(x)));
    this.fit();
    this.svg.replaceChildren(this.grid(), this.marks(), ...this.series.map((series, i) => this.curve(series, this.layers[i])), (this.pointer = drawing("g")));
    const named = this.series.filter((series) => series.name && !series.quiet);
    this.legend.hidden = named.length < 2;
    this.legend.replaceChildren(...named.map((series) => element("li", { class: series.kind, style: `--color: var(${series.color})` }, series.name)));
    this.point();
  }

  fit() {
    let least = Infinity, greatest = -Infinity;
    for (const [i, layer] of this.layers.entries())
      for (const e of layer) {
        const mean = e.sum / e.count, band = this.series[i].kind === "band";
        // Rare spikes of the raw numbers may leave the picture; the curve does not.
        least = Math.min(least, band ? (e.least + mean) / 2 : e.least);
        greatest = Math.max(greatest, band ? (e.greatest + mean) / 2 : e.greatest);
      }
    this.empty = least > greatest;
    if (this.empty) [least, greatest] = [0, 1];
    this.logarithmic = Boolean(this.options.logarithmic?.()) && greatest > 0;
    if (this.logarithmic) {
      least = Math.max(least, greatest / 1e8);
      const margin = Math.max(Math.pow(greatest / least, 0.05), 1.02);
      this.range = [least / margin, greatest * margin];
      return;
    }
    if (this.options.fromZero) least = Math.min(least, 0);
    const margin = (greatest - least || Math.abs(greatest) || 1) * 0.06;
    this.range = [this.options.fromZero || (least >= 0 && least < margin) ? Math.min(0, least) : least - margin, greatest + margin];
  }

  grid() {
    const group = drawing("g", { class: "axes" }), right = this.left + this.width;
    const horizontal = this.logarithmic ? logarithmicTicks(...this.range) : ticks(...this.range, Math.max(2, this.options.height / 56));
    for (const tick of horizontal) {
      const y = this.height(tick);
      group.append(drawing("line", { x1: this.left, x2: right, y1: y, y2: y }), drawing("text", { x: this.left - 7, y: y + 4, class: "end" }, this.options.format(tick)));
    }
    const unit = view.axis === "update" ? 1 : view.to < 300 ? 1 : view.to < 3 * 3600 ? 60 : 3600;
    const name = { 1: " s", 60: " min", 3600: " h" }[unit];
    for (const tick of ticks(view.from / unit, view.to / unit, Math.max(2, this.width / 66))) {
      const x = this.pixel(tick * unit);
      if (x > right - 8 && x < right) continue;
      group.append(drawing("text", { x: Math.min(x, right - 4), y: this.bottom + 18, class: x > right - 18 ? "end" : "middle" }, view.axis === "update" ? short(tick) : `${three(tick)}${name}`));
    }
    if (this.empty) group.append(drawing("text", { x: (this.left + right) / 2, y: (this.top + this.bottom) / 2, class: "middle" }, "nothing in the log for this stretch"));
    return group;
  }
  /// Where the run was stopped and went on.
  marks() {
    const group = drawing("g", { class: "marks" });
    for (const part of parts.slice(1)) {
      const update = numberOr(part.begin.update, 0), at = lastUpTo(updates.update, update);
      const x = view.axis === "update" ? update : at >= 0 ? updates.seconds[at] : NaN;
      if (update > 0 && x > view.from && x < view.to) group.append(drawing("line", { x1: this.pixel(x), x2: this.pixel(x), y1: this.top, y2: this.bottom }, drawing("title", {}, `went on from update ${whole(update)}`)));
    }
    return group;
  }

  curve(series, layer) {
    const style = `--color: var(${series.color})`;
    const at = (y) => Math.max(this.top - 4, Math.min(this.bottom + 4, this.height(this.logarithmic ? Math.max(y, this.range[0]) : y))).toFixed(1);
    const group = drawing("g", { class: `curve ${series.kind}${layer.length > 40 ? " many" : ""}`, style, "clip-path": this.clip() });
    if (series.kind === "band") {
      const upper = layer.map((e) => `${e.x.toFixed(1)},${at(e.greatest)}`), lower = layer.map((e) => `${e.x.toFixed(1)},${at(e.least)}`);
      if (layer.length > 1) group.append(drawing("path", { d: `M${upper.join("L")}L${lower.reverse().join("L")}Z` }));
      return group;
    }
    if (layer.length > 1) group.append(drawing("path", { d: `M${layer.map((e) => `${e.x.toFixed(1)},${at(e.sum / e.count)}`).join("L")}` }));
    if (layer.length === 1 || (series.kind === "dots" && layer.length <= 80))
      for (const e of layer) group.append(drawing("circle", { cx: e.x.toFixed(1), cy: at(e.sum / e.count), r: layer.length > 40 ? 1.5 : 3 }));
    return group;
  }
  clip() { return `polygon(${this.left - 4}px 0, ${this.left + this.width + 5}px 0, ${this.left + this.width + 5}px ${this.bottom + 4}px, ${this.left - 4}px ${this.bottom + 4}px) view-box`; }

  /// The values of the curves at the moment pointed at.
  values() {
    return this.series.filter((series) => series.name && series.kind !== "band" && series.x.length).map((series) => {
      let i = Math.max(lastUpTo(series.x, view.at), 0);
      if (i + 1 < series.x.length && series.x[i + 1] - view.at < view.at - series.x[i]) ++i;
      return { series, x: series.x[i], y: series.y[i] };
    });
  }
  words() { return this.values().map(({ series, y }) => `${series.name} ${this.options.format(y)}`).join(", ") || "nothing"; }

  point() {
    if (!this.pointer) return;
    this.pointer.replaceChildren();
    if (view.at === null) return this.readout.replaceChildren();
    const x = this.pixel(view.at);
    if (this.dragged) {
      const [a, b] = this.dragged.map((end) => this.pixel(Math.max(view.from, Math.min(view.to, end))));
      this.pointer.append(drawing("rect", { class: "stretch", x: Math.min(a, b), width: Math.abs(b - a), y: this.top, height: this.bottom - this.top }));
    }
    this.pointer.append(drawing("line", { class: "pointer", x1: x, x2: x, y1: this.top, y2: this.bottom }));
    const values = this.values();
    for (const { series, x: at, y } of values)
      if (Number.isFinite(y) && at >= view.from && at <= view.to) this.pointer.append(drawing("circle", { cx: this.pixel(at), cy: this.height(y), r: 4.5, style: `--color: var(${series.color})`, class: "here" }));
    this.readout.replaceChildren(element("i", {}, axisText(view.at)), ...values.map(({ series, y }) => element("b", { style: `--color: var(${series.color})` }, this.options.format(y))));
  }
}
