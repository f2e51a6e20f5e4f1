// The field in the header: results below it as they are typed for, by the pattern of an editable combobox with a list
// (WAI-ARIA Authoring Practices 1.2).
(function () {
  var search = window.dossier.search;
  // How many results are shown below the field.
  var SHOWN = 7;
  // How many letters of each are: two lines.
  var LENGTH = 120;

  search.field = function (form) {
    var input = form.querySelector("input[type=search]");
    var list = search.make("div", "search-list");
    list.id = ":results";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.results);
    var note = search.make("p", "search-note");
    var panel = search.make("div", "search-panel", [note, list]);
    panel.hidden = true;
    // It scrolls, and is no stop of its own for who goes by keyboard.
    panel.tabIndex = -1;
    // It is there before it says anything, so that readers' software listens.
    var status = search.make("p", "unseen");
    status.setAttribute("role", "status");
    form.append(panel, status);
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": ":results", "aria-autocomplete": "list", "aria-haspopup": "listbox" })
      .forEach(function (pair) { input.setAttribute(pair[0], pair[1]); });
    var active = -1;
    var asked = null;

    function open(isOpen) {
      panel.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen && list.childElementCount > 0));
      if (!isOpen) choose(-1);
    }

    function choose(place) {
      var options = list.children;
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = place;
      if (!options[place]) return input.removeAttribute("aria-activedescendant");
      options[place].setAttribute("aria-selected", "true");
      options[place].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[place].id);
    }

    function tell(text, told) {
      note.textContent = text;
      note.hidden = text === "";
      status.textContent = told;
    }

    function option(shown, place) {
      var link = search.make("a", "result", search.parts(shown));
      link.href = search.root + shown.url;
      link.id = ":result-" + place;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      return link;
    }

    function address() {
      return form.action.replace(/[?#].*$/, "") + "?q=" + encodeURIComponent(input.value.trim());
    }

    var run = search.runner(async function () {
      var text = input.value;
      if (text.trim() === "") {
        asked = text;
        list.replaceChildren();
        tell("", "");
        return open(false);
      }
      if (text === asked) return open(document.activeElement === input);
      try {
        var found = await search.find(text);
        var shown = await search.show(found, 0, SHOWN, LENGTH);
        if (input.value !== text) return;
        asked = text;
        choose(-1);
        var options = shown.map(option);
        if (found.total > shown.length) {
          var more = search.make("a", "result result-all", search.say(found.start, "all", { count: found.total }));
          more.href = address();
          more.id = ":result-all";
          more.tabIndex = -1;
          more.setAttribute("role", "option");
          more.setAttribute("aria-selected", "false");
          options.push(more);
        }
        list.replaceChildren.apply(list, options);
        list.scrollTop = 0;
        var mending = search.mending(found);
        var none = search.say(found.start, "none", { query: text.trim() });
        tell(shown.length === 0 ? none : mending, shown.length === 0 ? none : [mending, search.count(found.start, found.total)].filter(Boolean).join(" "));
      } catch (error) {
        console.warn(error);
        asked = null;
        list.replaceChildren();
        tell(form.dataset.failed, form.dataset.failed);
      }
      open(document.activeElement === input);
    });

    search.forgotten.push(function () {
      asked = null;
      if (document.activeElement === input) run();
    });
    input.addEventListener("input", function () {
      // What was chosen was chosen for another query.
      choose(-1);
      run();
    });
    input.addEventListener("focus", run);
    input.addEventListener("keydown", function (event) {
      var count = list.childElementCount;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (count === 0) return;
        event.preventDefault();
        if (panel.hidden) open(true);
        var step = event.key === "ArrowDown" ? 1 : -1;
        // Before the first and behind the last is the field itself.
        choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter") {
        if (panel.hidden || !list.children[active]) return;
        event.preventDefault();
        list.children[active].click();
      } else if (event.key === "Escape") {
        if (!panel.hidden) open(false);
        else if (input.value) {
          input.value = "";
          run();
        } else input.blur();
        event.preventDefault();
      }
    });
    form.addEventListener("focusout", function (event) {
      if (!form.contains(event.relatedTarget)) open(false);
    });
    // A press on a result must not take the focus away before it is a click.
    panel.addEventListener("mousedown", function (event) { event.preventDefault(); });
    // A link to a heading of this very page leads nowhere else.
    list.addEventListener("click", function () { setTimeout(function () { open(false); }); });
    form.addEventListener("submit", function (event) {
      if (input.value.trim() === "") event.preventDefault();
    });
    // What every query needs is there before the first letter is typed.
    search.ready("").catch(function (error) { console.warn(error); });
    if (document.activeElement === input) run();
  };
})();
