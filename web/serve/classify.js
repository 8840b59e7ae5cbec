// The classes of a text, while somebody types it.
function makeClassify(inside, models) {
  byId("classifier").replaceChildren(...options(models.map((model) => [model.id, model.id])));

  async function classify() {
    const text = byId("class-text").value;
    if (!text.trim()) return byId("classes").replaceChildren();
    try {
      const answer = await askJson("classify", "v1/classify", { model: byId("classifier").value, text });
      if (!answer) return;
      notice("");
      byId("classes").replaceChildren(...bars(answer.results[0].classes.slice(0, 20).map((one, i) => [one.label, one.probability, i === 0])));
    } catch (error) {
      notice(error.message);
    }
  }

  byId("class-text").addEventListener("input", afterPause(200, classify));
  byId("classifier").addEventListener("change", classify);
  return { show: () => { inside.hide(); classify(); } };
}
