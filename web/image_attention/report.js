// What the program put into the page, and its maps as numbers.
const report = JSON.parse(document.getElementById("report").textContent);
const byId = (id) => document.getElementById(id);
const first = report.class_token ? 1 : 0, patches = report.grid * report.grid, rows = patches + first;

function weightsOf(map) {
  const bytes = atob(map.weights), weights = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; ++i) weights[i] = bytes.charCodeAt(i) * map.scale;
  return weights;
}
const layers = report.layers.map((heads) => heads.map(weightsOf));
const rollout = report.rollout ? weightsOf(report.rollout) : null;

function mean(maps) {
  const sum = new Float32Array(rows * rows);
  for (const map of maps) for (let i = 0; i < sum.length; ++i) sum[i] += map[i] / maps.length;
  return sum;
}
const means = layers.map(mean);

/// The map that is chosen: a layer's head, the mean of its heads (-1), or the rollout (layer -1).
const mapOf = (layer, head) => (layer < 0 ? rollout : head < 0 ? means[layer] : layers[layer][head]);

/// What a row draws from each patch; "mean" is what all rows do.
function drawn(map, query) {
  const result = new Float32Array(patches);
  for (let row = query === "mean" ? first : query, end = query === "mean" ? rows : query + 1, count = end - row; row < end; ++row)
    for (let i = 0; i < patches; ++i) result[i] += map[row * rows + first + i] / count;
  return result;
}
