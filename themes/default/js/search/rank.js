// What a query finds, and in which order.
(function () {
  var search = window.dossier.search;
  // How much a word at each level says of a document: the first five are those of texts, the others of names.
  var LEVELS = [1, 1.7, 2.4, 3, 3.5, 5.8, 6.2, 8];
  // How many files are looked through for the names that begin with what was typed.
  var FILES = 2;
  // How much a word counts for a part of a very long entry that stands in another part.
  var ELSEWHERE = 0.4;
  // What a whole name counts for, by the level at which a document has it, and one that is only begun.
  var NAMES = { 7: 1000, 6: 900, 5: 800 };
  // How much more it counts for if it is what was typed, rather than that without a sign at its end or a question before
  // it.
  var AS_TYPED = 40;
  var BEGUN = { 7: 1, 6: 0.7, 5: 0.5 };
  // How much more a document counts for each time that twice as many links lead to it.
  var PRIOR = 0.16;
  // A document that has less of what a query asks for, by how rare it is, than the best one by this factor is left out.
  var ENOUGH = 0.6;
  // The same where words were left aside: a question has words that its answer has not.
  var ENOUGH_OF_QUESTION = 0.45;
  // How rare a country is, by the documents that have it, for those that are of it to count twice.
  var RARE = 3;

  // What the page of a collection keeps where its entries are looked for.
  var LIST = 0.4;
  // What a longer word counts for that ends with the one that was typed: it comes behind all others.
  var LONGER = 0.02;
  // Endings shorter than this are no words of their own.
  var LEAST_ENDING = 6;

  // The documents that a reader chose to see; none where nothing was chosen.
  async function chosen(start, filters) {
    var keys = [];
    ["in", "country", "tag"].forEach(function (kind) {
      if (filters[kind]) keys.push("!" + kind + ":" + filters[kind]);
    });
    var sets = (await Promise.all(keys.map(function (key) { return search.exactly(start, key); }))).map(function (term) {
      return union(start, term ? [term] : []);
    });
    if (filters.from || filters.to) {
      var years = (await search.beginning(start, "!year:", 8)).filter(function (term) {
        var year = Number(term.key.slice(6)) - 10000;
        return (!filters.from || year >= filters.from) && (!filters.to || year <= filters.to);
      });
      sets.push(union(start, years));
    }
    if (sets.length === 0) return null;
    return sets.reduce(function (all, set) {
      return new Set(Array.from(all).filter(function (number) { return set.has(number); }));
    });
  }

  function union(start, terms) {
    var all = new Set();
    terms.forEach(function (term) {
      search.each(term.list, start.bits, function (number) { all.add(number); });
    });
    return all;
  }

  // Answers what a query finds: the documents in order, how many there are, and which words were mended.
  search.find = async function (text, filters) {
    try {
      return await lookFor(text, filters);
    } catch (error) {
      // Files of two builds may lie beside each other in a browser's cache: once, all are loaded anew.
      if (!search.renew()) throw error;
      return lookFor(text, filters);
    }
  };

  async function lookFor(text, filters) {
    var start = await search.ready(text);
    var query = search.parse(text, start);
    var found = { text: text, filters: filters, query: query, mended: [], forms: new Set(), endings: [], documents: [], total: 0, start: start };
    var allowed = await chosen(start, filters || {});
    if (query.words.length === 0 && query.exact.length === 0) {
      if (allowed) await all(start, found, allowed);
      return found;
    }
    var meant = await Promise.all(query.words.map(function (word) { return search.meanings(start, word); }));
    await search.asOne(start, query, meant);
    var kinds = search.kinds(start, query);
    await Promise.all(kinds.map(async function (kind) {
      var term = await search.exactly(start, kind.property);
      if (term) kind.places.forEach(function (place) { meant[place].push({ term: term, fit: kind.value, isKind: true, isCountry: kind.isCountry }); });
    }));
    await Promise.all(meant.map(async function (terms, i) {
      if (terms.length > 0) return;
      var better = await search.mended(start, query.words[i]);
      if (better.length === 0) return;
      found.mended.push({ from: query.words[i].word, to: better[0].word, place: i });
      var exact = await Promise.all(better.map(function (one) { return search.exactly(start, search.stem(one.word)); }));
      meant[i] = exact.map(function (term, nth) {
        return term && { term: term, fit: better[nth].word === better[0].word ? 0.8 : 0.6 };
      }).filter(Boolean);
    }));
    found.mended.sort(function (a, b) { return a.place - b.place; });
    var scores = await scored(start, query, meant, found, allowed);
    // A list of all is no answer to what asks for some of them.
    kinds.forEach(function (kind) {
      var page = scores.get(kind.page);
      if (page) page.sum *= LIST;
    });
    await called(start, query, scores, allowed, query.words.length === 1 && meant[0].some(function (meaning) { return meaning.fit === 1; }));
    linked(start, scores);
    var best = 0;
    var enough = query.all.some(function (word) { return word.isAside; }) ? ENOUGH_OF_QUESTION : ENOUGH;
    scores.forEach(function (score) { best = Math.max(best, score.share); });
    var documents = [];
    scores.forEach(function (score, number) {
      if (score.share >= enough * best) documents.push({ number: number, name: score.name, score: total(score), prior: score.prior });
    });
    documents.sort(function (a, b) { return b.name + b.score - a.name - a.score || a.number - b.number; });
    found.documents = query.phrases.length > 0 ? documents : firstParts(start, documents);
    found.total = found.documents.length;
    return found;
  }

  // Of each very long entry the part that fits best.
  function firstParts(start, documents) {
    if (start.parts.length === 0) return documents;
    var entries = new Map();
    start.parts.forEach(function (parts, entry) {
      parts.forEach(function (number) { entries.set(number, entry); });
    });
    var seen = new Set();
    return documents.filter(function (document) {
      var entry = entries.get(document.number);
      var isFirst = entry === undefined || !seen.has(entry);
      seen.add(entry);
      return isFirst;
    });
  }

  // All documents that were chosen, those that most links lead to first.
  async function all(start, found, allowed) {
    var scores = new Map();
    allowed.forEach(function (number) { scores.set(number, { sum: 1, share: 1, name: 0, begun: 0, prior: 0 }); });
    linked(start, scores);
    scores.forEach(function (score, number) { found.documents.push({ number: number, name: 0, score: total(score), prior: score.prior }); });
    found.documents.sort(function (a, b) { return b.score - a.score || a.number - b.number; });
    found.documents = firstParts(start, found.documents);
    found.total = found.documents.length;
  }

  function total(score) {
    return score.begun + score.sum * Math.pow(score.share, 1.5) * (1 + Math.min(1, (score.of || 0) / RARE)) * search.linkWeight(score.prior);
  }

  // What a document counts for to which so many links lead, as a power of two.
  search.linkWeight = function (prior) { return 1 + PRIOR * prior; };

  // What each document has of the words of a query: rarer ones count for more.
  async function scored(start, query, meant, found, allowed) {
    var scores = new Map();
    var asked = 0;
    meant.forEach(function (terms, i) {
      if (terms.length === 0) {
        // What stands nowhere is asked for nonetheless.
        asked += Math.log(1 + start.documents);
        return;
      }
      var best = new Map();
      var longer = new Set();
      var of = new Set();
      terms.forEach(function (meaning) {
        var beside = meaning.beside && union(start, [meaning.beside]);
        [meaning.term].concat(meaning.beside || []).forEach(function (term) {
          if (!meaning.isKind) term.words.forEach(function (word) { found.forms.add(word); });
        });
        if (meaning.term.longer && meaning.fit === 1) {
          search.each(meaning.term.longer, start.bits, function (number) { if (!allowed || allowed.has(number)) longer.add(number); });
          found.endings.push.apply(found.endings, meaning.term.words.filter(function (word) { return word.length >= LEAST_ENDING; }));
        }
        search.each(meaning.term.list, start.bits, function (number, level) {
          if (allowed && !allowed.has(number)) return;
          if (beside && !beside.has(number)) return;
          var value = LEVELS[level] * meaning.fit;
          if (meaning.isCountry) of.add(number);
          if (!(best.get(number) >= value)) best.set(number, value);
        });
      });
      // What one part of a very long entry says its other parts have, too, if less so.
      start.parts.forEach(function (parts) {
        var most = Math.max.apply(null, parts.map(function (number) { return best.get(number) || 0; }));
        if (most > 0) parts.forEach(function (number) { best.set(number, Math.max(best.get(number) || 0, most * ELSEWHERE)); });
      });
      var count = best.size;
      var rarity = Math.log(1 + (start.documents - count + 0.5) / (count + 0.5));
      asked += rarity;
      longer.forEach(function (number) { if (!best.has(number)) best.set(number, LONGER); });
      best.forEach(function (value, number) {
        var score = scores.get(number);
        if (!score) scores.set(number, score = { sum: 0, share: 0, name: 0, begun: 0, prior: 0 });
        score.sum += rarity * value;
        if (of.has(number)) score.of = Math.max(score.of || 0, rarity);
        score.share += rarity;
      });
    });
    scores.forEach(function (score) { score.share /= asked || 1; });
    return scores;
  }

  // Adds what a document counts for that is called what was typed, signs and all or but for them, or begins so.
  async function called(start, query, scores, allowed, isOneWord) {
    await Promise.all(Array.from(new Set(query.exact.concat(query.names))).map(async function (name) {
      var place = query.exact.indexOf(name);
      (await search.beginning(start, "=" + name, FILES)).forEach(function (term) {
        var isWhole = term.key.length === name.length + 1;
        // A whole word says no more of a name that begins with it than of one that ends with it.
        if (!isWhole && isOneWord) return;
        var part = name.length / (term.key.length - 1);
        search.each(term.list, start.bits, function (number, level) {
          if (allowed && !allowed.has(number)) return;
          var score = scores.get(number);
          if (!score) scores.set(number, score = { sum: 0, share: 1, name: 0, begun: 0, prior: 0 });
          score.share = 1;
          if (isWhole) score.name = Math.max(score.name, place >= 0 ? NAMES[level] + AS_TYPED / (1 + place) : NAMES[5]);
          else score.begun = Math.max(score.begun, BEGUN[level] * (0.5 + part));
        });
      });
    }));
  }

  // Adds how many links lead to each document, as a power of two.
  function linked(start, scores) {
    search.each(start.linked, start.bits, function (number, level) {
      var score = scores.get(number);
      if (score) score.prior = level;
    });
  }

})();
