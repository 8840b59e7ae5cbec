// The run as the page is given it: columns of numbers, one entry an update, and events.
const report = JSON.parse(document.getElementById("report").textContent);

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
const floats = (name) => new Float32Array(bytesOf(report.updates[name]));
const updates = {
  update: new Int32Array(bytesOf(report.updates.update)),
  epoch: floats("epoch"),
  loss: floats("loss"),
  rate: floats("learning_rate"),
  gradient: floats("gradient_norm"),
  speed: floats("tokens_per_second"),
  seconds: floats("run_seconds"),
  memory: floats("resident_bytes"),
};

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const numberOr = (value, other = NaN) => (isNumber(value) ? value : other);
const listOf = (value) => (Array.isArray(value) ? value : []);
const objectOf = (value) => (value !== null && typeof value === "object" && !Array.isArray(value) ? value : {});

/// The last entry of a sorted list that is not above the value; -1: none.
function lastUpTo(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const measuresOf = (event) => Object.fromEntries(Object.entries(objectOf(objectOf(event).measures)).filter(([, value]) => isNumber(value)));
const validations = report.validations.map((event) => {
  const update = numberOr(event.update, 0), at = lastUpTo(updates.update, update);
  return {
    update, epoch: numberOr(event.epoch), measures: measuresOf(event), best: event.best === true,
    seconds: at >= 0 ? updates.seconds[at] : NaN, groups: listOf(event.by_length).map((group) => ({ ...objectOf(group), measures: measuresOf(group) })), samples: listOf(event.samples).map(objectOf),
  };
});
const parts = report.parts.map((part) => ({ ...part, start: objectOf(part.start), begin: objectOf(part.begin), end: part.end ? objectOf(part.end) : null }));
const lastPart = parts[parts.length - 1];
const lastBegin = objectOf((parts.findLast((part) => Object.keys(part.begin).length) ?? {}).begin);
const lastStart = objectOf((parts.findLast((part) => Object.keys(part.start).length) ?? {}).start);
const runOptions = objectOf(lastBegin.options);
// What losses are the mean over: a token, a text.
const lossUnit = typeof lastBegin.loss_unit === "string" ? `nats per ${lastBegin.loss_unit}` : "nats";

// Names and numbers for people.
const nameOf = (name) => name.replaceAll("_", " ");
const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const whole = (value) => (isNumber(value) ? plain.format(value) : "–");
const fixed = (digits) => (value) => (isNumber(value) ? value.toFixed(digits) : "–");
const bare = (digits) => (value) => (isNumber(value) ? String(Number(value.toFixed(digits))) : "–");
const percent = (share) => (isNumber(share) ? `${(100 * share).toFixed(share < 0.1 && share > 0 ? 2 : 1)} %` : "–");
function short(value) {
  if (!isNumber(value)) return "–";
  const size = Math.abs(value);
  for (const [unit, scale] of [["G", 1e9], ["M", 1e6], ["k", 1e3]])
    if (size >= scale * 0.9995) return `${three(value / scale)}${unit}`;
  return three(value);
}
const three = (value) => String(Number(value.toPrecision(3)));
const small = (value) => (!isNumber(value) ? "–" : value === 0 ? "0" : Math.abs(value) < 0.01 ? value.toExponential(1).replace("e-", "e−") : three(value));
const gibibytes = (value) => (!isNumber(value) ? "–" : value < 2 ** 20 ? `${three(value / 1024)} KiB` : value < 2 ** 30 ? `${three(value / 2 ** 20)} MiB` : `${three(value / 2 ** 30)} GiB`);
function duration(seconds) {
  if (!isNumber(seconds)) return "–";
  if (seconds < 60) return `${three(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
function moment(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "–";
  return date.toLocaleString("en-GB", { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
}
function finiteMedian(values) {
  const sorted = Float32Array.from(values.filter(Number.isFinite)).sort();
  return sorted.length ? sorted[sorted.length >> 1] : NaN;
}
