// A canvas of that many CSS pixels, sharp on any screen; its context draws in CSS pixels.
function sized(canvas, width, height) {
  // Browsers refuse canvases beyond about 16,000 pixels a side.
  const ratio = Math.min(devicePixelRatio || 1, 16000 / Math.max(width, height));
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

// A picture of a grid, one pixel a cell; share(row, column) is the place in the color table, NaN leaves a hole.
function picture(rows, columns, table, share) {
  const canvas = element("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let row = 0, to = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column, to += 4) {
      const place = share(row, column);
      if (place !== place) continue;
      const from = index(place);
      image.data[to] = table[from];
      image.data[to + 1] = table[from + 1];
      image.data[to + 2] = table[from + 2];
      image.data[to + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

const thumbnailCells = 80;

// A map small: of more cells than fit, the strongest of each block, so that a thin line does not fade.
function drawThumbnail(canvas, map) {
  const rows = Math.min(map.queries, thumbnailCells);
  const columns = Math.min(map.keys, thumbnailCells);
  const most = new Float32Array(rows * columns);
  for (let query = 0, from = 0; query < map.queries; ++query) {
    const row = Math.floor((query * rows) / map.queries) * columns;
    for (let key = 0; key < map.keys; ++key, ++from) {
      const to = row + Math.floor((key * columns) / map.keys);
      if (map.values[from] > most[to]) most[to] = map.values[from];
    }
  }
  const factor = map.scale * brightness(map);
  const small = picture(rows, columns, theme().weights, (row, column) => most[row * columns + column] * factor);
  canvas.width = columns;
  canvas.height = rows;
  canvas.getContext("2d").drawImage(small, 0, 0);
}

const font = (weight = 400) => `${weight} 12px ${css("--sans")}`;

// A heat map with tokens along both sides: lays itself out for the width it has, marks a cell, tells what is pointed at.
class LabeledMap {
  constructor(canvas) {
    this.canvas = canvas;
    this.base = element("canvas");
  }

  show(map, rows, columns, causal, available) {
    Object.assign(this, { map, rows, columns, causal });
    this.layOut(available);
    this.drawBase(sized(this.base, this.width, this.height));
    this.mark(-1, -1);
  }

  layOut(available) {
    const measure = element("canvas").getContext("2d");
    measure.font = font(600);
    const limit = available < 480 ? 84 : 120;
    this.fit = (text) => {
      if (measure.measureText(text).width <= limit) return text;
      let end = [...text];
      while (end.length && measure.measureText(`${end.join("")}…`).width > limit) end.pop();
      return `${end.join("")}…`;
    };
    this.rowNames = this.rows.map(this.fit);
    this.columnNames = this.columns.map(this.fit);
    const longest = (names) => Math.ceil(Math.max(0, ...names.map((name) => measure.measureText(name).width)));
    const column = longest(this.columnNames);
    this.left = longest(this.rowNames) + 10;
    // Slanted names read better where there is room for them to lean over the edge.
    this.slant = available < 480 || this.map.keys > 40 ? Math.PI / 2 : Math.PI / 3.2;
    const over = Math.ceil(column * Math.cos(this.slant)) + (this.slant < 1.5 ? 6 : 2);
    this.top = Math.ceil(column * Math.sin(this.slant)) + 14;
    const room = (available - this.left - over) / this.map.keys;
    // Long sentences get small cells and a scroll bar rather than no cells.
    this.cell = Math.max(this.map.keys > 200 ? 3 : this.map.keys > 80 ? 5 : 10, Math.min(46, room));
    if (this.cell >= 10) this.cell = Math.floor(this.cell);
    this.width = Math.ceil(this.left + this.cell * this.map.keys + over);
    this.height = Math.ceil(this.top + this.cell * this.map.queries + 2);
    this.every = Math.max(1, Math.ceil(13 / this.cell));
  }

  drawBase(context) {
    const { map, cell, left, top } = this;
    const factor = map.scale * brightness(map);
    const ahead = (query, key) => this.causal && key > query;
    context.fillStyle = css("--card");
    context.fillRect(0, 0, this.width, this.height);
    if (cell >= 10 && map.queries * map.keys <= 20000) {
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.font = `500 ${cell >= 38 ? 12 : 10.5}px ${css("--sans")}`;
      for (let query = 0; query < map.queries; ++query) {
        for (let key = 0; key < map.keys; ++key) {
          const [x, y] = [left + key * cell, top + query * cell];
          if (ahead(query, key)) continue;
          const share = map.values[query * map.keys + key] * factor;
          context.fillStyle = color(share);
          context.beginPath();
          context.roundRect(x + 0.5, y + 0.5, cell - 1, cell - 1, Math.min(4, cell / 7));
          context.fill();
          if (cell >= 30 && map.at(query, key) >= 0.095) {
            context.fillStyle = inkOn(share);
            context.fillText(Math.round(100 * map.at(query, key)), x + cell / 2, y + cell / 2 + 0.5);
          }
        }
      }
    } else {
      const cells = picture(map.queries, map.keys, theme().weights, (query, key) =>
        ahead(query, key) ? NaN : map.values[query * map.keys + key] * factor,
      );
      context.imageSmoothingEnabled = false;
      context.drawImage(cells, left, top, map.keys * cell, map.queries * cell);
    }
    context.fillStyle = css("--muted");
    for (let row = 0; row < map.queries; row += this.every) this.drawRowName(context, row, 400);
    for (let column = 0; column < map.keys; column += this.every) this.drawColumnName(context, column, 400);
  }

  drawRowName(context, row, weight) {
    context.font = font(weight);
    context.textAlign = "right";
    context.textBaseline = "middle";
    this.drawName(context, this.rowNames[row], this.left - 7, this.top + (row + 0.5) * this.cell + 0.5);
  }

  drawColumnName(context, column, weight) {
    context.save();
    context.font = font(weight);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.translate(this.left + (column + 0.5) * this.cell, this.top - 6);
    context.rotate(-this.slant);
    this.drawName(context, this.columnNames[column], 0, 0);
    context.restore();
  }

  // As token() writes it: the word-boundary mark faint.
  drawName(context, name, x, y) {
    const marked = name.startsWith("\u2581");
    const word = marked ? name.slice(1) : name;
    if (!marked) return context.fillText(word, x, y);
    const right = context.textAlign === "right";
    const shift = right ? -context.measureText(word).width : context.measureText("\u2581").width;
    context.fillText(word, right ? x : x + shift, y);
    context.save();
    context.globalAlpha *= 0.35;
    context.fillText("\u2581", right ? x + shift : x, y);
    context.restore();
  }

  // The map with one row and perhaps one of its cells marked; -1 marks none.
  mark(query, key) {
    const context = sized(this.canvas, this.width, this.height);
    context.drawImage(this.base, 0, 0, this.width, this.height);
    const { cell, left, top, map } = this;
    if (query < 0 || query >= map.queries) return;
    const clear = (x, y, width, height) => {
      context.fillStyle = css("--card");
      context.fillRect(x, y, width, height);
    };
    if (this.every > 1) clear(0, top + query * cell + cell / 2 - 9, left - 3, 18);
    context.strokeStyle = css("--accent");
    context.fillStyle = css("--accent");
    this.strongRowName(context, query);
    context.lineWidth = 1.5;
    context.globalAlpha = key < 0 ? 1 : 0.45;
    context.strokeRect(left - 1, top + query * cell - 0.5, cell * map.keys + 2, cell + 1);
    if (key < 0 || key >= map.keys) {
      context.globalAlpha = 1;
      return;
    }
    context.strokeRect(left + key * cell - 0.5, top - 1, cell + 1, cell * map.queries + 2);
    context.globalAlpha = 1;
    if (this.every > 1 && this.slant > 1.5) clear(left + key * cell + cell / 2 - 9, 0, 18, top - 2);
    this.strongColumnName(context, key);
    context.lineWidth = 2.5;
    context.beginPath();
    context.roundRect(left + key * cell - 1, top + query * cell - 1, cell + 2, cell + 2, Math.min(5, cell / 6));
    context.stroke();
  }

  strongRowName(context, row) {
    if (this.every === 1) {
      context.fillStyle = css("--card");
      context.fillRect(0, this.top + (row + 0.5) * this.cell - 8, this.left - 3, 16);
    }
    context.fillStyle = css("--accent");
    this.drawRowName(context, row, 600);
  }

  strongColumnName(context, column) {
    context.fillStyle = css("--accent");
    this.drawColumnName(context, column, 600);
  }

  // The cell under a pointer event, or null.
  cellAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const query = Math.floor((event.clientY - box.top - this.top) / this.cell);
    const key = Math.floor((event.clientX - box.left - this.left) / this.cell);
    const inside = query >= 0 && query < this.map.queries && key >= 0 && key < this.map.keys;
    return inside ? { query, key } : null;
  }
}
