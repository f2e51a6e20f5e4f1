// Tables of entries can be sorted by each of their columns; without scripts they stand in the book's order. How they are
// sorted stands in the address, as `?sort=-date`, so that it stays and can be shared.
(function () {
  var text = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: "base" });
  document.querySelectorAll("table.entries").forEach(function (table) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    if (rows.length < 3) return;
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var name = parameter(table);
    heads.forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      enclose();
      // Browsers leave buttons out of a heading that paper repeats.
      addEventListener("beforeprint", function () { button.replaceWith.apply(button, button.childNodes); });
      addEventListener("afterprint", enclose);
      // Up, down, and as the book has it.
      button.addEventListener("click", function () {
        var is = head.getAttribute("aria-sort");
        var by = is === "descending" ? "" : (is ? "-" : "") + head.dataset.column;
        sort(by);
        keep(name, by);
      });

      function enclose() {
        button.append.apply(button, head.childNodes);
        head.appendChild(button);
      }
    });
    sort(new URLSearchParams(location.search).get(name) || "");

    // Sorts by a column, behind a minus from its end; by one that is not there, as the book does.
    function sort(by) {
      var way = by.charAt(0) === "-" ? -1 : 1;
      var column = heads.findIndex(function (head) { return head.dataset.column === (way < 0 ? by.slice(1) : by); });
      heads.forEach(function (head, place) {
        if (place !== column) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", way < 0 ? "descending" : "ascending");
      });
      var sorted = rows.slice();
      if (column >= 0) {
        var keys = new Map(rows.map(function (row) { return [row, key(row.cells[column])]; }));
        sorted.sort(function (a, b) { return compare(keys.get(a), keys.get(b), way); });
      }
      sorted.forEach(function (row) { body.appendChild(row); });
    }
  });

  // What a table's sorting is called in the address: tables of groups have names of their own.
  function parameter(table) {
    var group = table.closest("section[aria-labelledby]");
    return "sort" + (group ? group.getAttribute("aria-labelledby").replace(/^:group/, "") : "");
  }

  function keep(name, by) {
    var said = new URLSearchParams(location.search);
    if (by) said.set(name, by);
    else said.delete(name);
    var query = said.toString();
    try { history.replaceState(history.state, "", location.pathname + (query ? "?" + query : "") + location.hash); } catch (error) { console.warn(error); }
  }

  // What a cell is sorted by: its place where its values have an order of their own, else its text.
  function key(cell) {
    if (cell.dataset.sort) return Number(cell.dataset.sort);
    return (cell.querySelector("a") || cell).textContent.trim();
  }

  // What is not there comes last, whichever way the others go, and what has no place among those that have one.
  function compare(x, y, way) {
    if (x === "" || y === "") return (x === "") - (y === "");
    if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
    return way * (typeof x === "number" ? x - y : text.compare(x, y));
  }
})();
