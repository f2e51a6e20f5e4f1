// A button at each block of code that copies it.
(function () {
  var words = document.documentElement.dataset;
  if (!navigator.clipboard) return;
  document.querySelectorAll("pre.code").forEach(function (block) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(block.textContent).then(function () {
        button.textContent = words.copied;
        setTimeout(function () { button.textContent = words.copy; }, 2000);
      });
    });
    // Beside the block, not in it, so that it stays where it is when long lines are scrolled.
    var frame = document.createElement("div");
    frame.className = "code-frame";
    block.replaceWith(frame);
    frame.append(block, button);
  });
})();
