// Which tasks there are follows from the models that are served.
async function start() {
  const { data: models } = await askJson("models", "v1/models");
  const of = (task) => models.filter((model) => model.task === task);
  const inside = makeInside();
  const tasks = [];
  if (of("translation").length) {
    const languages = await askJson("languages", "languages");
    tasks.push(["translate", "Translate", makeTranslate(inside, languages, of("translation"))]);
  }
  if (of("text-generation").length) tasks.push(["complete", "Go on with text", makeComplete(inside, of("text-generation"))]);
  if (of("text-classification").length) tasks.push(["classify", "Classify", makeClassify(inside, of("text-classification"))]);

  const tabs = tasks.map(([id, name]) => element("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": id, onclick: () => show(id) }, name));
  function show(wanted) {
    tasks.forEach(([id, , task], i) => {
      byId(id).hidden = id !== wanted;
      tabs[i].setAttribute("aria-selected", String(id === wanted));
      tabs[i].tabIndex = id === wanted ? 0 : -1;
      if (id === wanted) task.show();
    });
  }
  byId("tasks").replaceChildren(...tabs);
  byId("tasks").hidden = tabs.length < 2;
  byId("tasks").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
  if (tasks.length) show(tasks[0][0]);
  else notice("No model is served that this page can use.");
}

start().catch((error) => notice(error.message));
