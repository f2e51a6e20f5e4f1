// Marks in the contents of a page the section that is being read, or the one that was chosen.
(function () {
  var links = Array.prototype.slice.call(document.querySelectorAll(".contents a"));
  if (!links.length) return;
  var at = function (hash) { return document.getElementById(decodeURIComponent(hash.slice(1))); };
  var headings = links.map(function (link) { return at(link.hash); });
  var box = document.querySelector(".entry-ways");
  var list = document.querySelector(".contents");
  var chosen = null;
  var waiting = false;
  function mark() {
    waiting = false;
    var current = -1;
    headings.forEach(function (heading, i) {
      if (heading && heading.getBoundingClientRect().top < 120) current = i;
    });
    // What was chosen counts as long as it can be seen: the last sections of a page never reach its top.
    if (chosen) {
      var top = chosen.getBoundingClientRect().top;
      if (top >= 0 && top < innerHeight) current = Math.max(current, headings.indexOf(chosen));
      else chosen = null;
    }
    links.forEach(function (link, i) {
      if (i === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (current >= 0 && box && box.scrollHeight > box.clientHeight) {
      var frame = box.getBoundingClientRect();
      var link = links[current].getBoundingClientRect();
      if (link.top < frame.top + 24 || link.bottom > frame.bottom - 24) box.scrollTop += link.top - frame.top - frame.height / 3;
    }
  }
  function later() {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }
  function choose() {
    chosen = at(location.hash);
    later();
  }
  // What was called to choose from goes when a choice is made.
  list.addEventListener("click", function (event) {
    if (event.target.closest("a") && list.hidePopover && list.matches(":popover-open")) list.hidePopover();
  });
  addEventListener("scroll", later, { passive: true });
  addEventListener("hashchange", choose);
  choose();
})();
