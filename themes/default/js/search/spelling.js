// Words that are misspelt, and what they may mean.
(function () {
  var search = window.dossier.search;

  // The words that a misspelt one may mean: those fewest slips away.
  search.mended = async function (start, word) {
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
  };

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
})();
