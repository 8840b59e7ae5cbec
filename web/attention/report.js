// What heed wrote: tokens as they are, weights as bytes that are decoded when first looked at.
const report = JSON.parse(document.getElementById("report").textContent);

function decoded(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

// Sentences of more tokens than this get rows that scroll, and no lines, which would cross whole screens.
const manyTokens = 60;

// A model that writes nothing has tokens of one kind.
const sourceToken = report.target_tokens.length ? "source token" : "token";

const kinds = {
  encoder: {
    name: "Encoder self-attention",
    shortName: "Encoder",
    queries: report.source_tokens,
    keys: report.source_tokens,
    self: true,
    queryWords: `${sourceToken} that looks`,
    keyWords: `${sourceToken} it looks at`,
    explanation:
      "Every token of the text looks at all of them, before and after it, so that its vector comes to mean the word in this sentence (§\u00a03.2.3).",
  },
  decoder: {
    name: "Decoder self-attention",
    shortName: "Decoder",
    queries: report.target_inputs,
    keys: report.target_inputs,
    self: true,
    causal: true,
    queryWords: "target token that looks",
    keyWords: "target token it looks at",
    explanation:
      "The decoder reads what it has written so far and looks back at it, never ahead: the causal mask leaves the upper right half empty (§\u00a03.2.3). Its input starts with a begin mark, so each row goes on to write the next row's token.",
  },
  cross: {
    name: "Encoder-decoder attention",
    shortName: "Encoder-decoder",
    queries: report.target_tokens,
    keys: report.source_tokens,
    self: false,
    queryWords: "target token being written",
    keyWords: "source token it looks at",
    explanation:
      "While it writes each target token, the decoder looks at the encoded source sentence (§\u00a03.2.3). In translation the picture often resembles a word alignment.",
  },
};

const kept = new Map();

// The map of a head, or of the mean of a layer's heads when head is "mean".
function attentionMap(kind, layer, head) {
  const name = `${kind} ${layer} ${head}`;
  if (!kept.has(name)) {
    const heads = report.attention[kind][layer];
    if (head === "mean") {
      kept.set(name, AttentionMap.mean(heads.map((_, index) => attentionMap(kind, layer, index))));
    } else {
      const { queries, keys, scale, weights } = heads[head];
      kept.set(name, new AttentionMap(queries, keys, decoded(weights), scale));
    }
  }
  return kept.get(name);
}

const hasMaps = (kind) => report.attention[kind].some((heads) => heads.some((map) => map.queries && map.keys));

// What is looked at now. Views are told which parts of it changed.
const state = { kind: "", layer: 0, head: "mean", stretch: false, query: -1, key: -1, pinned: -1 };
const views = [];

function change(parts) {
  const changed = Object.keys(parts).filter((name) => state[name] !== parts[name]);
  if (!changed.length) return;
  Object.assign(state, parts);
  const any = (...names) => names.some((name) => changed.includes(name));
  for (const view of views) view(any);
}

const shownMap = () => attentionMap(state.kind, state.layer, state.head);
const brightness = (map) => (state.stretch ? 1 / (map.largest || 1) : 1);

const byId = (id) => document.getElementById(id);
// With a real minus sign; infinities as such.
const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : String(value).replace("Infinity", "∞")).replace("-", "−");
const percent = (share) => {
  const value = 100 * share;
  return `${value >= 9.95 || value < 0.05 ? Math.round(value) : value.toFixed(1)} %`;
};

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A token as text of its own direction, the word-boundary mark of its piece made faint.
function token(piece) {
  const made = element("bdi", { class: "piece" });
  const parts = String(piece).split("\u2581");
  parts.forEach((part, index) => {
    if (index) made.append(element("span", { class: "boundary" }, "\u2581"));
    made.append(part);
  });
  return made;
}

// Right to left where most letters are: the first token is often a mark that says nothing about it.
function direction(tokens) {
  const text = tokens.join("");
  const count = (letters) => (text.match(letters) || []).length;
  const rightToLeft = count(/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu);
  return 2 * rightToLeft > count(/\p{L}/gu) ? "rtl" : "ltr";
}

const headName = (layer, head) => `Layer ${layer + 1}, ${head === "mean" ? "mean of its heads" : `head ${head + 1}`}`;
