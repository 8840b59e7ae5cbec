// What is drawn of long series: every number counts, but no more points than the screen has columns.

/// A mean that forgets: of about `window` updates, without a bias at the beginning. Skips what is not finite.
function smoothed(values, window) {
  if (window <= 1) return values;
  const result = new Float32Array(values.length), keep = 1 - 1 / window;
  let sum = 0, weight = 0;
  for (let i = 0; i < values.length; ++i) {
    if (Number.isFinite(values[i])) {
      sum = keep * sum + values[i];
      weight = keep * weight + 1;
    }
    result[i] = weight > 0 ? sum / weight : NaN;
  }
  return result;
}

/// Least, mean and greatest of the values in each column of pixels, between two entries.
function columns(series, from, to, column) {
  const result = [];
  let last = -1, entry = null;
  for (let i = from; i <= to; ++i) {
    const y = series.y[i];
    if (!Number.isFinite(y)) continue;
    const at = column(series.x[i]);
    if (Math.floor(at) !== last) {
      last = Math.floor(at);
      entry = { x: 0, least: y, greatest: y, sum: 0, count: 0 };
      result.push(entry);
    }
    entry.x += at;
    entry.least = Math.min(entry.least, y);
    entry.greatest = Math.max(entry.greatest, y);
    entry.sum += y;
    ++entry.count;
  }
  for (const e of result) e.x /= e.count;
  return result;
}

/// Round numbers between two ends, about `count` of them.
function ticks(least, greatest, count) {
  const rough = (greatest - least) / Math.max(count, 1);
  if (!(rough > 0)) return [least];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const result = [];
  for (let i = Math.ceil(least / step - 1e-9); i * step <= greatest + step * 1e-9; ++i) result.push(i * step);
  return result;
}

/// The same on a logarithmic scale: 1, 2, 5 of each power of ten, or the powers alone where they are many.
function logarithmicTicks(least, greatest) {
  const powers = Math.log10(greatest / least);
  if (powers < 0.7) return ticks(least, greatest, 4).filter((tick) => tick > 0);
  const factors = powers > 3 ? [1] : powers > 1.5 ? [1, 3] : [1, 2, 5];
  const result = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(greatest); ++power)
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= least * 0.999 && tick <= greatest * 1.001) result.push(tick);
    }
  return result;
}
