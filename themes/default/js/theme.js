// Sets the chosen theme before the page is drawn, so that dark does not flash. The choice is
// kept under the book's own key: in local storage, and on file:// in a cookie too, because
// there Firefox gives each file a storage of its own.
(function () {
  var root = document.documentElement;
  // An old address: on to the new one, with what follows the #, which a refresh would lose.
  if (root.dataset.moved) location.replace(root.dataset.moved + location.search + location.hash);
  // An address that asks for something: a search page begins with its answer.
  if (location.search) root.dataset.asked = "";
  var key = "dossier-theme:" + root.dataset.book;
  function read() {
    try {
      var stored = localStorage.getItem(key);
      if (stored) return stored;
    } catch (e) {}
    try {
      var name = encodeURIComponent(key) + "=";
      var parts = document.cookie.split("; ");
      for (var i = 0; i < parts.length; i++) {
        if (parts[i].indexOf(name) === 0) return parts[i].slice(name.length);
      }
    } catch (e) {}
    return null;
  }
  function write(theme) {
    try {
      if (theme) localStorage.setItem(key, theme);
      else localStorage.removeItem(key);
    } catch (e) {}
    if (location.protocol === "file:") {
      var age = theme ? 31536000 : 0;
      try { document.cookie = encodeURIComponent(key) + "=" + (theme || "") + "; path=/; max-age=" + age + "; samesite=lax"; } catch (e) {}
    }
  }
  var theme = read();
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  // Null follows the system.
  window.dossier = {
    setTheme: function (theme) {
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      write(theme);
    },
  };
})();
