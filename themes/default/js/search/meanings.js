// What the words of a query stand for: terms of the index, each with how well it fits.
(function () {
  var search = window.dossier.search;
  // How many files are looked through for the words that begin with another.
  var FILES = 2;
  // The most words that one that is not finished stands for.
  var MOST_WORDS = 64;
  // How well two words fit that are written as one, and one that is written as two.
  var JOINED = 0.9;

  // What a word of a query stands for: terms, each with how well it fits.
  search.meanings = async function (start, word) {
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
  };

  // What is written as one word may be two in a text: RFC2119 is "RFC 2119", and v2.4.6 may be 2.4.6.
  async function asTwo(start, word) {
    var parts = /^([a-z]+)([0-9][0-9.]*)$/.exec(word.word);
    if (!parts) return [];
    var terms = await Promise.all([search.exactly(start, search.stem(parts[1])), search.exactly(start, parts[2])]);
    if (parts[1] === "v") return terms[1] ? [{ term: terms[1], fit: JOINED }] : [];
    return terms[0] && terms[1] ? [{ term: terms[1], beside: terms[0], fit: JOINED }] : [];
  }

  // What words that stand side by side mean as one: "wi fi" is wifi, "RFC 2119" RFC2119. Adds it to what they mean.
  search.asOne = async function (start, query, meant) {
    await Promise.all(query.all.slice(1).map(async function (word, i) {
      var before = query.all[i];
      if (word.isAside || before.isAside || word.pair || before.pair || word.quoted || before.quoted) return;
      var term = await search.exactly(start, search.stem(before.word + word.word));
      if (!term) return;
      query.words.forEach(function (one, place) {
        if (one.word === word.word || one.word === before.word) meant[place].push({ term: term, fit: JOINED });
      });
    }));
  };
})();
