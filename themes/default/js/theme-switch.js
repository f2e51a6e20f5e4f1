// The button that switches between light and dark. Without scripts it stays hidden and the
// system's own choice holds; switched back to what the system says, a page follows it again.
(function () {
  var button = document.querySelector(".theme-switch");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    var root = document.documentElement;
    var system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    var now = root.dataset.theme || system;
    var next = now === "dark" ? "light" : "dark";
    window.dossier.setTheme(next === system ? null : next);
  });
})();
