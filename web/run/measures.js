// What the validations of a run measure, whatever its task is.
const knownMeasures = {
  loss: { title: "loss", digits: 4 },
  perplexity: { title: "perplexity", digits: 2 },
  bits_per_byte: { title: "bits per byte", digits: 4 },
  bleu: { title: "BLEU", digits: 2 },
  chrf: { title: "chrF", digits: 2 },
  exact_match: { title: "exactly right", digits: 1, unit: " %" },
  accuracy: { title: "accuracy", digits: 2, unit: " %" },
};
const knownOf = (name) => knownMeasures[name] ?? { title: nameOf(name), digits: 4 };
const measureTitle = (name) => knownOf(name).title;
/// A value as people read it, with fewer digits where there is little room.
const measured = (name, value, digits = knownOf(name).digits) => (isNumber(value) ? fixed(digits)(value) + (knownOf(name).unit ?? "") : "–");

/// Those of a run, in the order of the log; losses beside them.
const measureNames = [...new Set(validations.flatMap((v) => Object.keys(v.measures)))];
const lossNames = ["loss", "perplexity"];
const qualityNames = measureNames.filter((name) => !lossNames.includes(name));
/// What is shown first: how good the results are if that is measured, or else the loss.
const headlineNames = [...qualityNames.filter((name) => name !== "exact_match" && name !== "bits_per_byte"), ...["loss", ...lossNames, "bits_per_byte"].filter((name) => measureNames.includes(name))].filter((name, i, all) => all.indexOf(name) === i).slice(0, 2);
const measureCurves = ["--curve-2", "--curve-4", "--curve-3", "--curve-5"];
