#!/usr/bin/env python3
"""Write a deterministic benchmark knowledge base of N Markdown entries.

usage: corpus.py OUT --entries N [--seed S]

The corpus mimics a typed, densely linked knowledge base: 5 % sectors, 25 %
policies, 20 % reactions and 50 % events, one file per entry at
OUT/content/<collection>/<slug>.md.  Each entry has front matter (title,
summary, EDTF date, tags, relation lists, aliases, sources) and 400 to 800
words of Zipf-distributed prose under 3 to 6 headings, with lists, sometimes a
table (1 in 3), a footnote (1 in 2), a fenced code block (1 in 10), an alert
(1 in 6) and some Chinese sentences (1 in 4).  An entry has about 8 internal
links in its body; every target exists and in-degree follows a power law, so a
few entries are hubs with hundreds or thousands of backlinks.

Every entry draws from its own random stream, so its prose, structure and
links depend only on (seed, N, index).  OUT/book.toml declares the collections,
their fields and relations.
OUT/corpus.json records the parameters and the counts.
"""
import argparse
import json
import random
from bisect import bisect
from itertools import accumulate
from pathlib import Path

SHARES = (("sectors", 0.05), ("policies", 0.25), ("reactions", 0.20), ("events", 0.50))
RELATIONS = {"sectors": [], "policies": ["sectors"], "reactions": ["policies"], "events": ["sectors", "policies"]}
SINGULAR = {"sectors": "Sector", "policies": "Policy", "reactions": "Reaction", "events": "Event"}
LINKS_PER_ENTRY = (6, 10)  # inclusive bounds, mean 8
HUB_EXPONENT = 0.7         # weight of the r-th most linked entry: r ** -HUB_EXPONENT
VOCABULARY = 20000

COMMON = """the of and to in a for that on with as by from its is was are at which this has it be an or were
have had also their not more than but into between under over after during while these through since such other""".split()
DOMAIN = """industry policy technology manufacturing government investment sector market plan research development
state firms export import tariff semiconductor robot aerospace biotech energy vehicle battery rail marine agriculture
equipment material software chip fund subsidy loan regulation standard target share domestic foreign supply chain
ministry council commission strategy roadmap upgrade innovation patent licence transfer competition trade agreement
dispute restriction control investigation measure reaction statement report analyst economy growth productivity value
production factory worker enterprise company joint venture capital bank province region pilot zone programme project
guideline objective deadline milestone review budget tax credit procurement localisation capacity output demand price
security critical core component machine tool sensor network data cloud platform digital green carbon emission""".split()
TAGS = """trade security finance energy transport research labour regulation robotics chips materials aerospace
medicine agriculture shipping rail vehicles software standards subsidies patents tariffs diplomacy procurement""".split()
CHINESE = """国务院于当年五月发布了这份制造业发展规划。|该政策旨在提高核心零部件和关键材料的国产化率。
各省市随后出台了配套的实施方案和专项资金。|外国政府和企业对补贴与技术转让表示关切。
规划提出到二〇二五年迈入制造强国行列。|半导体、机器人和新能源汽车是重点发展领域。
有关部门强调市场主导、政府引导的原则。|专家认为创新能力不足仍是主要的短板。""".replace("\n", "|").split("|")
CODE = {
    "json": ['"{0}": {{', '  "{1}": {2},', '  "{3}": ["{4}", "{0}"],', '  "enabled": true', "}},"],
    "toml": ["[{0}.{1}]", "{3} = {2}", 'name = "{4}"  # {1}', 'tags = ["{0}", "{3}"]', "ratio = 0.{2}"],
    "python": ["def {0}({1}, {3}={2}):", '    """Return the {4} of {1}."""', "    for item in {1}:",
               "        yield item.{0} + {3}", "    # {4}"],
    "rust": ["fn {0}({1}: &str) -> usize {{", "    let {3} = {1}.len() + {2};", "    // {4}",
             '    println!("{0}");', "    {3}", "}}"],
}


def make_vocabulary(seed):
    """Words by falling frequency: function words, domain words, then a made-up tail."""
    rng = random.Random(f"vocabulary:{seed}")
    onsets = "b br c ch d dr f fl g gr h j k l m n p pr r s sh st t tr v w".split()
    vowels, codas = "a e i o u a e i o u ea ou".split(), ["", "", "", "", "l", "m", "n", "r", "s", "t", "nd", "st"]
    endings = ["", "", "", "", "s", "ed", "ing", "ion", "al", "er", "ment", "ity"]
    tail = set()
    while len(tail) < VOCABULARY - len(COMMON + DOMAIN):
        stem = "".join(rng.choice(onsets) + rng.choice(vowels) + rng.choice(codas) for _ in range(rng.randint(1, 3)))
        tail.add(stem + rng.choice(endings))
    words = COMMON + DOMAIN + sorted(tail, key=lambda w: (len(w) // 3, w[::-1]))  # frequent words are short
    return words, list(accumulate(1.0 / (rank + 2.7) for rank in range(len(words))))


class Corpus:
    """Names and titles of all entries, and who is linked how often."""

    def __init__(self, entries, seed):
        self.n, self.seed = entries, seed
        self.words, self.cum = make_vocabulary(seed)
        rng = random.Random(f"index:{seed}:{entries}")
        self.collection, self.slug, self.title = [], [], []
        self.members, titles = {}, set()
        for name, share in SHARES:
            count = max(1, round(entries * share)) if name != "events" else entries - len(self.slug)
            self.members[name] = range(len(self.slug), len(self.slug) + count)
            for _ in range(count):
                words = rng.choices(DOMAIN, k=rng.randint(2, 4)) + [rng.choice(self.words[200:])]
                self.collection.append(name)
                self.slug.append("-".join(words[:2] + [words[-1]]) + f"-{len(self.slug)}")
                title = " ".join(words).capitalize()
                taken = title in titles
                titles.add(title)
                self.title.append(f"{title} {len(self.title)}" if taken else title)  # titles are unique
        ranks = list(range(1, entries + 1))
        rng.shuffle(ranks)
        self.weight = [rank ** -HUB_EXPONENT for rank in ranks]
        self.link_cum = list(accumulate(self.weight))
        self.member_cum = {c: list(accumulate(self.weight[i] for i in m)) for c, m in self.members.items()}

    def pick(self, rng, collection=None):
        """One entry, popular ones more often."""
        cum = self.member_cum[collection] if collection else self.link_cum
        index = min(bisect(cum, rng.random() * cum[-1]), len(cum) - 1)
        return self.members[collection][index] if collection else index

    def path(self, index):
        return f"{self.collection[index]}/{self.slug[index]}"


class Entry:
    """One entry: `meta` (a dict) and `body` (Markdown)."""

    def __init__(self, corpus, index):
        self.corpus, self.index = corpus, index
        self.rng = rng = random.Random(f"{corpus.seed}:{corpus.n}:{index}")
        self.collection = corpus.collection[index]
        targets = [corpus.pick(rng) for _ in range(rng.randint(*LINKS_PER_ENTRY))]
        self.targets = [t if t != index else (t + 1) % corpus.n for t in targets]
        self.meta = self.make_meta()
        self.body = self.make_body()

    def make_meta(self):
        rng, corpus = self.rng, self.corpus
        year, month, day = rng.randint(2010, 2025), rng.randint(1, 12), rng.randint(1, 28)
        form = rng.random()
        edtf = f"{year}-{month:02}-{day:02}"
        if form > 0.9:
            edtf = f"{year}/{year + rng.randint(1, 9)}"
        elif form > 0.7:
            edtf = f"{year}-{month:02}"
        relations = RELATIONS[self.collection]
        return {
            "title": corpus.title[self.index],
            "summary": self.sentence(12),
            "day": f"{year}-{month:02}-{day:02}",
            "edtf": edtf,
            "tags": sorted(set(rng.choices(TAGS, k=rng.randint(1, 4)))),
            "relations": {r: sorted({corpus.slug[corpus.pick(rng, r)] for _ in range(rng.randint(1, 3))})
                          for r in relations},
            "names": [f"{' '.join(rng.choices(DOMAIN, k=2)).title()} {self.index}{'AB'[k]}" for k in range(rng.randint(0, 2))],
            "sources": [{"title": self.sentence(6)[:-1], "url": f"https://example.org/{corpus.slug[self.index]}/{k}"}
                        for k in range(rng.randint(1, 3))],
        }

    def sentence(self, length=0):
        words = self.rng.choices(self.corpus.words, cum_weights=self.corpus.cum,
                                 k=length or self.rng.randint(8, 24))
        words[0] = words[0].capitalize()
        if len(words) > 10:
            words[5] += ","
        return " ".join(words) + "."

    def paragraph(self, words):
        """About `words` words, with some emphasis, code and (1 in 20) a Chinese sentence."""
        rng, out, count = self.rng, [], 0
        while count < words:
            text = self.sentence()
            count += text.count(" ") + 1
            mark = rng.random()
            if mark < 0.12:
                parts = text.split(" ", 3)
                parts[2] = ("**{}**" if mark < 0.06 else "*{}*" if mark < 0.1 else "`{}`").format(parts[2].strip(","))
                text = " ".join(parts)
            out.append(text)
        if rng.random() < 0.05:
            out.append(rng.choice(CHINESE))
        return out

    def make_body(self):
        rng = self.rng
        sections = rng.randint(3, 6)
        words = rng.randint(280, 620)  # lists, tables and alerts bring the rest
        paragraphs = []  # (section, list of sentences)
        while words > 0:
            size = rng.randint(40, 100)
            paragraphs.append((len(paragraphs), self.paragraph(size)))
            words -= size
        for k, target in enumerate(self.targets):  # links go into the prose, one per sentence
            sentences = paragraphs[rng.randrange(len(paragraphs))][1]
            spot = rng.randrange(len(sentences))
            head, _, tail = sentences[spot].partition(" ")
            sentences[spot] = f"{head} {link(self, target, self.corpus.title[target].lower(), k)} {tail}"
        if rng.random() < 0.5:
            note = f"[^1]: {self.sentence(14)} <https://example.org/note/{self.index}>"
            paragraphs[0][1][-1] += "[^1]"
        else:
            note = None
        blocks, done = [" ".join(paragraphs[0][1])], 1
        extras = [self.bullets()] + ([self.bullets("1.")] if rng.random() < 0.3 else [])
        extras += [self.table()] if rng.random() < 1 / 3 else []
        extras += [self.code()] if rng.random() < 0.1 else []
        extras += [self.alert()] if rng.random() < 1 / 6 else []
        rng.shuffle(extras)
        for s in range(sections):
            blocks.append(f"{'##' if s == 0 or rng.random() < 0.7 else '###'} {self.sentence(rng.randint(2, 5))[:-1]}")
            upto = 1 + (len(paragraphs) - 1) * (s + 1) // sections
            blocks += [" ".join(p) for _, p in paragraphs[done:upto]]
            done = upto
            blocks += extras[s * len(extras) // sections:(s + 1) * len(extras) // sections]
        return "\n\n".join(blocks + ([note] if note else [])) + "\n"

    def bullets(self, mark="-"):
        return "\n".join(f"{mark} {self.sentence(self.rng.randint(5, 12))}" for _ in range(self.rng.randint(3, 6)))

    def table(self):
        rng = self.rng
        rows = [["Item", "Year", "Share"], [":---", "---:", "---:"]]
        rows += [[self.sentence(3)[:-1], str(rng.randint(2010, 2025)), f"{rng.randint(1, 99)} %"]
                 for _ in range(rng.randint(3, 7))]
        return "\n".join("| " + " | ".join(r) + " |" for r in rows)

    def code(self):
        language = self.rng.choice(sorted(CODE))
        lines = []
        for _ in range(self.rng.randint(2, 4)):
            names = self.rng.choices(DOMAIN, k=4)
            names.insert(2, self.rng.randint(1, 9999))
            lines += [line.format(*names) for line in CODE[language]]
        return f"```{language}\n" + "\n".join(lines) + "\n```"

    def alert(self):
        kind = self.rng.choice(["", "[!NOTE]", "[!WARNING]"])
        text = " ".join(self.paragraph(30))
        return f"> {kind}\n> {text}" if kind else f"> {text}"


def relative(entry, target):
    other = entry.corpus.collection[target]
    return f"{entry.corpus.slug[target]}.md" if other == entry.collection else f"../{entry.corpus.path(target)}.md"


def link(entry, target, text, ordinal):
    """A wikilink and a Markdown link in turn."""
    if ordinal % 2 == 0:
        return f"[[{entry.corpus.path(target)}|{text}]]"
    return f"[{text}]({relative(entry, target)})"


def front_matter(meta):
    """The entry's front matter; JSON scalars and lists are valid YAML."""
    js = lambda value: json.dumps(value, ensure_ascii=False)
    rows = [f"title: {js(meta['title'])}", f"summary: {js(meta['summary'])}", f"date: {meta['edtf']}",
            f"tags: {js(meta['tags'])}"]
    rows += [f"{k}: {js(v)}" for k, v in meta["relations"].items()]
    if meta["names"]:
        rows.append(f"aliases: {js(meta['names'])}")
    rows.append("sources:")
    rows += [f"  - title: {js(s['title'])}\n    url: {js(s['url'])}" for s in meta["sources"]]
    return "---\n" + "\n".join(rows) + "\n---\n\n"


def book_toml(corpus):
    """The declaration of the collections."""
    lines = ['[book]', 'title = "Benchmark"', 'description = "A generated knowledge base"', 'language = "en"']
    for name in corpus.members:
        lines += ["", f"[collections.{name}]", f'title = "{name.title()}"', f'singular = "{SINGULAR[name]}"',
                  f"timeline = {str(name == 'events').lower()}", 'sort = "date"',
                  "", f"[collections.{name}.fields.date]", 'type = "date"', "required = true"]
        for target in RELATIONS[name]:
            lines += ["", f"[collections.{name}.fields.{target}]", 'type = "reference"', f'to = "{target}"', "many = true",
                      f'label = "{target.title()}"', f'inverse = "{name.title()}"']
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="directory to write into; OUT/content must not exist")
    parser.add_argument("--entries", type=int, required=True, metavar="N", help="number of entries (at least 20)")
    parser.add_argument("--seed", type=int, default=1, help="seed of every random stream (default 1)")
    args = parser.parse_args()
    if args.entries < 20:
        parser.error("--entries must be at least 20")
    content = args.out / "content"
    content.mkdir(parents=True, exist_ok=False)
    corpus = Corpus(args.entries, args.seed)
    for name in corpus.members:
        (content / name).mkdir()
    in_degree, total, words = [0] * corpus.n, 0, 0
    for index in range(corpus.n):
        entry = Entry(corpus, index)
        for target in set(entry.targets):
            in_degree[target] += 1
        text = (front_matter(entry.meta) + entry.body).encode("utf-8")
        total += len(text)
        words += len(entry.body.split())
        (content / f"{corpus.path(index)}.md").write_bytes(text)
    (args.out / "book.toml").write_text(book_toml(corpus), "utf-8")
    (content / "index.md").write_text("---\ntitle: Benchmark\n---\n\nA generated knowledge base.\n", "utf-8")
    hub = max(range(corpus.n), key=in_degree.__getitem__)
    facts = {"entries": corpus.n, "seed": args.seed, "bytes": total, "words": words,
             "linked_pairs": sum(in_degree), "max_in_degree": in_degree[hub], "hub": corpus.path(hub),
             "collections": {name: len(members) for name, members in corpus.members.items()}}
    (args.out / "corpus.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
