// Marks in the contents of a page the section that is being read.
(function () {
  var links = Array.prototype.slice.call(document.querySelectorAll(".contents a"));
  if (!links.length || !("IntersectionObserver" in window)) return;
  var headings = links
    .map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); })
    .filter(Boolean);
  function mark() {
    var current = headings.filter(function (heading) { return heading.getBoundingClientRect().top < 120; }).pop();
    links.forEach(function (link) {
      if (current && decodeURIComponent(link.hash.slice(1)) === current.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  var observer = new IntersectionObserver(mark, { rootMargin: "-110px 0px 0px 0px", threshold: [0, 1] });
  headings.forEach(function (heading) { observer.observe(heading); });
  mark();
})();
