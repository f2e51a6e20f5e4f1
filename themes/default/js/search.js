// The search field of every page. What finds things is loaded when a reader first wants to search; without scripts the
// field leads to the search page, which says what to do.
(function () {
  var script = document.currentScript;
  if (!script) return;
  var search = (window.dossier.search = { root: script.src.replace(/theme\/site\.js.*$/, "") });
  var form = document.querySelector("form.site-search, form.search-form");
  if (!form) return;
  var input = form.querySelector("input[type=search]");
  var loading = null;
  function load() {
    loading = loading || new Promise(function (done, failed) {
      var engine = document.createElement("script");
      engine.src = search.root + "theme/search.js";
      engine.onload = done;
      engine.onerror = failed;
      document.head.append(engine);
    }).then(function () {
      return form.matches(".search-form") ? search.page(form) : search.field(form);
    }).catch(function () {
      loading = null;
      var status = document.querySelector(".search-status");
      if (status) status.textContent = form.dataset.failed;
    });
    return loading;
  }
  input.addEventListener("focus", load);
  input.addEventListener("input", load);
  if (form.matches(".search-form")) load();
  // A field that a reader had put something into before this ran.
  if (document.activeElement === input) load();
  addEventListener("keydown", function (event) {
    var isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    var isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
    var isK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if (!isSlash && !isK) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
