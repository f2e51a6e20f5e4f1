// Keeps a page of `dossier serve` as the book is, and shows what is wrong with it. The server puts this script into the
// pages that it serves; a built site has none of it.
//
// A page that has changed is loaded anew, for its own scripts begin with it; where the reader is, what is unfolded and
// what has the focus are noted before and set again before anything is drawn. Styles and pictures are changed in place.
(function () {
  var STYLE_TEXT = "STYLE";
  var script = document.currentScript;
  var root = document.documentElement;
  var base = new URL(script.src).origin;
  var note = "dossier-live:";
  var run = null;

  // ---- Where the reader is ----

  var BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, tr, dt, dd, pre, figure, blockquote, summary, svg";

  /** What an element is, for the same one in the page as it is after. */
  function mark(element) {
    if (element.id) return { id: element.id };
    var said = text(element);
    var same = all(element.localName).filter(function (other) { return text(other) === said; });
    return { name: element.localName, text: said, place: same.indexOf(element) };
  }

  function find(mark) {
    if (mark.id) return document.getElementById(mark.id);
    return all(mark.name).filter(function (other) { return text(other) === mark.text; })[mark.place] || null;
  }

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  function text(element) {
    if (element.localName === "details") return text(element.querySelector("summary") || element.firstElementChild || new Text());
    var said = element.textContent || element.getAttribute && (element.getAttribute("aria-label") || element.getAttribute("name")) || "";
    return said.replace(/\s+/g, " ").trim().slice(0, 200);
  }

  /** All that a reader has done to the page, as data. */
  function state() {
    var seen = [];
    if (scrollY > 0) {
      all(BLOCKS).some(function (block) {
        var box = block.getBoundingClientRect();
        if (box.height > 0 && box.bottom > 0 && box.top < innerHeight && text(block) && flows(block)) {
          seen.push({ mark: mark(block), top: box.top });
        }
        return seen.length >= 24;
      });
      // What begins on the screen is looked at, rather than what only ends there.
      seen.sort(function (a, b) { return (a.top < 0) - (b.top < 0) || a.top - b.top; });
    }
    var focus = document.activeElement;
    return {
      at: Date.now(),
      x: scrollX,
      y: scrollY,
      seen: seen,
      folds: all("details").map(function (fold) { return { mark: mark(fold), open: fold.open }; }),
      boxes: all("body *").filter(function (box) { return box.scrollTop > 0 || box.scrollLeft > 0; }).map(function (box) {
        return { mark: mark(box), x: box.scrollLeft, y: box.scrollTop };
      }),
      values: all("input, textarea, select").map(function (field) {
        return { mark: mark(field), value: field.value, checked: field.checked };
      }),
      popovers: all("[popover]").filter(function (box) {
        try { return box.matches(":popover-open"); } catch (e) { return false; }
      }).map(mark),
      focus: focus && focus !== document.body && focus !== host ? mark(focus) : null,
    };
  }

  /** Whether an element moves when the page is scrolled. */
  function flows(element) {
    for (; element && element !== root; element = element.parentElement) {
      var position = getComputedStyle(element).position;
      if (position === "sticky" || position === "fixed") return false;
    }
    return true;
  }

  function restore(kept) {
    each(kept.folds, function (fold, kept) { fold.open = kept.open; });
    each(kept.values, function (field, kept) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = kept.checked;
      else if (field.type !== "file" && field.value !== kept.value) {
        field.value = kept.value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
    kept.popovers.map(find).forEach(function (box) { if (box && box.showPopover) box.showPopover(); });
    var focus = kept.focus && find(kept.focus);
    if (focus) focus.focus({ preventScroll: true });
    each(kept.boxes, function (box, kept) { box.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }); });
    scroll(kept);
  }

  function each(list, change) {
    list.forEach(function (kept) {
      var element = find(kept.mark);
      if (element) change(element, kept);
    });
  }

  /** What the reader looked at comes to where it was on the screen, whatever has grown above it. */
  function scroll(kept) {
    var top = kept.y;
    kept.seen.some(function (seen) {
      var element = find(seen.mark);
      if (element) top = scrollY + element.getBoundingClientRect().top - seen.top;
      return element;
    });
    scrollTo({ left: kept.x, top: top, behavior: "instant" });
  }

  // ---- Loading anew ----

  function reload() {
    if (document.hidden) {
      waiting = true;
      return;
    }
    leaving = true;
    try {
      sessionStorage.setItem(note + location.pathname, JSON.stringify(state()));
      history.scrollRestoration = "manual";
    } catch (e) {}
    location.reload();
  }

  var leaving = false;
  var waiting = false;
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) return;
    if (waiting) reload();
    else if (!socket) connect();
  });

  (function () {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(note + location.pathname));
      sessionStorage.removeItem(note + location.pathname);
    } catch (e) {}
    if (!kept || Date.now() - kept.at > 20000) return;
    // Nothing is drawn before all is where it was; until then the browser leaves the old page on the screen.
    root.style.visibility = "hidden";
    var show = function () { root.style.removeProperty("visibility"); };
    var late = setTimeout(show, 1000);
    var moved = false;
    ["wheel", "touchmove", "keydown", "pointerdown"].forEach(function (what) {
      addEventListener(what, function () { moved = true; }, { passive: true, once: true });
    });
    document.addEventListener("DOMContentLoaded", function () {
      clearTimeout(late);
      show();
      restore(kept);
    });
    // Pictures have taken their room by then.
    addEventListener("load", function () {
      if (!moved) scroll(kept);
      requestAnimationFrame(function () {
        if (!moved) scroll(kept);
        history.scrollRestoration = "auto";
      });
    });
  })();

  // ---- What the server tells ----

  var socket = null;
  var pause = 200;
  var lost = null;

  function connect() {
    var scheme = location.protocol === "https:" ? "wss:" : "ws:";
    var mine = socket = new WebSocket(scheme + "//" + location.host + "/.dossier/socket");
    mine.onopen = function () {
      pause = 200;
      clearTimeout(lost);
      lost = null;
      say("lost", null);
      // What was edited meanwhile it has not heard of.
      if (searches) forget();
      mine.send(JSON.stringify({
        path: script.dataset.path,
        hash: script.dataset.hash,
        missing: "missing" in script.dataset,
        look: script.dataset.look,
        uses: uses(),
      }));
      if (searches) mine.send("\"search\"");
    };
    mine.onmessage = function (event) { hear(JSON.parse(event.data)); };
    mine.onclose = function () {
      if (socket === mine) socket = null;
      if (leaving) return;
      if (!lost) lost = setTimeout(function () { say("lost", "The server has stopped. This page waits for it."); }, 1500);
      setTimeout(function () { if (!socket && !leaving) connect(); }, pause);
      pause = Math.min(pause * 1.6, 5000);
    };
  }

  // Who searches has files of the index, which are other ones after an edit of any page.
  var searches = false;
  ["focusin", "input"].forEach(function (what) {
    document.addEventListener(what, function (event) {
      if (event.target.matches && event.target.matches("input[type=search]")) search();
    });
  });
  document.addEventListener("DOMContentLoaded", function () {
    var field = document.activeElement;
    if (document.querySelector("form.search-form") || (field && field.matches("input[type=search]"))) search();
  });

  function search() {
    if (searches) return;
    searches = true;
    if (socket && socket.readyState === 1) socket.send("\"search\"");
  }

  /** The search loads its files anew, and what a reader has asked for is asked again. */
  function forget() {
    var engine = window.dossier && window.dossier.search;
    if (engine && engine.forget) engine.forget();
  }

  /** The paths of what the page loads from the server. */
  function uses() {
    var found = {};
    all("link[rel~=stylesheet], script[src], img, source, video, audio, image, object, embed").forEach(function (element) {
      [element.src, element.href, element.data, element.poster, element.currentSrc].forEach(function (url) {
        url = url && url.baseVal !== undefined ? url.baseVal && new URL(url.baseVal, document.baseURI).href : url;
        if (typeof url !== "string" || url.indexOf(base + "/") !== 0 || url.indexOf(base + "/.dossier/") === 0) return;
        found[path(url)] = true;
      });
    });
    return Object.keys(found);
  }

  function path(url) {
    try { return decodeURIComponent(new URL(url).pathname.slice(1)); } catch (e) { return ""; }
  }

  function hear(news) {
    if (leaving) return;
    if (news.run) {
      // Another run of the server may have seen other pictures.
      if (run && run !== news.run) refresh(uses().filter(function (path) { return !/\.(css|js)$/.test(path); }));
      run = news.run;
    }
    if (news.reload) return reload();
    if (news.files) refresh(news.files);
    if (news.search) forget();
    if ("gone" in news) say("gone", news.gone ? "This page is no longer in the book. It stays here as it was." : null);
    if (news.problems) problems(news.problems);
  }

  /** Style sheets and pictures take the place of the old ones once they are there. */
  function refresh(paths) {
    var fresh = "?v=" + Date.now().toString(36);
    all("link[rel~=stylesheet]").forEach(function (link) {
      if (paths.indexOf(path(link.href)) < 0) return;
      var next = link.cloneNode();
      next.href = link.href.split("?")[0] + fresh;
      next.onload = next.onerror = function () { link.remove(); };
      link.after(next);
    });
    all("img").forEach(function (picture) {
      if (paths.indexOf(path(picture.currentSrc || picture.src)) < 0) return;
      var url = picture.src.split("?")[0] + fresh;
      var ahead = new Image();
      ahead.onload = function () {
        picture.removeAttribute("srcset");
        picture.src = url;
      };
      ahead.src = url;
    });
    all("svg image").forEach(function (picture) {
      if (paths.indexOf(path(new URL(picture.href.baseVal, document.baseURI).href)) < 0) return;
      picture.setAttribute("href", picture.href.baseVal.split("?")[0] + fresh);
    });
  }

  // ---- What is shown over the page ----
  // In a tree of its own, so that no theme breaks it and it breaks no theme.

  var host = null;
  var parts = {};
  var remarks = {};
  var told = { errors: 0, warnings: 0, findings: [] };
  var CLOSED = note + "closed";

  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }

  function build() {
    if (host) return;
    host = make("dossier-live");
    var tree = host.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE_TEXT);
    tree.adoptedStyleSheets = [sheet];
    parts.remarks = make("div", { class: "remarks", role: "status" });
    parts.chip = make("button", { class: "chip", type: "button", "aria-expanded": "false", "aria-controls": "panel", hidden: "" });
    parts.title = make("h2", { id: "title" });
    parts.close = make("button", { class: "close", type: "button", "aria-label": "Close", title: "Close (Esc)" }, [cross()]);
    parts.list = make("div", { class: "list", tabindex: "0", role: "group", "aria-labelledby": "title" });
    parts.panel = make("section", { class: "panel", id: "panel", "aria-labelledby": "title", hidden: "" }, [
      make("header", {}, [parts.title, parts.close]),
      parts.list,
    ]);
    // What comes here is read out once, and takes the focus from nobody.
    parts.voice = make("div", { class: "voice", role: "alert" });
    tree.append(parts.voice, make("div", { class: "corner" }, [parts.remarks, parts.panel, parts.chip]));
    parts.close.addEventListener("click", function () { fold(); });
    parts.chip.addEventListener("click", function () { parts.panel.hidden ? unfold(true) : fold(); });
    parts.panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      fold();
    });
    root.append(host);
  }

  function cross() {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    var line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", "M3.5 3.5l9 9m0-9l-9 9");
    svg.append(line);
    return svg;
  }

  /** What there is to say beside what is wrong: that the page is gone, or the server. */
  function say(about, text) {
    if (!text && !remarks[about]) return;
    remarks[about] = text;
    build();
    parts.remarks.replaceChildren();
    Object.keys(remarks).forEach(function (about) {
      if (remarks[about]) parts.remarks.append(make("p", { class: about }, [remarks[about]]));
    });
  }

  /** What tells these errors from others, so that those that were closed stay so. */
  function key(problems) {
    return JSON.stringify(problems.findings.filter(function (found) { return found.level === "error"; }).map(function (found) {
      return [found.rule, found.message, found.place && found.place.path];
    }));
  }

  function problems(now) {
    var before = told;
    told = now;
    if (!host && now.errors + now.warnings === 0) return;
    build();
    var mine = function (found) { return found.place && found.place.path === now.source ? 0 : 1; };
    var findings = now.findings.slice().sort(function (a, b) {
      return (a.level === "warning") - (b.level === "warning") || mine(a) - mine(b);
    });
    parts.list.replaceChildren.apply(parts.list, findings.map(card));
    var more = now.errors + now.warnings - findings.length;
    if (more > 0) parts.list.append(make("p", { class: "more" }, [more + " more in the terminal"]));
    var count = counted(now);
    parts.title.textContent = count;
    parts.chip.hidden = now.errors + now.warnings === 0;
    parts.chip.className = "chip " + (now.errors > 0 ? "error" : "warning");
    parts.chip.textContent = count;
    var closed = null;
    try { closed = sessionStorage.getItem(CLOSED); } catch (e) {}
    if (now.errors === 0) {
      parts.panel.classList.remove("error");
      parts.voice.textContent = before.errors > 0 ? "All errors are mended" : "";
      // Warnings that were being read stay on the screen.
      if (now.warnings === 0 || before.errors > 0) shut();
      return;
    }
    parts.panel.classList.add("error");
    if (closed !== key(now)) {
      unfold(false);
      if (key(before) !== key(now)) parts.voice.textContent = count + ". " + findings[0].message;
    }
  }

  function counted(problems) {
    var part = function (count, what) { return count > 0 ? count + " " + what + (count > 1 ? "s" : "") : null; };
    return [part(problems.errors, "error"), part(problems.warnings, "warning")].filter(Boolean).join(", ");
  }

  /** One finding. */
  function card(found) {
    var place = found.place;
    return make("article", { class: found.level }, [
      make("p", { class: "head" }, [
        make("span", { class: "level" }, [found.level]),
        found.rule ? make("code", { class: "rule" }, [found.rule]) : null,
        place ? where(place) : null,
      ]),
      make("p", { class: "message" }, [found.message]),
      place ? line(place) : null,
      make("div", { class: "after" }, (found.notes || []).map(function (note) {
        return make("div", {}, [
          make("p", { class: "note" }, [make("b", {}, ["note"]), " " + note.message + " ", note.place ? where(note.place) : null]),
          note.place ? line(note.place) : null,
        ]);
      }).concat(found.help ? [make("p", { class: "help" }, [make("b", {}, ["help"]), " " + found.help])] : [])),
    ]);
  }

  /** The place as an editor takes it; a click copies it. */
  function where(place) {
    var at = place.path + (place.line ? ":" + place.line + ":" + place.column : "");
    var button = make("button", { class: "where", type: "button", title: "Copy" }, [at]);
    button.addEventListener("click", function () {
      if (!navigator.clipboard) return;
      navigator.clipboard.writeText(at).then(function () {
        button.classList.add("copied");
        setTimeout(function () { button.classList.remove("copied"); }, 1200);
      });
    });
    return button;
  }

  function line(place) {
    if (!place.text || !place.text.join("").trim()) return null;
    var marked = place.text[1] || "\u200b";
    return make("pre", {}, [
      make("span", { class: "number", "aria-hidden": "true" }, [String(place.line)]),
      make("code", {}, [place.text[0], make("mark", place.text[1] ? {} : { class: "point" }, [marked]), place.text[2]]),
    ]);
  }

  function unfold(asked) {
    parts.panel.hidden = false;
    parts.chip.setAttribute("aria-expanded", "true");
    if (asked) {
      parts.close.focus();
      try { sessionStorage.removeItem(CLOSED); } catch (e) {}
    }
  }

  /** Closed by the reader. */
  function fold() {
    var inside = host.shadowRoot.activeElement && parts.panel.contains(host.shadowRoot.activeElement);
    try { sessionStorage.setItem(CLOSED, key(told)); } catch (e) {}
    shut();
    if (inside) parts.chip.focus();
  }

  function shut() {
    parts.panel.hidden = true;
    parts.chip.setAttribute("aria-expanded", "false");
  }

  // A page that comes back from the browser's store of pages left has no connection.
  addEventListener("pagehide", function () {
    leaving = true;
    if (socket) socket.close();
  });
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    leaving = false;
    if (!socket) connect();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", connect);
  else connect();
})();
