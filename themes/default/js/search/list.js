// Results as elements of a page. Whatever was found is text, never markup.
(function () {
  var search = window.dossier.search;

  search.say = function (start, word, values) {
    return start.words[word].replace(/\{(\w+)\}/g, function (whole, name) {
      var value = values[name];
      if (typeof value !== "number") return value === undefined ? whole : value;
      return value < 10000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, start.words.thousands);
    });
  };

  search.count = function (start, count) {
    return search.say(start, count === 1 ? "results_one" : "results", { count: count });
  };

  // What is told of words that had to be mended; nothing if there were none.
  search.mending = function (found) {
    if (found.mended.length === 0) return "";
    var from = found.mended.map(function (one) { return one.from; }).join(" ");
    var to = found.mended.map(function (one) { return one.to; }).join(" ");
    return search.say(found.start, "mended", { from: from, to: to });
  };

  search.make = function (tag, name, content) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    (Array.isArray(content) ? content : [content]).forEach(function (part) {
      if (part === undefined || part === null) return;
      if (typeof part === "string" || part instanceof Node) return element.append(part);
      element.append(part.mark ? search.make("mark", "", part.text) : part.text);
    });
    return element;
  };

  // What stands in a result: title, kind and date, the section, some words.
  search.parts = function (shown) {
    var record = shown.record;
    var head = search.make("span", "result-title", shown.title);
    head.dir = "auto";
    if (record.lang) head.lang = record.lang;
    var about = [record.kind, record.date].filter(Boolean).join(" · ");
    var parts = [search.make("span", "result-head", [head, about ? search.make("span", "result-about", about) : null])];
    if (shown.alias) parts.push(search.make("span", "result-alias", shown.alias));
    if (shown.section) parts.push(search.make("span", "result-section", shown.section));
    if (shown.excerpt.length > 0) {
      var excerpt = search.make("span", "result-excerpt", shown.excerpt);
      excerpt.dir = "auto";
      if (record.lang) excerpt.lang = record.lang;
      parts.push(excerpt);
    }
    return parts;
  };

  // Runs one query after another: of those that come while one is under way only the last.
  search.runner = function (run) {
    var isBusy = false;
    var next = null;
    return function start() {
      if (isBusy) {
        next = start;
        return;
      }
      isBusy = true;
      run().then(function () {
        isBusy = false;
        var again = next;
        next = null;
        if (again) again();
      });
    };
  };
})();
