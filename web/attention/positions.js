// The positional encoding as a heat map, and some of its dimensions as curves.
function makePositions() {
  const data = report.positional_encoding;
  byId("positions").hidden = !data;
  if (!data) return;
  const { positions, width, scale } = data;
  const values = new Int8Array(decoded(data.values).buffer);
  const at = (position, dimension) => values[position * width + dimension] * scale;
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value) * scale);
  most = most || 1;

  const map = byId("position-map");
  const curves = byId("curves");
  const [left, bottom, top, right] = [38, 34, 6, 10];
  const dimensions = [...new Set([0, 1 / 16, 1 / 8, 1 / 4].map((share) => Math.min(width - 1, Math.floor(share * width))))];
  const curveColors = ["--curve-1", "--curve-2", "--curve-3", "--curve-4"];
  const half = width >> 1;
  let apart = false;
  // The dimension drawn at a column, and the other way round: even ones (sines) left of odd ones when drawn apart.
  const dimensionAt = (column) => (!apart ? column : column < width - half ? 2 * column : 2 * (column - (width - half)) + 1);
  const columnOf = (dimension) => (!apart ? dimension : dimension % 2 ? width - half + (dimension >> 1) : dimension >> 1);
  let marked = null;
  let plot = null;

  const ticks = (count, room) => {
    const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000].find((each) => (count / each) * 44 <= room) || count;
    return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
  };

  function axes(context, box, columns, horizontal, vertical, places = ticks(columns, box.width)) {
    context.fillStyle = css("--muted");
    context.font = `400 11px ${css("--sans")}`;
    context.textBaseline = "top";
    context.textAlign = "center";
    for (const [tick, name] of places.map((place) => (Array.isArray(place) ? place : [place, place]))) context.fillText(name, box.x + ((tick + 0.5) * box.width) / columns, box.y + box.height + 5);
    context.fillText(horizontal, box.x + box.width / 2, box.y + box.height + 20);
    context.save();
    context.translate(9, box.y + box.height / 2);
    context.rotate(-Math.PI / 2);
    context.textBaseline = "middle";
    context.fillText(vertical, 0, 0);
    context.restore();
    context.textAlign = "right";
    context.textBaseline = "middle";
  }

  // Where columns are named, and how.
  function dimensionTicks() {
    if (!apart) return ticks(width, plot.width);
    const even = ticks(half, plot.width / 2);
    return [0, 1].flatMap((odd) => even.map((tick) => [tick + odd * (width - half), 2 * tick + odd]));
  }

  function drawMap() {
    const available = map.parentElement.clientWidth;
    const height = Math.round(Math.min(340, Math.max(180, positions * 7)));
    const context = sized(map, available, height + top + bottom);
    plot = { x: left, y: top, width: available - left - right, height };
    const cells = picture(positions, width, theme().signed, (position, column) => (at(position, dimensionAt(column)) / most + 1) / 2);
    // Enlarged, cells stay sharp; reduced, they must blend, or skipped columns would look like a pattern.
    context.imageSmoothingEnabled = width > plot.width || positions > height;
    context.imageSmoothingQuality = "high";
    context.drawImage(cells, plot.x, plot.y, plot.width, plot.height);
    axes(context, plot, width, apart ? "dimension: even ones (sines), then odd ones (cosines)" : "dimension", "position", dimensionTicks());
    for (const tick of ticks(positions, height * 1.8)) context.fillText(tick, plot.x - 5, plot.y + ((tick + 0.5) * height) / positions);
    dimensions.forEach((dimension, which) => {
      context.fillStyle = css(curveColors[which]);
      const x = plot.x + ((columnOf(dimension) + 0.5) * plot.width) / width;
      context.beginPath();
      context.moveTo(x, plot.y + height - 7);
      context.lineTo(x + 5, plot.y + height + 2);
      context.lineTo(x - 5, plot.y + height + 2);
      context.fill();
    });
    if (!marked) return;
    context.strokeStyle = css("--ink");
    context.lineWidth = 1.25;
    const x = plot.x + (columnOf(marked.dimension) * plot.width) / width;
    const y = plot.y + (marked.position * height) / positions;
    context.strokeRect(x - 0.5, plot.y, Math.max(2, plot.width / width) + 1, height);
    context.strokeRect(plot.x, y - 0.5, plot.width, height / positions + 1);
  }

  function drawCurves() {
    const available = curves.parentElement.clientWidth;
    const height = 230;
    const context = sized(curves, available, height + top + bottom);
    const box = { x: left, y: top, width: available - left - right, height };
    const y = (value) => box.y + (height * (1 - value / most)) / 2;
    context.strokeStyle = css("--line");
    context.lineWidth = 1;
    axes(context, box, positions, "position", "value");
    for (const value of [-most, 0, most]) {
      context.beginPath();
      context.moveTo(box.x, y(value));
      context.lineTo(box.x + box.width, y(value));
      context.stroke();
      context.fillText(number(value, most < 0.95 ? 2 : 0), box.x - 5, y(value) + (value > 0 ? 3 : value < 0 ? -3 : 0));
    }
    context.lineJoin = "round";
    const line = (dimension, ink, thickness) => {
      context.strokeStyle = css(ink);
      context.lineWidth = thickness;
      context.beginPath();
      for (let position = 0; position < positions; ++position) context.lineTo(box.x + ((position + 0.5) * box.width) / positions, y(at(position, dimension)));
      context.stroke();
      if (positions > 80) return;
      context.fillStyle = css(ink);
      for (let position = 0; position < positions; ++position) {
        context.beginPath();
        context.arc(box.x + ((position + 0.5) * box.width) / positions, y(at(position, dimension)), thickness + 0.6, 0, 7);
        context.fill();
      }
    };
    dimensions.forEach((dimension, which) => line(dimension, curveColors[which], 1.75));
    if (marked) line(marked.dimension, "--ink", 2.5);
    const names = dimensions.map((dimension, which) => [dimension, curveColors[which]]);
    if (marked && !dimensions.includes(marked.dimension)) names.push([marked.dimension, "--ink"]);
    byId("curve-names").replaceChildren(
      ...names.map(([dimension, ink]) => {
        const item = element("li", {}, `dimension ${dimension}`);
        item.style.setProperty("--swatch", `var(${ink})`);
        return item;
      }),
    );
  }

  function draw() {
    drawMap();
    drawCurves();
    drawLegend(byId("position-legend"), theme().signed);
    byId("position-readout").textContent = marked ? `position ${marked.position}, dimension ${marked.dimension}: ${number(at(marked.position, marked.dimension), 2)}` : "Point at the map to read its values.";
  }

  function mark(position, column) {
    const within = (value, count) => Math.min(count - 1, Math.max(0, value));
    marked = { position: within(position, positions), dimension: dimensionAt(within(column, width)) };
    draw();
  }

  map.addEventListener("pointermove", (event) => {
    const box = map.getBoundingClientRect();
    mark(Math.floor(((event.clientY - box.top - plot.y) * positions) / plot.height), Math.floor(((event.clientX - box.left - plot.x) * width) / plot.width));
  });
  map.addEventListener("pointerleave", () => {
    marked = null;
    draw();
  });
  map.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    if (marked) mark(marked.position + step[0], columnOf(marked.dimension) + step[1]);
    else mark(0, 0);
  });

  // The paper's encoding, in either order of its sines and cosines, or something else, learned?
  const paper = (sine, cosine) => {
    let off = 0;
    for (let position = 0; position < positions; ++position) {
      for (let i = 0; i < width >> 1; ++i) {
        const angle = position / 10000 ** ((2 * i) / width);
        off = Math.max(off, Math.abs(at(position, sine(i)) - Math.sin(angle)), Math.abs(at(position, cosine(i)) - Math.cos(angle)));
      }
    }
    return half > 0 && off < 0.03;
  };
  const interleaved = paper((i) => 2 * i, (i) => 2 * i + 1);
  const sinusoidal = interleaved || paper((i) => i, (i) => half + i);
  // Stored one beside the other, sines and cosines are hard on the eyes.
  apart = interleaved;
  byId("order-choice").hidden = !interleaved;
  byId("order").addEventListener("change", (event) => {
    apart = Boolean(event.target.value);
    draw();
  });
  byId("positions-kind").textContent = sinusoidal
    ? "These are the paper's sines and cosines: each pair of dimensions turns at its own speed, from one turn in about 6 positions to one in about 60,000."
    : "The paper uses sines and cosines of different wavelengths; this model has learned its own vectors.";
  byId("positions-least").textContent = `−${most.toFixed(most < 0.95 ? 2 : 0)}`;
  byId("positions-most").textContent = most.toFixed(most < 0.95 ? 2 : 0);
  map.setAttribute("aria-label", `Positional encoding, ${positions} positions by ${width} dimensions; arrow keys read values`);
  curves.setAttribute("aria-label", `Values of dimensions ${dimensions.join(", ")} at positions 0 to ${positions - 1}`);
  new ResizeObserver(draw).observe(map.parentElement);
  views.push((any) => any("theme") && draw());
}
