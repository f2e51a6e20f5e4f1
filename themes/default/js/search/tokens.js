// A text's words as search compares them; src/search/tokens.rs, fold.rs and stem.rs say the same of the index, and
// tests/browser/search/tokens.json holds both to it.
(function () {
  var search = window.dossier.search;
  var LONGEST = 40;
  // A part of words: a letter, a mark on one, a digit. A point or a comma between two digits belongs to a run.
  var LETTER = "[\\p{Alphabetic}\\p{M}\\p{N}]";
  var RUN = new RegExp("[A-Za-z](?:\\.[A-Za-z](?!" + LETTER + "))+|" + LETTER + "+(?:(?<=[0-9])[.,](?=[0-9])" + LETTER + "+)*", "gu");
  // Runs that a hyphen parts; one that is never seen is the soft one.
  var PART = LETTER + "+(?:(?<=[0-9])[.,](?=[0-9])" + LETTER + "+)*";
  var HYPHEN = /[-\u2010\u2011\u00ad]/g;
  var CHAIN = new RegExp(PART + "(?:[-\\u2010\\u2011\\u00ad]" + PART + ")*", "gu");
  var IS_LETTER = new RegExp("^" + LETTER + "$", "u");
  var ASCII = /^[\x00-\x7f]*$/;
  // The scripts that are written without spaces, and Hangul: src/base/script.rs has the same ranges.
  var CJK =
    "\\u4e00-\\u9fff\\u3400-\\u4dbf\\u3005\\u3007\\u2e80-\\u2fdf\\uf900-\\ufaff\\u{20000}-\\u{323af}" +
    "\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9f" +
    "\\u1100-\\u11ff\\u3131-\\u318e\\ua960-\\ua97c\\uac00-\\ud7a3\\ud7b0-\\ud7fb";
  var IS_CJK = new RegExp("[" + CJK + "]", "u");
  var BY_SCRIPT = new RegExp("[" + CJK + "][" + CJK + "\\u0300-\\u036f]*|[^" + CJK + "]+", "gu");
  var BASES = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŋ: "n", ς: "σ" };
  var BASE = new RegExp("[" + Object.keys(BASES).join("") + "]", "g");
  var simplified = new Map();

  // Traditional characters, each followed by the simplified one that it is folded to.
  search.han = function (pairs) {
    var letters = Array.from(pairs);
    for (var i = 0; i < letters.length; i += 2) simplified.set(letters[i], letters[i + 1]);
  };

  search.hasHan = function (text) {
    return IS_CJK.test(text);
  };

  // A text as it is compared: NFKC, lower case, no diacritics, Han letters simplified.
  search.fold = function (text) {
    if (ASCII.test(text)) return text.toLowerCase();
    var lower = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
    return Array.from(lower.replace(BASE, function (letter) { return BASES[letter]; }), function (letter) {
      return simplified.get(letter) || letter;
    }).join("");
  };

  // The runs of letters and digits of a text: where each begins, and what it is.
  function runs(text) {
    return Array.from(text.matchAll(RUN), function (match) {
      return { at: match.index, text: match[0] };
    }).filter(function (run) { return !isLeftOver(text, run); });
  }

  // Whether a run is a single letter beside an apostrophe: the s of "China's", the l of "l'industrie".
  function isLeftOver(text, run) {
    if (!/^[A-Za-z]$/.test(run.text)) return false;
    var end = run.at + 1;
    var before = /['’]/.test(text.charAt(run.at - 1)) && IS_LETTER.test(letterBefore(text, run.at - 1));
    var after = /['’]/.test(text.charAt(end)) && IS_LETTER.test(String.fromCodePoint(text.codePointAt(end + 1) || 32));
    return before || after;
  }

  function letterBefore(text, at) {
    var letter = text.charAt(at - 1);
    return /[\udc00-\udfff]/.test(letter) ? text.slice(at - 2, at) : letter;
  }

  // The words of a run that is ASCII: an abbreviation without its points, a number without what parts its thousands.
  function ascii(run) {
    if (run.length > 4 * LONGEST) return [];
    var plain = run.replace(/([A-Za-z])\./g, "$1").replace(/,(?=[0-9]{3}(?![0-9]))/g, "").toLowerCase();
    return plain.split(",").filter(function (word) { return word.length <= LONGEST; });
  }

  // The words of a run, each with whether it is a pair of letters, and where it begins and ends in the run.
  function wordsOf(run) {
    var length = run.length;
    if (ASCII.test(run)) return ascii(run).map(function (word) { return { word: word, from: 0, to: length }; });
    if (!IS_CJK.test(run)) return folded(run, 0, length);
    // Letters of scripts without spaces are one each, so that their places are known.
    var words = [];
    Array.from(run.matchAll(BY_SCRIPT), function (part) {
      var from = part.index;
      if (!IS_CJK.test(part[0])) return words.push.apply(words, folded(part[0], from, from + part[0].length));
      words.push.apply(words, pairs(part[0], from));
    });
    return words;
  }

  function folded(run, from, to) {
    var words = [];
    runs(search.fold(run)).forEach(function (inner) {
      Array.from(inner.text.matchAll(BY_SCRIPT), function (part) {
        if (IS_CJK.test(part[0])) return pairs(part[0], 0).forEach(function (pair) { words.push({ word: pair.word, pair: true, from: from, to: to }); });
        var found = ASCII.test(part[0]) ? ascii(part[0].replace(/^[.,]+|[.,]+$/g, "")) : [part[0]].filter(function (word) { return Array.from(word).length <= LONGEST; });
        found.forEach(function (word) { words.push({ word: word, from: from, to: to }); });
      });
    });
    return words;
  }

  function pairs(run, from) {
    var letters = [];
    var at = from;
    Array.from(run, function (letter) {
      // A letter may fold to several, and a mark to none of its own.
      var next = at + letter.length;
      Array.from(search.fold(letter), function (one) { letters.push({ letter: one, from: at, to: next }); });
      at = next;
    });
    var composed = letters.map(function (one) { return one.letter; }).join("").normalize("NFC");
    if (Array.from(composed).length !== letters.length) {
      letters = Array.from(composed, function (letter) { return { letter: letter, from: from, to: at }; });
    }
    return letters.map(function (one, i) {
      var next = letters[i + 1];
      return { word: one.letter + (next ? next.letter : ""), pair: true, from: one.from, to: next ? next.to : one.to };
    });
  }

  // The words of a text in its order, each with where it begins and ends: whole ones of scripts with spaces; of Han, kana
  // and Hangul two letters that stand side by side, and the last letter of a run.
  search.tokens = function (text) {
    var words = [];
    runs(text).forEach(function (run) {
      wordsOf(run.text).forEach(function (one) {
        one.from += run.at;
        one.to += run.at;
        words.push(one);
      });
    });
    return words;
  };

  // What a text says as one word beside its words, each with where it begins and ends: what a hyphen parts (wifi in
  // "Wi-Fi"), and the version behind letters (2.4.6 in "v2.4.6", v6 in "IPv6").
  search.also = function (text) {
    var found = [];
    Array.from(text.matchAll(CHAIN), function (chain) {
      var parts = chain[0].split(HYPHEN);
      var at = chain.index;
      parts.forEach(function (part) {
        var to = at + part.length;
        var version = search.version(part.toLowerCase());
        if (version) found.push({ word: version, from: to - version.length, to: to });
        at = to + 1;
      });
      // What stands between two numbers is a range, or a date.
      if (parts.length < 2 || /[0-9][-\u2010\u2011\u00ad][0-9]/.test(chain[0]) || IS_CJK.test(chain[0])) return;
      var joined = search.fold(chain[0]).replace(HYPHEN, "");
      var isWord = Array.from(joined).every(function (letter) { return letter === "." || IS_LETTER.test(letter); });
      if (isWord && Array.from(joined).length <= LONGEST) found.push({ word: joined, from: chain.index, to: chain.index + chain[0].length });
    });
    return found;
  };

  // The version that a word ends with: a number behind letters, and the v before it if there are other letters.
  search.version = function (word) {
    var found = /^([a-z]+)([0-9][0-9.]*[a-z]*[0-9]*)$/.exec(word);
    var version = found && (/.v$/.test(found[1]) ? "v" : "") + found[2];
    return version && version.length > 1 ? version : null;
  };

  // A name with all its signs, as it is compared: "C++" and "C#" are two names of one word.
  search.exact = function (name) {
    return search.fold(name).replace(/["“”„«»\u00ad]/g, "").replace(/[‘’]/g, "'").replace(/[\u2010\u2011]/g, "-").replace(/[\s\p{Cc}\ufeff]+/gu, " ").trim();
  };

  // Words as they stand side by side: pairs overlap, so the last letter of a run stands alone only if it is the whole run.
  search.inOrder = function (tokens) {
    return tokens.filter(function (token, place) {
      var before = tokens[place - 1];
      return !(token.pair && Array.from(token.word).length === 1 && before && before.pair && before.to === token.to);
    });
  };

  // The words of a text, one behind the other: what names are compared by.
  search.joined = function (text) {
    var words = [];
    runs(text).forEach(function (run) {
      runs(search.fold(run.text)).forEach(function (part) {
        if (ASCII.test(part.text)) words.push.apply(words, ascii(part.text));
        else words.push(part.text);
      });
    });
    return words.join(" ");
  };

  // The stem of a word: the light part of Snowball's English stemmer, as in src/search/stem.rs.
  search.stem = function (word) {
    if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
    return EXCEPTIONS.get(word) || spelling(finalE(finalY(past(plural(word)))));
  };

  // Words whose stem no rule finds without taking others for them.
  var EXCEPTIONS = new Map([["alias", "alias"], ["aliases", "alias"], ["analysis", "analyz"], ["atlas", "atlas"], ["atlases", "atlas"], ["bias", "bias"], ["biases", "bias"], ["buses", "bus"], ["canvas", "canvas"], ["canvases", "canvas"], ["crises", "crisi"], ["gases", "gas"], ["hypotheses", "hypothesi"], ["lens", "lens"], ["lenses", "lens"], ["news", "news"], ["theses", "thesi"]]);

  // Endings of stems in British English, each as it is in American English, and how long a stem with it is at least.
  var SPELLINGS = [["tr", "ter", 4], ["br", "ber", 4], ["our", "or", 6], ["isation", "ization", 9], ["is", "iz", 5], ["lys", "lyz", 6], ["enc", "ens", 5], ["ogramm", "ogram", 7], ["ogu", "og", 6], ["ll", "l", 5]];

  function spelling(word) {
    var found = SPELLINGS.find(function (one) { return word.length >= one[2] && word.endsWith(one[0]); });
    return found ? word.slice(0, -found[0].length) + found[1] : word;
  }

  function isVowel(word, at) {
    var letter = word.charAt(at);
    return letter === "y" ? at > 0 && !isVowel(word, at - 1) : /[aeiou]/.test(letter);
  }

  function hasVowel(word, end) {
    for (var at = 0; at < end; at++) if (isVowel(word, at)) return true;
    return false;
  }

  // Where the region begins behind the first consonant after a vowel: R1 from 0, R2 from there.
  function region(word, from) {
    for (var at = from + 1; at < word.length; at++) if (!isVowel(word, at) && isVowel(word, at - 1)) return at + 1;
    return word.length;
  }

  function isShort(word, end) {
    if (end < 2) return false;
    if (end === 2) return isVowel(word, 0) && !isVowel(word, 1);
    return !isVowel(word, end - 1) && !/[wxy]/.test(word.charAt(end - 1)) && isVowel(word, end - 2) && !isVowel(word, end - 3);
  }

  function plural(word) {
    var length = word.length;
    if (/sses$/.test(word)) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.slice(0, length > 4 ? -2 : -1);
    if (/s$/.test(word) && !/[us]s$/.test(word) && hasVowel(word, length - 2)) return word.slice(0, -1);
    return word;
  }

  function past(word) {
    if (/eed$/.test(word)) return region(word, 0) + 3 <= word.length ? word.slice(0, -1) : word;
    var rest = word.replace(/(?:ed|ing)$/, "");
    if (rest === word || !hasVowel(rest, rest.length)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return rest + "e";
    if (/([bdfgmnprt])\1$/.test(rest)) return rest.slice(0, -1);
    return region(rest, 0) >= rest.length && isShort(rest, rest.length) ? rest + "e" : rest;
  }

  function finalY(word) {
    var last = word.length - 1;
    return last > 1 && word.charAt(last) === "y" && !isVowel(word, last - 1) ? word.slice(0, -1) + "i" : word;
  }

  function finalE(word) {
    var last = word.length - 1;
    var first = region(word, 0);
    var isFar = last >= region(word, first);
    return word.charAt(last) === "e" && (isFar || (last >= first && !isShort(word, last))) ? word.slice(0, -1) : word;
  }
})();
