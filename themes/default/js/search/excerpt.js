// What a reader sees of a document that was found: the section that fits best, and some words around those that were
// looked for.
(function () {
  var search = window.dossier.search;
  // How much of an excerpt may stand before the first word that was found.
  var BEFORE = 0.3;

  // The tokens of a text that are words of the query.
  function matches(text, found) {
    var tokens = search.tokens(text).concat(search.also(text)).filter(function (token) {
      return found.forms.has(token.word) || found.endings.some(function (ending) { return token.word.length > ending.length && token.word.endsWith(ending); });
    });
    return tokens.sort(function (a, b) { return a.from - b.from || b.to - a.to; });
  }

  // A text in parts, with those marked that were found.
  function marked(text, tokens, from, to) {
    var parts = [];
    var at = from;
    tokens.forEach(function (token) {
      if (token.to <= at || token.from >= to) return;
      var start = Math.max(token.from, at);
      if (start > at) parts.push({ text: text.slice(at, start), mark: false });
      var last = parts[parts.length - 1];
      if (last && last.mark && start === at) last.text += text.slice(start, token.to);
      else parts.push({ text: text.slice(start, token.to), mark: true });
      at = token.to;
    });
    if (at < to) parts.push({ text: text.slice(at, to), mark: false });
    return parts;
  }

  function different(tokens) {
    return new Set(tokens.map(function (token) { return search.stem(token.word); })).size;
  }

  // How much of a query a name is: all of it, all but its signs, or nothing of the kind.
  function called(name, found) {
    if (found.query.exact.includes(search.exact(name))) return 1;
    return found.query.names.includes(search.joined(name)) ? 0.9 : 0;
  }

  // The record of a document as it is shown, with an excerpt of at most so many letters.
  search.excerpt = function (record, found, length) {
    var best = null;
    record.sections.forEach(function (section, place) {
      var inHeading = matches(section.heading, found);
      var inText = matches(section.text, found);
      var value = 3 * different(inHeading) + 2 * different(inText) + Math.min(inText.length, 5) / 10;
      if (section.heading) value += 20 * called(section.heading, found);
      if (hasPhrases(section.heading + "\n" + section.text, found.query.phrases)) value += found.query.phrases.length * 10;
      if (!best || value > best.value + (best.place === 0 ? 0.5 : 0)) {
        best = { value: value, section: section, place: place, inText: inText, inHeading: inHeading };
      }
    });
    var names = record.aliases.filter(function (alias) { return matches(alias, found).length > 0; });
    // Of a name that was typed as it is, all words are marked.
    var inTitle = called(record.title, found) ? [{ word: record.title, from: 0, to: record.title.length }] : matches(record.title, found);
    var summary = matches(record.summary, found);
    // A title that says it all is followed by what the page says of itself.
    var beside = record.beside.join("\n");
    var inBeside = matches(beside, found);
    var isSummary = !best || best.value === 0 || (different(summary) >= different(best.inText) && best.place === 0);
    var section = isSummary ? null : best.section;
    var text = isSummary ? record.summary : section.text;
    var tokens = isSummary ? summary : best.inText;
    // What is only beside the text is shown for want of better.
    if (inBeside.length > 0 && tokens.length === 0 && inTitle.length === 0) {
      section = null;
      text = beside;
      tokens = inBeside;
    } else if (!text && best) {
      text = best.section.text;
      tokens = best.inText;
    }
    return {
      record: record,
      url: record.url + (section && section.anchor ? "#" + encodeURIComponent(section.anchor) : ""),
      title: marked(record.title, inTitle, 0, record.title.length),
      alias: !called(record.title, found) && inTitle.length < found.query.words.length && names.length > 0 ? marked(names[0], matches(names[0], found), 0, names[0].length) : null,
      section: section && section.heading ? marked(section.heading, best.inHeading, 0, section.heading.length) : null,
      excerpt: around(text, tokens, length),
    };
  };

  // Parts of a text in one line: what does not end as a sentence does is parted from what follows by a dot.
  function lines(parts) {
    var before = "";
    parts.forEach(function (part) {
      var whole = before + part.text;
      part.text = part.text.replace(/\n/g, function (sign, at) {
        return /[.!?。！？:;,…\s]/.test(whole.charAt(before.length + at - 1) || " ") ? " " : " · ";
      });
      before = whole.slice(-1);
    });
    return parts;
  }

  // The part of a text with most of the words.
  function around(text, tokens, length) {
    if (text.length <= length) return lines(marked(text, tokens, 0, text.length));
    var best = { value: 0, at: 0 };
    for (var i = 0; i < tokens.length; i++) {
      var inside = [];
      for (var j = i; j < tokens.length && tokens[j].to <= tokens[i].from + length * (1 - BEFORE); j++) inside.push(tokens[j]);
      var value = different(inside) + inside.length / 100;
      if (value > best.value) best = { value: value, at: tokens[i].from };
    }
    var from = Math.max(0, Math.floor(best.at - length * BEFORE));
    // It begins with a sentence or a line, or else with a word.
    var lead = text.slice(from, best.at);
    var sentence = Math.max(lead.lastIndexOf("\n") + 1, lead.search(/[.!?。！？]\s*[^.!?。！？]*$/) + 1);
    if (from > 0) from += sentence > 0 ? sentence : lead.search(/\s/) + 1;
    var to = Math.min(text.length, from + length);
    if (to < text.length) {
      var tail = text.slice(from, to);
      var space = tail.search(/\s\S*$/);
      if (space > length / 2) to = from + space;
    }
    var parts = marked(text, tokens, from, to);
    if (from > 0 && !(sentence > 0)) parts.unshift({ text: "… ", mark: false });
    if (to < text.length) parts.push({ text: " …", mark: false });
    return lines(parts);
  }

  // Whether words stand side by side in a text, as each phrase has them.
  function hasPhrases(text, phrases) {
    if (phrases.length === 0) return false;
    var tokens = search.inOrder(search.tokens(text));
    return phrases.every(function (phrase) {
      return tokens.some(function (first, at) {
        return phrase.every(function (one, i) {
          var said = tokens[at + i];
          if (!said) return false;
          // A single letter of a script without spaces is the beginning of a pair, or the end of the first one.
          if (said.pair && Array.from(one).length === 1) return said.word.startsWith(one) || (i === 0 && said.word.endsWith(one));
          return said.word === one || search.stem(said.word) === search.stem(one);
        });
      });
    });
  }

  search.hasPhrases = function (record, phrases) {
    var texts = [record.title, record.summary].concat(record.aliases, record.beside);
    record.sections.forEach(function (section) { texts.push(section.heading, section.text); });
    return phrases.every(function (phrase) {
      return texts.some(function (text) { return hasPhrases(text, [phrase]); });
    });
  };

  // How closely the words of a query stand together in a document, from 0 to 1 or a little more: side by side in its
  // title, a heading or a text, and how much of a name they are.
  search.closeness = function (record, found) {
    var order = found.query.order;
    var inName = [record.title].concat(record.aliases).map(function (name) {
      var words = search.tokens(name).filter(function (token) { return found.forms.has(token.word) || !found.query.isCommon(token.word); });
      return words.length === 0 ? 0 : words.filter(function (token) { return found.forms.has(token.word); }).length / Math.max(words.length, found.query.words.length);
    });
    var close = (order.length < 2 ? 0.2 : 0.5) * Math.max.apply(null, inName);
    if (order.length < 2) return close;
    var stems = order.map(search.stem);
    // How much of the query stands side by side in a text, from 0 to 1.
    function together(text) {
      var words = search.inOrder(search.tokens(text)).map(function (token) { return search.stem(token.word); });
      var most = 1;
      words.forEach(function (word, at) {
        for (var place = stems.indexOf(word); place >= 0; place = stems.indexOf(word, place + 1)) {
          var length = 1;
          while (place + length < stems.length && words[at + length] === stems[place + length]) length++;
          most = Math.max(most, length);
        }
      });
      return (most - 1) / (stems.length - 1);
    }
    var best = Math.max(together(record.title), 0.8 * together(record.summary), 0.7 * together(record.beside.join("\n")));
    record.sections.forEach(function (section) {
      var heading = together(section.heading);
      best = Math.max(best, heading === 1 ? 1.5 : 0.9 * heading, 0.7 * together(section.text));
    });
    return close + 0.6 * best;
  };
})();
