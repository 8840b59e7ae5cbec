// One perceptual color map, even steps of lightness in OKLab (Ottosson 2020), read from its paper end on a light page
// and from its ink end on a dark one: nothing always looks like the background, all always stands out most.
const darkTheme = matchMedia("(prefers-color-scheme: dark)");

function srgb(lightness, chroma, hue) {
  const angle = (hue * Math.PI) / 180;
  for (let c = chroma; ; c *= 0.94) {
    const a = c * Math.cos(angle);
    const b = c * Math.sin(angle);
    const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ];
    // Less chroma until the color is one that a screen can show.
    if (c < 0.002 || linear.every((x) => x >= -0.0005 && x <= 1.0005)) {
      return linear.map((x) => {
        const y = Math.min(1, Math.max(0, x));
        return Math.round(255 * (y <= 0.0031308 ? 12.92 * y : 1.055 * y ** (1 / 2.4) - 0.055));
      });
    }
  }
}

const steps = 256;

// Stops are [place, lightness, chroma, hue]; hue is given unwrapped, so that it runs the way that is meant.
function gradient(stops) {
  const table = new Uint8Array(3 * steps);
  for (let i = 0; i < steps; ++i) {
    const place = i / (steps - 1);
    let next = 1;
    while (next < stops.length - 1 && stops[next][0] < place) ++next;
    const [from, to] = [stops[next - 1], stops[next]];
    const share = (place - from[0]) / (to[0] - from[0]);
    table.set(srgb(...[1, 2, 3].map((part) => from[part] + share * (to[part] - from[part]))), 3 * i);
  }
  return table;
}

const light = {
  weights: gradient([
    [0, 0.975, 0.008, 95], [0.14, 0.87, 0.085, 80], [0.32, 0.74, 0.15, 48], [0.52, 0.59, 0.19, 18],
    [0.72, 0.44, 0.17, -25], [0.88, 0.32, 0.13, -60], [1, 0.23, 0.08, -75],
  ]),
  signed: gradient([[0, 0.42, 0.15, 265], [0.25, 0.68, 0.12, 245], [0.499, 0.975, 0, 245], [0.501, 0.975, 0, 58], [0.75, 0.72, 0.14, 52], [1, 0.45, 0.15, 35]]),
};
const dark = {
  weights: gradient([
    [0, 0.235, 0.018, -80], [0.14, 0.33, 0.1, -68], [0.32, 0.45, 0.165, -35], [0.52, 0.6, 0.19, 8],
    [0.72, 0.745, 0.16, 45], [0.88, 0.87, 0.12, 78], [1, 0.965, 0.06, 98],
  ]),
  signed: gradient([[0, 0.86, 0.09, 225], [0.25, 0.56, 0.14, 250], [0.499, 0.235, 0.01, 265], [0.501, 0.235, 0.01, 30], [0.75, 0.58, 0.15, 40], [1, 0.87, 0.11, 75]]),
};

const theme = () => (darkTheme.matches ? dark : light);
const index = (share) => 3 * Math.min(steps - 1, Math.max(0, Math.round(share * (steps - 1))));

function color(share, table = theme().weights) {
  const i = index(share);
  return `rgb(${table[i]} ${table[i + 1]} ${table[i + 2]})`;
}

// Black or white, whichever reads better on the color of that share.
function inkOn(share) {
  const i = index(share);
  const [r, g, b] = [0, 1, 2].map((part) => (theme().weights[i + part] / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.19 ? "#17141f" : "#ffffff";
}

// A canvas wants the one color of the two that is in force.
const css = (name) =>
  getComputedStyle(document.documentElement)
    .getPropertyValue(name)
    .trim()
    .replace(/^light-dark\((.+), (.+)\)$/, darkTheme.matches ? "$2" : "$1");

function drawLegend(canvas, table) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(steps, 1);
  for (let i = 0; i < steps; ++i) image.data.set([table[3 * i], table[3 * i + 1], table[3 * i + 2], 255], 4 * i);
  context.putImageData(image, 0, 0);
}
