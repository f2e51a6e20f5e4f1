// The index: which files it has, and what stands in those that were loaded. It comes as scripts that call the functions
// here, for a page opened from disk can load nothing else.
(function () {
  var search = window.dossier.search;
  var FORMAT = 5;
  var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var VALUES = new Uint8Array(128);
  for (var i = 0; i < 64; i++) VALUES[LETTERS.charCodeAt(i)] = i;
  // What each file has said, and who waits for it.
  var said = new Map();
  var waiting = new Map();
  var started = null;
  search.loaded = [];

  function hear(file, what) {
    said.set(file, what);
  }
  search.start = function (start) { hear("start", start); };
  search.terms = function (name, bits, text) { hear("t-" + name, { bits: bits, lines: lines(text) }); };
  search.spellings = function (name, bits, text) { hear("s-" + name, { bits: bits, lines: lines(text) }); };
  search.records = function (number, bits, deflated) { hear("r-" + number.toString(16), { bits: bits, deflated: deflated }); };

  // Forgets all files, to load them past a browser's cache; answers whether it has not done so before.
  var stamp = "";
  var isRenewed = false;
  search.renew = function () {
    if (isRenewed) return false;
    stamp = "?" + Date.now();
    [said, waiting, inflated, records].forEach(function (known) { known.clear(); });
    started = null;
    return (isRenewed = true);
  };

  // The same because the book was edited, as a server tells while it is written; those who show results are told.
  search.forgotten = [];
  search.forget = function () {
    isRenewed = false;
    search.renew();
    isRenewed = false;
    search.forgotten.forEach(function (ask) { ask(); });
  };

  // Loads a file of the index, once; answers what it said.
  function load(file) {
    if (!waiting.has(file)) {
      waiting.set(file, new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = search.root + "search/" + file + ".js" + stamp;
        script.onload = function () {
          script.remove();
          search.loaded.push(file);
          var what = said.get(file);
          // Documents have other numbers in an index of another build with many more or fewer.
          var start = said.get("start");
          if (what && start && what.bits !== start.bits && file !== "han") return failed(new Error(file + " is of another index"));
          done(what);
        };
        script.onerror = function () {
          script.remove();
          waiting.delete(file);
          failed(new Error("cannot load " + script.src));
        };
        document.head.append(script);
      }));
    }
    return waiting.get(file);
  }

  // Answers what the index says of itself, and the letters of a query that has some.
  search.ready = function (query) {
    started = started || load("start").then(function (start) {
      if (!start || start.format !== FORMAT) throw new Error("the index is of another version");
      start.bundles = bundles(start);
      return start;
    }).catch(function (error) {
      started = null;
      throw error;
    });
    return started.then(function (start) {
      if (!start.han || !search.hasHan(query)) return start;
      return load("han").then(function () { return start; });
    });
  };

  // Lines: each begins with how many letters it has in common with the one before.
  function lines(text) {
    var keys = [];
    var rests = [];
    var key = "";
    var at = 0;
    while (at < text.length) {
      var end = text.indexOf("\n", at);
      var tab = text.indexOf("\t", at);
      key = key.slice(0, VALUES[text.charCodeAt(at)]) + text.slice(at + 1, tab);
      keys.push(key);
      rests.push(text.slice(tab + 1, end));
      at = end + 1;
    }
    return { keys: keys, rests: rests };
  }

  // The place of the first of some sorted texts or numbers that does not come before another.
  function placeOf(sorted, text) {
    var low = 0;
    var high = sorted.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (sorted[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // FNV-1a over UTF-16 units, by which files are named.
  function name(key) {
    var hash = 0x811c9dc5;
    for (var i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    return ("0000000" + (hash >>> 0).toString(16)).slice(-8);
  }

  // The files of a kind in which lines that begin with a text can stand; at most so many.
  function files(kind, firsts, prefix, most) {
    var from = placeOf(firsts, prefix);
    if (firsts[from] !== prefix) from--;
    var found = [];
    for (var place = Math.max(from, 0); place < firsts.length && found.length < most; place++) {
      if (place > from && firsts[place].slice(0, prefix.length) > prefix) break;
      found.push(kind + name(firsts[place]));
    }
    return found;
  }

  // Answers the lines that begin with a text, out of the files in which it can stand, or some longer ones; at most so many
  // files for each.
  function beginning(kind, firsts, prefix, most, longer) {
    var names = new Set();
    (longer || [prefix]).forEach(function (key) {
      files(kind, firsts, key, most).forEach(function (name) { names.add(name); });
    });
    return Promise.all(Array.from(names).map(load)).then(function (all) {
      var found = [];
      all.forEach(function (file) {
        if (!file) return;
        var lines = file.lines;
        for (var i = placeOf(lines.keys, prefix); i < lines.keys.length && lines.keys[i].startsWith(prefix); i++) {
          found.push({ key: lines.keys[i], rest: lines.rests[i] });
        }
      });
      return found;
    });
  }

  // Answers the words, names or properties that begin with a text, out of the files with some longer ones.
  search.beginning = function (start, prefix, most, longer) {
    return beginning("t-", start.terms, prefix, most, longer).then(function (lines) { return lines.map(term); });
  };

  // Answers the one that is a text; none if there is none.
  search.exactly = function (start, key) {
    return Promise.all(files("t-", start.terms, key, 1).map(load)).then(function (all) {
      var lines = all[0] && all[0].lines;
      var place = lines ? placeOf(lines.keys, key) : 0;
      return lines && lines.keys[place] === key ? term({ key: key, rest: lines.rests[place] }) : null;
    });
  };

  // Answers the words that a misspelt one may mean that begin with a text, each with how common it is.
  search.spelt = function (start, prefix, most) {
    return beginning("s-", start.spellings, prefix, most).then(function (lines) {
      return lines.map(function (line) { return { word: line.key, common: VALUES[line.rest.charCodeAt(0)] }; });
    });
  };

  // A stem with its words, and its list of documents, still packed.
  function term(line) {
    var parts = line.rest.split("\t");
    var words = parts[0];
    return {
      key: line.key,
      list: parts[1],
      // The documents that have it as the ending of a longer word.
      longer: parts[2] || "",
      words: words === "" ? [line.key] : words.split(",").map(function (word) {
        return line.key.slice(0, VALUES[word.charCodeAt(0)]) + word.slice(1);
      }),
    };
  }

  // Gives each document of a list with its level, and answers how many the word has in all; src/search/list.rs says how
  // a list is written.
  search.each = function (list, bits, give) {
    var at = 0;
    function number() {
      var value = 0;
      for (var shift = 0; ; shift += 5) {
        var letter = VALUES[list.charCodeAt(at++)];
        value += (letter & 31) * Math.pow(2, shift);
        if (letter < 32) return value;
      }
    }
    var total = number();
    while (at < list.length) {
      var head = VALUES[list.charCodeAt(at++)];
      var level = head >> 3;
      var count = (head & 7) === 7 ? 7 + number() : head & 7;
      var low = 0;
      while (low < bits && count * 100 * Math.pow(2, low + 1) <= 69 * Math.pow(2, bits)) low++;
      var held = 0;
      var length = 0;
      var next = 0;
      for (; count > 0; count--) {
        var gap = 0;
        for (;;) {
          if (length === 0) {
            held = VALUES[list.charCodeAt(at++)];
            length = 6;
          }
          length--;
          if (((held >> length) & 1) === 0) break;
          gap++;
        }
        for (var wanted = low; wanted > 0; ) {
          if (length === 0) {
            held = VALUES[list.charCodeAt(at++)];
            length = 6;
          }
          var taken = Math.min(wanted, length);
          length -= taken;
          wanted -= taken;
          gap = (gap << taken) | ((held >> length) & ((1 << taken) - 1));
        }
        next += gap;
        give(next, level);
        next++;
      }
    }
    return total;
  };

  // What readers see of documents, by their numbers.
  var records = new Map();
  var inflated = new Map();

  function inflate(file) {
    if (!inflated.has(file)) {
      inflated.set(file, load(file).then(function (what) {
        var bytes = Uint8Array.from(atob(what.deflated), function (letter) { return letter.charCodeAt(0); });
        var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
        return new Response(stream).json();
      }).then(function (found) {
        found.forEach(function (record) {
          records.set(record[0], {
            number: record[0], url: record[1], title: record[2], kind: record[3], date: record[4], summary: record[5],
            aliases: record[6], linked: record[7], lang: record[8], beside: record[9],
            sections: record[10].map(function (section) { return { anchor: section[0], heading: section[1], text: section[2] }; }),
          });
        });
      }).catch(function (error) {
        inflated.delete(file);
        throw error;
      }));
    }
    return inflated.get(file);
  }

  // The lowest number of each bundle of records: all numbers are halved, each half again where its bit says so.
  function bundles(start) {
    var firsts = [];
    var at = 0;
    (function half(first, width) {
      var isHalved = (VALUES[start.halving.charCodeAt(Math.floor(at / 6))] >> (5 - (at % 6))) & 1;
      at++;
      if (!isHalved) return firsts.push(first);
      half(first, width - 1);
      half(first + Math.pow(2, width - 1), width - 1);
    })(0, start.bits);
    return firsts;
  }

  // Answers the records of documents, in their order; of one that a newer index no longer has there is none.
  search.recordsOf = function (start, numbers) {
    var wanted = numbers.map(function (number) {
      var place = placeOf(start.bundles, number);
      return "r-" + start.bundles[start.bundles[place] === number ? place : place - 1].toString(16);
    });
    return Promise.all(wanted.map(inflate)).then(function () {
      return numbers.map(function (number) { return records.get(number); }).filter(Boolean);
    });
  };
})();
