// Tables of entries can be sorted by each of their columns; without scripts they stand in the book's order.
(function () {
  var number = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: "base" });
  document.querySelectorAll("table.entries").forEach(function (table) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    if (rows.length < 3) return;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        table.querySelectorAll("[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        rows.slice().sort(function (a, b) {
          return compare(a.cells[column], b.cells[column], up ? 1 : -1);
        }).forEach(function (row) { body.appendChild(row); });
      });
    });
  });
  // What is not there comes last, whichever way the others go.
  function compare(a, b, way) {
    var x = key(a), y = key(b);
    if (x === "" || y === "") return (x === "") - (y === "");
    return way * (typeof x === "number" && typeof y === "number" ? x - y : number.compare(String(x), String(y)));
  }
  function key(cell) {
    if (cell.dataset.sort) return Number(cell.dataset.sort);
    return (cell.querySelector("a") || cell).textContent.trim();
  }
})();
