// Corpus text as it is, with what cannot be seen made visible: control characters, direction marks, spaces of no width.
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd\ufff9-\ufffb]/u;

function markName(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function shownText(text) {
  const shown = element("bdi", { dir: "auto" });
  if (!text) shown.append(element("span", { class: "empty" }, "empty"));
  for (const part of text.split(/([\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd\ufff9-\ufffb])/u))
    shown.append(invisible.test(part) ? element("span", { class: "mark", title: "a character that cannot be seen" }, markName(part)) : part);
  return shown;
}

function exampleList(examples) {
  return element(
    "ol",
    { class: "examples" },
    ...examples.map((example) =>
      element(
        "li",
        {},
        element("p", { class: "where" }, element("span", { class: example.dropped ? "dropped" : "flagged" }, example.dropped ? "dropped" : "flagged"), " ", element("bdi", {}, example.where)),
        element("p", { class: "text" }, shownText(example.source)),
        element("p", { class: "text" }, shownText(example.target)),
      ),
    ),
  );
}
