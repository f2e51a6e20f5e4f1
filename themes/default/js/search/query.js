// What a reader asks for: the words of a query, the names that it may be, and what some of them mean beside themselves.
(function () {
  var search = window.dossier.search;
  // What a word counts for in a document whose country or collection it names.
  var COUNTRY = 8;
  var COLLECTION = 3;
  // What makes the name of a collection of what is done in it: reactions of "react".
  var FORMS = ["", "ion", "ation", "ment", "er", "or"];

  // A query: its words, what stands in quotes, and the last word if it may be unfinished. The language's commonest words
  // are left aside, unless there are no others, they stand in quotes, or they are written in capitals, as WHO is.
  search.parse = function (text, start) {
    var common = start.common = start.common || new Set(start.words.common.split(" ").map(search.fold));
    var isCommon = function (word) { return common.has(word); };
    var parts = text.split(/["“”„«»]/);
    var words = [];
    var phrases = [];
    parts.forEach(function (part, i) {
      var isPhrase = i % 2 === 1 && part.trim() !== "";
      var tokens = search.tokens(part);
      tokens = search.inOrder(tokens);
      if (isPhrase && i < parts.length - 1) phrases.push(tokens.map(function (token) { return token.word; }));
      tokens.forEach(function (token) {
        var typed = part.slice(token.from, token.to);
        token.quoted = isPhrase;
        token.isCapital = typed.length > 1 && typed === typed.toUpperCase() && typed !== typed.toLowerCase();
        token.isAside = isCommon(token.word) && !isPhrase && !token.isCapital;
        words.push(token);
      });
    });
    var last = words[words.length - 1];
    if (last && !/[\s"“”„«»]$/.test(text)) last.open = true;
    if (words.every(function (word) { return word.isAside; })) words.forEach(function (word) { word.isAside = false; });
    var seen = new Set();
    return {
      text: text.trim(),
      exact: exactNames(text, isCommon),
      names: names(text, isCommon),
      phrases: phrases.filter(function (phrase) { return phrase.length > 0; }),
      isCommon: isCommon,
      all: words,
      order: words.map(function (word) { return word.word; }),
      words: words.filter(function (word) {
        var isNew = !word.isAside && !seen.has(word.word);
        if (!word.isAside) seen.add(word.word);
        return isNew || (word.open && !word.isAside);
      }),
    };
  };

  // Words without those at the beginning that only ask.
  function withoutAsking(words, isCommon) {
    var from = 0;
    while (from < words.length - 1 && isCommon(words[from])) from++;
    return words.slice(from).join(" ");
  }

  // The names that a query may be, signs and all: itself, without the sign of a question, and without what only asks.
  function exactNames(text, isCommon) {
    var whole = search.exact(text);
    var all = [whole, whole.replace(/[?!.,;:…。？！]+$/, "").trim()];
    all.slice().forEach(function (name) { all.push(withoutAsking(name.split(" "), isCommon)); });
    return Array.from(new Set(all)).filter(Boolean);
  }

  // The names that a query may be but for its signs: itself, without its spaces as syllables are typed, and without what
  // only asks.
  function names(text, isCommon) {
    var words = search.joined(text).split(" ");
    return Array.from(new Set([words.join(" "), words.join(""), withoutAsking(words, isCommon)])).filter(Boolean);
  }

  // The collections and countries that some words of a query name beside others: of each its property, the words' places,
  // what it counts for, and the number of its page.
  search.kinds = function (start, query) {
    var found = [];
    function add(property, words, value, page, isCountry) {
      var places = [];
      query.words.forEach(function (word, place) { if (words.includes(word.word)) places.push(place); });
      if (places.length > 0 && places.length < query.words.length) found.push({ property: property, places: places, value: value, page: page, isCountry: Boolean(isCountry) });
    }
    start.sections.forEach(function (section) {
      var stems = search.tokens(section[1]).filter(function (token) { return !query.isCommon(token.word); }).map(function (token) { return search.stem(token.word); });
      var isOne = function (word) { return FORMS.some(function (form) { return stems.includes(search.stem(word) + form); }); };
      add("!in:" + section[0], query.order.filter(isOne), COLLECTION, section[2]);
    });
    // Where there are no capitals at all, a code may be written without.
    var hasCapitals = query.text !== query.text.toLowerCase();
    start.countries.forEach(function (country) {
      country[1].forEach(function (name) {
        var words = search.inOrder(search.tokens(name)).map(function (token) { return token.word; });
        query.all.forEach(function (first, at) {
          var some = query.all.slice(at, at + words.length);
          var isName = words.length > 0 && words.join(" ") === some.map(function (word) { return word.word; }).join(" ");
          if (isName && name === country[0] && hasCapitals && !first.isCapital) return;
          if (isName) add("!country:" + country[0], words, COUNTRY, null, true);
        });
      });
    });
    return found;
  };
})();
