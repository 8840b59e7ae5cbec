// Puts the page together.
function showThemes() {
  choice(byId("theme"), [["", "Auto"], ["light", "Light"], ["dark", "Dark"]], "", (theme) => (document.documentElement.dataset.theme = theme));
}
showThemes();
showSummary();
showLearning();
showLengths();
showSamples();
showData();
showFacts();
