// What a query finds, and in which order.
(function () {
  var search = window.dossier.search;
  // How much a word at each level says of a document: the first five are those of texts, the others of names.
  var LEVELS = [1, 1.7, 2.4, 3, 3.5, 5.8, 6.2, 8];
  // How many files are looked through for the words that begin with another.
  var FILES = 2;
  // How much a word counts for a part of a very long entry that stands in another part.
  var ELSEWHERE = 0.4;
  // The most words that one that is not finished stands for.
  var MOST_WORDS = 64;
  // How many documents are looked at closely, by their texts, before they are shown.
  var LOOKED_AT = 24;
  // What a whole name counts for, by the level at which a document has it, and one that is only begun.
  var NAMES = { 7: 1000, 6: 900, 5: 800 };
  // How much more it counts for if it is what was typed, rather than that without a sign at its end or a question before
  // it; and if it is that letter by letter.
  var AS_TYPED = 40;
  var TO_THE_LETTER = 20;
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
  // How well two words fit that are written as one, and one that is written as two.
  var JOINED = 0.9;

  // What a word of a query stands for: terms, each with how well it fits.
  async function meanings(start, word) {
    var found = [];
    var stem = search.stem(word.word);
    var exact = await search.exactly(start, stem);
    if (exact) found.push({ term: exact, fit: 1 });
    // A single letter of a script without spaces is the beginning of a pair; a word that stands nowhere as it is may be
    // the beginning of another one, as syllables are of names.
    var letters = Array.from(word.word).length;
    if (word.pair ? letters === 1 : word.open || !exact) {
      // A stem can end before the word that was typed does: "manufacturi", "policie".
      var prefix = word.word.length > 6 ? word.word.slice(0, -3) : word.word.slice(0, 3);
      if (word.pair) prefix = word.word;
      var begun = (await search.beginning(start, prefix, FILES, [word.word, stem])).filter(function (term) { return term.key !== stem; });
      begun = begun.map(function (term) {
        var longer = term.words.filter(function (one) { return one.startsWith(word.word); });
        if (longer.length === 0) return null;
        var length = Math.min.apply(null, longer.map(function (one) { return one.length; }));
        return { term: { key: term.key, list: term.list, words: longer }, fit: 0.45 + 0.4 * (word.word.length / length) };
      }).filter(Boolean);
      begun.sort(function (a, b) { return b.fit - a.fit || (a.term.key < b.term.key ? -1 : 1); });
      found = found.concat(begun.slice(0, MOST_WORDS));
    }
    return found.concat(await asTwo(start, word));
  }

  // What is written as one word may be two in a text: RFC2119 is "RFC 2119", and v2.4.6 may be 2.4.6.
  async function asTwo(start, word) {
    var parts = /^([a-z]+)([0-9][0-9.]*)$/.exec(word.word);
    if (!parts) return [];
    var terms = await Promise.all([search.exactly(start, search.stem(parts[1])), search.exactly(start, parts[2])]);
    if (parts[1] === "v") return terms[1] ? [{ term: terms[1], fit: JOINED }] : [];
    return terms[0] && terms[1] ? [{ term: terms[1], beside: terms[0], fit: JOINED }] : [];
  }

  // What words that stand side by side mean as one: "wi fi" is wifi, "RFC 2119" RFC2119. Adds it to what they mean.
  async function asOne(start, query, meant) {
    await Promise.all(query.all.slice(1).map(async function (word, i) {
      var before = query.all[i];
      if (word.isAside || before.isAside || word.pair || before.pair || word.quoted || before.quoted) return;
      var term = await search.exactly(start, search.stem(before.word + word.word));
      if (!term) return;
      query.words.forEach(function (one, place) {
        if (one.word === word.word || one.word === before.word) meant[place].push({ term: term, fit: JOINED });
      });
    }));
  }

  // The words that a misspelt one may mean: those fewest slips away.
  async function mended(start, word) {
    var length = word.word.length;
    if (word.pair || length < 3 || !/\p{Alphabetic}/u.test(word.word)) return [];
    var most = length < 4 ? 1 : length < 7 ? 1 : 2;
    var first = String.fromCodePoint(word.word.codePointAt(0));
    var best = [];
    function consider(candidates) {
      candidates.forEach(function (candidate) {
        var slips = distance(word.word, candidate.word, most);
        if (word.open && slips > 0) {
          // Of a word that is not finished only its beginning is there.
          var begun = distance(word.word, candidate.word.slice(0, length), most);
          if (candidate.word.length > length && begun + 0.5 < slips) slips = begun + 0.5;
        }
        if (slips <= most) best.push({ word: candidate.word, slips: slips, common: candidate.common });
      });
    }
    // Where its first two letters are right, or swapped, or one of them is too much; then its first letter alone.
    var letters = Array.from(word.word);
    var pairs = [[0, 1], [1, 0], [0, 2], [1, 2]].map(function (pair) { return letters[pair[0]] + (letters[pair[1]] || ""); });
    var near = await Promise.all(Array.from(new Set(pairs)).map(function (pair) { return search.spelt(start, pair, 4); }));
    near.forEach(consider);
    if (best.length === 0) consider(await search.spelt(start, first, 8));
    // A slip in the first letter is rarer.
    if (best.length === 0) consider(await search.spelt(start, "", 24));
    best.sort(function (a, b) {
      return a.slips - b.slips || b.common - a.common || (a.word < b.word ? -1 : 1);
    });
    return best.filter(function (one) { return one.slips === best[0].slips; }).slice(0, 3);
  }

  // How many letters must be changed, left out, put in or swapped with the next (Damerau, optimal string alignment);
  // more than `most` is told as most + 1.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before = [];
    var row = [];
    for (var j = 0; j <= b.length; j++) row[j] = j;
    for (var i = 1; i <= a.length; i++) {
      var next = [i];
      var least = i;
      for (var k = 1; k <= b.length; k++) {
        var cost = a[i - 1] === b[k - 1] ? 0 : 1;
        var value = Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + cost);
        if (i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1]) value = Math.min(value, before[k - 2] + 1);
        next[k] = value;
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length];
  }
  search.distance = distance;

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
    var meant = await Promise.all(query.words.map(function (word) { return meanings(start, word); }));
    await asOne(start, query, meant);
    var kinds = search.kinds(start, query);
    await Promise.all(kinds.map(async function (kind) {
      var term = await search.exactly(start, kind.property);
      if (term) kind.places.forEach(function (place) { meant[place].push({ term: term, fit: kind.value, isKind: true, isCountry: kind.isCountry }); });
    }));
    await Promise.all(meant.map(async function (terms, i) {
      if (terms.length > 0) return;
      var better = await mended(start, query.words[i]);
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
    return score.begun + score.sum * Math.pow(score.share, 1.5) * (1 + Math.min(1, (score.of || 0) / RARE)) * (1 + PRIOR * score.prior);
  }

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

  // Answers some of the documents that were found as readers see them, each with an excerpt of at most so many letters.
  // Which they are is known only as their texts are looked at: the first ones are put in order by how closely the words
  // stand together, what stands in quotes must stand side by side, and a very long entry is several documents, of which
  // the best one is shown.
  search.show = async function (found, from, count, length) {
    try {
      return await showSome(found, from, count, length);
    } catch (error) {
      if (!search.renew()) throw error;
      Object.assign(found, await lookFor(found.text, found.filters), { kept: [], urls: new Set(), next: 0 });
      return showSome(found, from, count, length);
    }
  };

  async function showSome(found, from, count, length) {
    found.kept = found.kept || [];
    found.urls = found.urls || new Set();
    found.next = found.next || 0;
    while (found.kept.length < from + count && found.next < found.documents.length) {
      var isFirst = found.next === 0;
      var most = isFirst && found.query.words.length > 1 || found.query.phrases.length > 0 ? LOOKED_AT : from + count - found.kept.length;
      var some = found.documents.slice(found.next, found.next + most);
      found.next += some.length;
      (await look(found, some, isFirst)).forEach(function (record) {
        var isWanted = !found.urls.has(record.url) && search.hasPhrases(record, found.query.phrases);
        if (!isWanted) return found.total--;
        found.urls.add(record.url);
        found.kept.push(record);
      });
    }
    return found.kept.slice(from, from + count).map(function (record) { return search.excerpt(record, found, length); });
  }

  // The records of documents; in a new order, if it is that of the first ones.
  async function look(found, documents, isFirst) {
    var records = await search.recordsOf(found.start, documents.map(function (document) { return document.number; }));
    if (!isFirst) return records;
    var scores = new Map(documents.map(function (document) { return [document.number, document]; }));
    var typed = found.query.text.toLowerCase();
    var score = new Map(records.map(function (record) {
      var document = scores.get(record.number);
      // Now it is known exactly how many links lead to it.
      var prior = (1 + PRIOR * Math.log2(1 + record.linked)) / (1 + PRIOR * document.prior);
      var isTyped = document.name > 0 && typed.includes(record.title.toLowerCase());
      var name = document.name + (isTyped ? TO_THE_LETTER : 0);
      return [record, name + document.score * prior * (1 + search.closeness(record, found))];
    }));
    return records.sort(function (a, b) { return score.get(b) - score.get(a) || a.number - b.number; });
  }
})();
