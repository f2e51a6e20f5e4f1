// The search page: its address says what is looked for, so that it can be shared.
(function () {
  var search = window.dossier.search;
  // How many results come at a time.
  var SHOWN = 10;
  // How many letters are quoted of each.
  var LENGTH = 220;
  // How many who comes back finds again, at most.
  var MOST_SHOWN = 200;

  search.page = async function (form) {
    var input = form.querySelector("input[type=search]");
    var page = form.closest("article");
    var list = page.querySelector(".results");
    var status = page.querySelector(".search-status");
    var more = page.querySelector(".search-more");
    var fields = Array.from(form.elements).filter(function (field) { return field.name; });
    var found = null;
    var asked = null;
    // The query whose results are shown.
    var listed = null;
    // Where a reader was who comes back to this page, or loads it anew: the query, how many results, and how far down.
    var left = history.state && history.state.results;

    function read() {
      var said = new URLSearchParams(location.search);
      fields.forEach(function (field) {
        var value = said.get(field.name) || "";
        // What is not offered can be asked for all the same.
        if (field.options && value && !Array.from(field.options).some(function (option) { return option.value === value; })) {
          field.append(new Option(value, value));
          show(field.name, true);
        }
        field.value = value;
      });
    }

    function said() {
      var parts = new URLSearchParams();
      fields.forEach(function (field) {
        var value = field.value.trim();
        if (value) parts.set(field.name, value);
      });
      return parts.toString();
    }

    var keeping = 0;
    var title = document.title;
    function keep() {
      clearTimeout(keeping);
      var query = said();
      // Of results that are still on their way it is not known where a reader will be.
      var state = listed === query && !left ? { results: { query: query, shown: list.childElementCount, top: scrollY } } : history.state;
      // Browsers refuse too many of these in a row.
      try { history.replaceState(state, "", location.pathname + (query ? "?" + query : "") + location.hash); } catch (error) { console.warn(error); }
      document.title = input.value.trim() ? input.value.trim() + " – " + title : title;
    }
    function keepSoon() {
      clearTimeout(keeping);
      keeping = setTimeout(keep, 250);
    }
    list.addEventListener("click", keep);
    addEventListener("scroll", keepSoon, { passive: true });

    // Where nothing is asked for, the page shows where to begin.
    function begin(isShown) {
      document.documentElement.toggleAttribute("data-asked", !isShown);
    }

    function tell() {
      status.textContent = [search.mending(found), search.count(found.start, found.total)].filter(Boolean).join(" ");
    }

    function item(shown) {
      var link = search.make("a", "result", search.parts(shown));
      link.href = search.root + shown.url;
      return search.make("li", "", link);
    }

    // Adds the next results; how many there are in all is known better the more were looked at.
    async function add() {
      var wanted = found;
      more.disabled = true;
      try {
        var shown = await search.show(wanted, list.childElementCount, SHOWN, LENGTH);
        if (found !== wanted) return;
        list.append.apply(list, shown.map(item));
        more.hidden = list.childElementCount >= found.total || shown.length === 0;
        keepSoon();
        tell();
      } catch (error) {
        console.warn(error);
        status.textContent = form.dataset.failed;
      } finally {
        more.disabled = false;
      }
    }

    // Shows as many results as there were, page by page, for each is put in order by itself.
    async function comeBack() {
      var before = left;
      if (before && before.query === listed) {
        var wanted = Math.min(before.shown, MOST_SHOWN);
        // Who types or turns the wheel meanwhile is somewhere else already.
        for (var count = 0; left === before && list.childElementCount > count; ) {
          count = list.childElementCount;
          if (count >= wanted || more.hidden) break;
          await add();
        }
        if (left === before) scrollTo(0, before.top);
      }
      left = null;
      keepSoon();
    }
    ["input", "wheel", "touchmove", "keydown"].forEach(function (type) {
      addEventListener(type, function () { left = null; }, { passive: true });
    });

    var run = search.runner(async function () {
      var query = said();
      if (query === asked) {
        left = null;
        return;
      }
      asked = query;
      keepSoon();
      try {
        var filters = {};
        fields.forEach(function (field) { filters[field.name] = field.type === "number" ? Number(field.value) : field.value; });
        var next = await search.find(input.value, filters);
        var shown = await search.show(next, 0, SHOWN, LENGTH);
        if (said() !== query) return;
        found = next;
        listed = query;
        list.replaceChildren.apply(list, shown.map(item));
        begin(query === "");
        more.hidden = found.total <= shown.length;
        if (query === "") status.textContent = "";
        else if (shown.length === 0) status.textContent = search.say(found.start, "none", { query: input.value.trim() });
        else tell();
        await comeBack();
      } catch (error) {
        console.warn(error);
        asked = listed = null;
        list.replaceChildren();
        begin(true);
        more.hidden = true;
        status.textContent = form.dataset.failed;
      }
    });

    function show(name, isShown) {
      form.querySelectorAll('[data-filter="' + name + '"]').forEach(function (filter) { filter.hidden = !isShown; });
    }

    search.forgotten.push(function () {
      asked = null;
      run();
    });
    form.addEventListener("input", run);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      run();
    });
    more.addEventListener("click", async function () {
      var last = list.lastElementChild;
      await add();
      var next = last && last.nextElementSibling;
      if (next) next.querySelector("a").focus();
    });
    // The arrows go from the field to the results and through them.
    page.addEventListener("keydown", function (event) {
      if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      var links = Array.from(list.querySelectorAll("a"));
      var place = links.indexOf(document.activeElement);
      if (place < 0 && document.activeElement !== input) return;
      event.preventDefault();
      var next = place + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? input : links[Math.min(next, links.length - 1)] || input).focus();
    });
    addEventListener("popstate", function (event) {
      left = event.state && event.state.results;
      read();
      run();
    });
    read();
    run();
    if (input.value === "") input.focus();
  };
})();
