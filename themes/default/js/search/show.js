// What was found, some at a time: the first documents in an order that only their texts tell.
(function () {
  var search = window.dossier.search;
  // How many documents are looked at closely, by their texts, before they are shown.
  var LOOKED_AT = 24;
  // How much more a name counts for that is what was typed, letter by letter.
  var TO_THE_LETTER = 20;

  // Answers some of the documents that were found as readers see them, each with an excerpt of at most so many letters.
  // Which they are is known only as their texts are looked at: the first ones are put in order by how closely the words
  // stand together, what stands in quotes must stand side by side, and a very long entry is several documents, of which
  // the best one is shown.
  search.show = async function (found, from, count, length) {
    try {
      return await showSome(found, from, count, length);
    } catch (error) {
      if (!search.renew()) throw error;
      Object.assign(found, await search.find(found.text, found.filters), { kept: [], urls: new Set(), next: 0 });
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
      var prior = search.linkWeight(Math.log2(1 + record.linked)) / search.linkWeight(document.prior);
      var isTyped = document.name > 0 && typed.includes(record.title.toLowerCase());
      var name = document.name + (isTyped ? TO_THE_LETTER : 0);
      return [record, name + document.score * prior * (1 + search.closeness(record, found))];
    }));
    return records.sort(function (a, b) { return score.get(b) - score.get(a) || a.number - b.number; });
  }
})();
