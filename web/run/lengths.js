// The validation set by length.
const palette = ["--curve-4", "--curve-1", "--curve-2", "--curve-3", "--curve-5"];
const groupName = (group) => (group.from === group.to ? `${whole(group.from)} tokens` : `${whole(group.from)}–${whole(group.to)} tokens`);

function showLengths() {
  const grouped = validations.filter((v) => v.groups.length);
  if (!grouped.length) return (byId("lengths").hidden = true);
  const shown = grouped.findLast((v) => v.best) ?? grouped[grouped.length - 1];
  const names = Object.keys(shown.groups[0].measures);
  let measure = names[0];
  const chart = new Chart(byId("chart-lengths"), { title: "Over time", unit: "validation set", format: bare(1), height: 260, fromZero: true,
    series: () => grouped[grouped.length - 1].groups.map((group, i) => ({
      name: groupName(group), color: palette[i % palette.length], kind: "dots",
      x: grouped.map(axisValues[view.axis].of), y: grouped.map((v) => numberOr(v.groups[i]?.measures[measure])),
    })) });
  const draw = () => {
    const name = upperFirst(measureTitle(measure));
    byId("length-bars-title").textContent = `${name} at update ${whole(shown.update)}`;
    byId("length-bars-hint").textContent = `${shown.best ? "The best validation" : "The last validation"}; all examples together: ${fixed(1)(shown.measures[measure])}.`;
    const most = Math.max(...shown.groups.map((group) => numberOr(group.measures[measure], 0)), 0.1);
    byId("length-bars").replaceChildren(...shown.groups.map((group, i) =>
      element("div", { class: "bar-row", style: `--color: var(${palette[i % palette.length]}); --share: ${numberOr(group.measures[measure], 0) / most}` },
        element("span", {}, groupName(group), element("small", {}, `${whole(group.examples)} examples`)), element("i", { "aria-hidden": "true" }), element("b", {}, fixed(1)(group.measures[measure])))));
    chart.draw();
  };
  choice(byId("length-measure"), names.map((name) => [name, upperFirst(measureTitle(name))]), measure, (chosen) => {
    measure = chosen;
    draw();
  });
  draw();
}
