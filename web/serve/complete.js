// A language model goes on with a text, token by token.
function makeComplete(inside, models) {
  byId("language-model").replaceChildren(...options(models.map((model) => [model.id, model.id])));
  let writing = false;

  async function write() {
    if (writing) return cancel("complete");
    const prompt = byId("prompt").value;
    const model = byId("language-model").value;
    writing = true;
    byId("write").textContent = "Stop";
    byId("written").replaceChildren(element("span", { class: "given" }, prompt));
    byId("written-note").textContent = "";
    inside.hide();
    let text = "";
    try {
      const answer = await ask("complete", "v1/completions", {
        model, prompt, stream: true, max_tokens: Number(byId("tokens").value),
        temperature: Number(byId("temperature").value), top_p: Number(byId("top-p").value),
      });
      for await (const event of answer ? events(answer) : []) {
        if (event.error) throw new Error(event.error.message);
        const choice = event.choices[0];
        if (!choice) continue;
        text += choice.text;
        byId("written").append(choice.text);
        if (choice.finish_reason) byId("written-note").textContent = choice.finish_reason === "length" ? "Ended at the number of tokens." : "Ended by itself.";
      }
    } catch (error) {
      if (error.name !== "AbortError") notice(error.message);
    }
    writing = false;
    byId("write").textContent = "Write";
    if (prompt + text) inside.look({ model, text: prompt + text }).catch((error) => { byId("written-note").textContent += ` No look inside: ${error.message}`; });
  }

  byId("write").addEventListener("click", write);
  byId("prompt").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) write();
  });
  return { show: () => inside.hide() };
}
