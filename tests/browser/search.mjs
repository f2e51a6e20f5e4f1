// What readers find, and how they get there: every query of search/queries.json on the real site, the field of every
// page and the search page, from disk and under a sub-path of a server.
//
//   node search.mjs DOSSIER SITE
//
// DOSSIER is the program, which builds a book of what is hard; SITE is the site of content/. CHROMIUM names the browser.

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { Checks, inTab } from "./check.mjs";
import { SUB_PATH, serve } from "./serve.mjs";
import { COLOURS, WCAG } from "./soundness.mjs";

const [dossier, site] = process.argv.slice(2).map((path) => resolve(path));
if (!site) {
  console.error("usage: node search.mjs DOSSIER SITE");
  process.exit(2);
}
const require = createRequire(import.meta.url);
const json = async (name) => JSON.parse(await readFile(new URL(`search/${name}.json`, import.meta.url), "utf8"));
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 } };

/** What stands in a book is text, whatever it looks like, and is found in whatever script it is written. */
const HARD = {
  "book.toml": '[book]\ntitle = "Hard"\n\n[collections.things]\ntitle = "Things"\nsingular = "Thing"\n',
  "content/things/markup.md":
    "---\ntitle: '<img src=x onerror=\"document.title=1\"> & \"quoted\" </script>'\naliases: ['`${document.title=2}` <b>bold</b>']\nsummary: '<i>summary</i> \\ and `ticks`'\ntags: ['a`b${c}\\d', '<u>']\n---\n\nSome text with `<script>document.title=3</script>` and &lt;b&gt; in it.\n\n## A <em>heading</em> & more\n\nUnter der Straße steht ein Zebra.\n",
  "content/things/proto.md": "---\ntitle: __proto__ constructor\n---\n\nThe word toString stands here, and hasOwnProperty.\n",
  "content/things/long.md":
    `---\ntitle: A long text\n---\n\n${Array.from({ length: 60 }, (_, i) => `## Part ${i + 1}\n\n${`Filling of part ${i + 1}. `.repeat(60)}${i === 47 ? "Here a quokka sits, a quokka." : i === 2 ? "A numbat." : ""}\n`).join("\n")}`,
  "content/things/trad.md": "---\ntitle: 臺灣積體電路\ndate: 1987\n---\n\n半導體製造。銀行。\n",
  "content/things/ja.md": "---\ntitle: トヨタ自動車\nlang: ja\ndate: 1937/1940\n---\n\n車を作る会社。\n",
  "content/things/ko.md": "---\ntitle: 한국 경제\nlang: ko\n---\n\n반도체를 만든다.\n",
  "content/things/facts.md":
    "---\ntitle: Facts\nfigures:\n  - value: over 1.4 trillion yuan\n    label: of green bonds\ntags: [green steel]\n---\n\nWe see [[corp]] here.\n\n<div title=\"a > leaksecret\">ostrich <script>if (a<b) x('</b>leaksecret')</script>visible</div>\n",
  "content/things/corp.md": "---\ntitle: International Widget Corporation\n---\n\nWidgets. See [all of it](../about.md).\n",
  "content/about.md": "# About\n\nThe pelican stands in the root. The other pelicans [[corp]] has.\n",
  "content/things/pelican.md": "# Birds\n\nA pelican.\n",
  "content/things/marks.md": `---\ntitle: Marks\ntags: ["two\\nlines"]\n---\n\n火\u0301山 stands here. Buses, and a crisis of gas.\n`,
  "content/things/draft.md": "---\ntitle: A secret draft\ndraft: true\n---\n\nNobody finds the axolotl.\n",
};

/** Names that only signs tell apart, and what is written in several ways. */
const SIGNS = ["C", "C++", "C#", "C*", "F#", "Net", ".NET", "A", "A+", "5G", "5G+", "AT&T", "R&D", "Node.js", "Yahoo!", "!", "Wi-Fi", "Who?", "The WHO", "Objective-C", "C/C++", "AT", "Go", "Go!", "x2", "x²", "H₂O", "H2O"];
const WAYS = {
  release: "Since v2.4.6 it is so.",
  language: "It runs on Python3.11 and later.",
  protocol: "Few speak IPv6 as yet.",
  words: "What must and what should says RFC 2119 of the series.",
  course: "The course is AZ-104, and no other.",
  radio: "They have Wi\u2011Fi at home.",
  change: "The hand-off comes at noon.",
  solid: "The hotspot takes EX407 only.",
  soft: "A tele\u00adscope stands there.",
  machine: "Light is used in photolithography.",
  stone: "Stone is used in lithography.",
  sound: "A phonograph.",
  people: "Those who know IT.",
  nothing: "It is what it was, and is.",
};

const checks = new Checks();
const browser = await launch();
const work = await mkdtemp(join(tmpdir(), "dossier-search-"));
try {
  await look(site, [found, sameWords, field, page, still, begins, searched, slow, withoutScripts, accessible, printed]);
  for (const [path, text] of Object.entries(HARD)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), text);
  }
  execFileSync(dossier, ["build", work, "--out", join(work, "site")], { stdio: "pipe" });
  await look(join(work, "site"), [hard]);
  const alike = join(work, "alike");
  await mkdir(join(alike, "content/ways"), { recursive: true });
  await writeFile(join(alike, "book.toml"), '[book]\ntitle = "Alike"\n');
  for (const [i, title] of SIGNS.entries()) {
    // The one without signs is linked most, and all say the same words.
    const link = title === "C" ? "" : "See [c](0.md), C and C++ and C#.";
    await writeFile(join(alike, `content/${i}.md`), `---\ntitle: ${JSON.stringify(title)}\n---\n\n${link} Text.\n`);
  }
  for (const [name, text] of Object.entries(WAYS)) await writeFile(join(alike, `content/ways/${name}.md`), `# About the ${name}\n\n${text}\n`);
  execFileSync(dossier, ["build", alike, "--out", join(alike, "site")], { stdio: "pipe" });
  await look(join(alike, "site"), [signs, ways]);
} finally {
  await browser.close();
  await rm(work, { recursive: true });
}
for (const failure of checks.failed.sort()) console.log(`FAILED ${failure}`);
console.log(`${checks.passed} passed, ${checks.failed.length} failed`);
process.exitCode = checks.failed.length > 0 ? 1 : 0;

async function look(site, parts) {
  const server = await serve(site);
  const places = [
    { name: "file", root: pathToFileURL(site + sep).href },
    { name: "http", root: `http://127.0.0.1:${server.address().port}${SUB_PATH}` },
  ];
  try {
    for (const place of places) for (const part of parts) await part(place);
  } finally {
    server.close();
  }
}

/** Opens the search page and waits until it can find something. */
async function ready(tab, place, query = "") {
  await tab.goto(place.root + "search.html" + query);
  await tab.waitForFunction(() => window.dossier.search?.find);
}

/** The addresses that a query finds, and how many documents it finds in all. */
function ask(tab, text, filters) {
  return tab.evaluate(
    async ({ text, filters }) => {
      const found = await window.dossier.search.find(text, filters);
      const shown = await window.dossier.search.show(found, 0, 10, 200);
      return { urls: shown.map((one) => decodeURIComponent(one.url)), total: found.total, mended: found.mended.map((one) => one.to) };
    },
    { text, filters },
  );
}

/** The entry that a reader means comes first, or among the first three. */
async function found(place) {
  const queries = await json("queries");
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    await ready(tab, place);
    for (const { query, first, among = [first], section, missed } of queries) {
      await checks.run(`${place.name}: "${query}" finds ${among.join(" or ")}`, problems, async () => {
        const { urls } = await ask(tab, query);
        const best = urls.slice(0, first ? 1 : 3);
        const of = (url) => url.split("#")[0].replace(/\.html$/, "");
        const hit = best.find((url) => among.includes(of(url)));
        const isRight = Boolean(hit) && (!section || hit.endsWith(`#${section}`));
        // One that is known to be missed says so: when it is hit, it is to be taken out.
        if (isRight === Boolean(missed)) throw new Error(missed ? "it is no longer missed" : `it finds ${urls.slice(0, 4).join(", ")}`);
      });
    }
  });
}

/** What is one word in the index is one in the browser. */
async function sameWords(place) {
  const [vectors, stems] = [await json("tokens"), await json("stems")];
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    await ready(tab, place);
    await checks.run(`${place.name}: words and stems are those of the index`, problems, async () => {
      const wrong = await tab.evaluate(
        async ({ vectors, stems }) => {
          const search = window.dossier.search;
          await search.ready("中");
          // The book's own table has its own letters only.
          search.han("國国製制動动車车");
          const wrong = [];
          for (const { text, words, joined, exact, also = [] } of vectors) {
            const own = search.tokens(text);
            if (own.map((token) => token.word).join("|") !== words.join("|")) wrong.push(`${text}: ${own.map((token) => token.word)}`);
            if (own.some((token, i) => token.to <= token.from || token.to > text.length || token.from < (own[i - 1]?.from ?? 0))) wrong.push(`${text}: ${JSON.stringify(own)}`);
            if (joined !== undefined && search.joined(text) !== joined) wrong.push(`${text}: ${search.joined(text)}`);
            if (exact !== undefined && search.exact(text) !== exact) wrong.push(`${text}: ${search.exact(text)}`);
            if (search.also(text).map((token) => token.word).join("|") !== also.join("|")) wrong.push(`${text}: ${JSON.stringify(search.also(text))}`);
          }
          for (const [word, stem] of Object.entries(stems)) if (search.stem(word) !== stem) wrong.push(`${word}: ${search.stem(word)}`);
          return wrong;
        },
        { vectors, stems },
      );
      if (wrong.length > 0) throw new Error(wrong.join("; "));
    });
  });
}

/** The field in the header, by keyboard and by pointer. */
async function field(place) {
  for (const [name, look] of [["wide", WIDE], ["narrow", NARROW]]) {
    await inTab(browser, checks, place, look, async (tab, problems) => {
      const input = tab.locator(".site-search input");
      const options = tab.locator('.search-list [role="option"]');
      const titles = () => options.locator(".result-title").allTextContents();
      const start = place.root + "policies/us-tariffs.html";
      const check = (what, run) => checks.run(`${place.name}, ${name}: ${what}`, problems, run);
      const isFocused = () => input.evaluate((field) => document.activeElement === field);
      await tab.goto(start);
      await check("nothing of the index is loaded before a reader searches", async () => {
        const loaded = await tab.evaluate(() => performance.getEntriesByType("resource").map((one) => one.name).filter((name) => /search/.test(name)));
        if (loaded.length > 0) throw new Error(loaded.join(", "));
      });
      await check("a slash goes to the field, and so does Ctrl-K", async () => {
        await tab.keyboard.press("/");
        if (!(await isFocused())) throw new Error("the slash does not");
        await input.blur();
        await tab.keyboard.press("Control+k");
        if (!(await isFocused())) throw new Error("Ctrl-K does not");
        if ((await input.inputValue()) !== "") throw new Error("the slash was typed");
      });
      await check("results come as they are typed for", async () => {
        await tab.keyboard.type("semicond");
        await options.first().waitFor();
        const [first] = await titles();
        if (first !== "Semiconductors") throw new Error(`the first is ${first}`);
        const says = await input.evaluate((field) => [field.getAttribute("aria-expanded"), document.getElementById(field.getAttribute("aria-controls"))?.getAttribute("role")]);
        if (says.join() !== "true,listbox") throw new Error(`the field says ${says}`);
        const status = await tab.locator('.site-search [role="status"]').textContent();
        if (!/^\d+ results?$/.test(status)) throw new Error(`"${status}" is announced`);
      });
      await check("results fit the screen, and stay where they are", async () => {
        const before = await titles();
        const box = await tab.locator(".search-panel").boundingBox();
        if (box.x < 0 || box.x + box.width > look.viewport.width) throw new Error(JSON.stringify(box));
        const place = async () => JSON.stringify(await options.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top)));
        const first = await place();
        await options.nth(1).hover();
        await tab.waitForTimeout(300);
        if ((await place()) !== first || (await titles()).join() !== before.join()) throw new Error("they move");
      });
      await check("the arrows choose, and the field keeps the focus", async () => {
        const chosen = () => input.evaluate((field) => field.getAttribute("aria-activedescendant"));
        const selected = () => tab.locator('.search-list [aria-selected="true"]').evaluateAll((all) => all.map((one) => one.id));
        for (const [key, id] of [["ArrowDown", ":result-0"], ["ArrowDown", ":result-1"], ["ArrowUp", ":result-0"], ["ArrowUp", null], ["ArrowUp", ":result-all"], ["ArrowDown", null]]) {
          await tab.keyboard.press(key);
          if ((await chosen()) !== id || (await selected()).join() !== (id ?? "")) throw new Error(`${key}: ${await chosen()}, ${await selected()}, and wanted is ${id}`);
          if (!(await isFocused())) throw new Error("it does not");
        }
      });
      await check("Tab goes past the results, and closes them", async () => {
        await tab.keyboard.press("Tab");
        await tab.keyboard.press("Tab");
        const where = await tab.evaluate(() => document.activeElement.closest(".search-panel, .site-search")?.className);
        if (where) throw new Error(`the focus is in ${where}`);
        if (await tab.locator(".search-panel").isVisible()) throw new Error("they stay");
        await input.focus();
        await options.first().waitFor();
      });
      await check("Escape closes, then empties, then leaves", async () => {
        const panel = tab.locator(".search-panel");
        await tab.keyboard.press("Escape");
        if (await panel.isVisible()) throw new Error("the results stay");
        await tab.keyboard.press("Escape");
        if ((await input.inputValue()) !== "") throw new Error("the words stay");
        await tab.keyboard.press("Escape");
        if (await isFocused()) throw new Error("the focus stays");
      });
      await check("a typo is mended, and said so", async () => {
        await input.fill("semicondutor");
        await options.first().waitFor();
        const note = await tab.locator(".search-note").textContent();
        if (!note.includes("semicondutor") || !note.includes("semiconductor")) throw new Error(note);
      });
      await check("what is nowhere is said to be nowhere", async () => {
        await input.fill("qqqqzzzz");
        await tab.getByText("Nothing was found for").first().waitFor();
        if ((await options.count()) > 0) throw new Error("there are results");
      });
      await check("Enter opens the result that is chosen", async () => {
        await input.fill("made in ch");
        await options.first().waitFor();
        await tab.keyboard.press("ArrowDown");
        await Promise.all([tab.waitForURL(/policies\/made-in-china-2025\.html/), tab.keyboard.press("Enter")]);
      });
      await check("a click opens a result at its section", async () => {
        await tab.goto(start);
        await input.fill("five strategic initiatives");
        await options.first().waitFor();
        await Promise.all([tab.waitForURL(/made-in-china-2025\.html#five-strategic-initiatives$/), options.first().click()]);
      });
      await check("Enter in the field opens the search page", async () => {
        await tab.goto(start);
        await input.fill("制造 & more");
        await Promise.all([tab.waitForURL((url) => url.pathname.endsWith("/search.html")), input.press("Enter")]);
        const typed = tab.locator(".search-form input[name=q]");
        await tab.waitForFunction(() => document.querySelector(".results a"));
        if ((await typed.inputValue()) !== "制造 & more") throw new Error(await typed.inputValue());
      });
    });
  }
}

/** The search page: its address, its filters, its keyboard. */
async function page(place) {
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    const check = (what, run) => checks.run(`${place.name}: search page: ${what}`, problems, run);
    const results = tab.locator(".results a");
    const settled = (query) => tab.waitForFunction((query) => location.search === query, query);
    const urls = () => results.evaluateAll((all) => all.map((one) => one.href));
    await check("an address says what is looked for", async () => {
      await ready(tab, place, "?q=tariffs&in=policies&from=2018&to=2018");
      await results.first().waitFor();
      const found = await urls();
      if (found.length === 0 || !found.every((url) => url.includes("/policies/"))) throw new Error(found.join());
      if (!found[0].includes("us-tariffs")) throw new Error(found[0]);
      const fields = await tab.locator(".search-form [name]").evaluateAll((all) => all.map((one) => one.value).join());
      if (fields !== "tariffs,policies,,,2018,2018") throw new Error(fields);
      await tab.waitForFunction(() => document.title.startsWith("tariffs"));
    });
    await check("what is typed is kept in the address", async () => {
      await tab.locator("[name=from]").fill("");
      await tab.locator("[name=to]").fill("");
      await tab.locator("[name=in]").selectOption("");
      await tab.locator("[name=q]").fill("robots");
      await settled("?q=robots");
      await tab.reload();
      await results.first().waitFor();
      if ((await tab.locator("[name=q]").inputValue()) !== "robots") throw new Error("it is lost");
    });
    await check("every filter narrows, also alone", async () => {
      const all = Number.parseInt(await tab.locator(".search-status").textContent(), 10);
      for (const [name, value, wanted] of [["in", "reactions", /\/reactions\//], ["country", "JP", /\/reactions\/japanese/], ["tag", null, /./]]) {
        const choice = tab.locator(`[name=${name}]`);
        const chosen = value ?? (await choice.locator("option").nth(1).getAttribute("value"));
        await choice.selectOption(chosen);
        await tab.waitForFunction((query) => location.search.includes(query), `${name}=`);
        await tab.waitForFunction((all) => Number.parseInt(document.querySelector(".search-status").textContent, 10) < all || !document.querySelector(".results a"), all);
        const some = await urls();
        if (!some.every((url) => wanted.test(url))) throw new Error(`${name}: ${some.join()}`);
        await tab.locator("[name=q]").fill("");
        await tab.waitForFunction(() => document.querySelector(".results a"));
        const only = await urls();
        if (only.length === 0 || (value && !only.some((url) => wanted.test(url)))) throw new Error(`${name} alone: ${only.join()}`);
        await choice.selectOption("");
        await tab.locator("[name=q]").fill("robots");
        await settled("?q=robots");
      }
    });
    await check("more results come when they are asked for, behind the others", async () => {
      await tab.locator("[name=q]").fill("china");
      await settled("?q=china");
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length === 10);
      const before = await urls();
      await tab.locator(".search-more").click();
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length === 20);
      const after = await urls();
      if (after.slice(0, 10).join() !== before.join() || new Set(after).size !== 20) throw new Error(after.join());
      const focused = await tab.evaluate(() => document.activeElement.href);
      if (focused !== after[10]) throw new Error(`the focus is on ${focused}`);
    });
    await check("who comes back finds as many results, where they were", async () => {
      const before = await urls();
      const chosen = results.nth(14);
      await chosen.scrollIntoViewIfNeeded();
      const top = await tab.evaluate(() => scrollY);
      await Promise.all([tab.waitForURL((url) => !url.pathname.endsWith("/search.html")), chosen.click()]);
      await tab.goBack();
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length >= 20);
      if ((await urls()).join() !== before.join()) throw new Error((await urls()).join());
      await tab.waitForFunction((top) => Math.abs(scrollY - top) < 100, top);
    });
    await check("so does who loads the page anew", async () => {
      await tab.evaluate(() => scrollTo(0, 700));
      await tab.waitForFunction(() => history.state?.results?.top === 700);
      await tab.reload();
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length >= 20 && scrollY === 700);
    });
    await check("another query begins with ten", async () => {
      await tab.locator("[name=q]").fill("industry");
      await settled("?q=industry");
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length === 10);
    });
    await check("the arrows lead through the results", async () => {
      await tab.locator("[name=q]").focus();
      const at = () => tab.evaluate(() => document.activeElement.href ?? document.activeElement.name);
      const all = await urls();
      for (const [key, wanted] of [["ArrowDown", all[0]], ["ArrowDown", all[1]], ["ArrowUp", all[0]], ["ArrowUp", "q"]]) {
        await tab.keyboard.press(key);
        if ((await at()) !== wanted) throw new Error(`${key}: ${await at()}`);
      }
    });
    await check("a tag that nobody has is kept, and finds nothing", async () => {
      await ready(tab, place, "?tag=nobody-has-it");
      await tab.getByText("Nothing was found").first().waitFor();
      if ((await tab.locator("[name=tag]").inputValue()) !== "nobody-has-it") throw new Error("it is lost");
    });
    await check("words in quotes stand side by side", async () => {
      const phrase = await ask(tab, '"brain drain"');
      const words = await ask(tab, "brain drain");
      const other = await ask(tab, '"drain brain"');
      if (phrase.total === 0 || phrase.total > words.total || other.total !== 0) throw new Error(JSON.stringify([phrase, words, other]));
    });
  });
}

/** Nothing on the search page moves while it is filled, however slowly its files come. */
async function still(place) {
  const queries = ["", "?q=china", "?q=semicondutor", "?q=qqqqzzzz", "?in=policies&from=2018", "?country=JP", "?tag=nobody-has-it"];
  for (const width of [360, 1280]) {
    for (const query of queries) {
      // Each time anew: what was seen before is in no cache.
      await inTab(browser, checks, place, { viewport: { width, height: 800 } }, async (tab, problems) => {
        await checks.run(`${place.name}: search.html${query} does not move at ${width} px`, problems, async () => {
          await tab.addInitScript(() => {
            window.shifts = [];
            new PerformanceObserver((seen) => {
              for (const shift of seen.getEntries()) {
                const moved = shift.sources.map((source) => source.node?.className || source.node?.nodeName).join(" ");
                if (!shift.hadRecentInput) window.shifts.push([shift.value, moved]);
              }
            }).observe({ type: "layout-shift", buffered: true });
          });
          if (place.name === "http") {
            await tab.route(/search(\/.*)?\.js$/, async (route) => {
              await new Promise((done) => setTimeout(done, 150));
              await route.continue();
            });
          }
          await ready(tab, place, query);
          if (query) await tab.waitForFunction(() => document.querySelector(".search-status").textContent);
          await tab.waitForTimeout(400);
          const shifts = await tab.evaluate(() => window.shifts);
          const sum = shifts.reduce((all, [value]) => all + value, 0);
          if (sum > 0.02) throw new Error(`${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
        });
      });
    }
  }
}

/** Without a query the search page shows where to begin. */
async function begins(place) {
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    const begin = tab.locator(".search-begin");
    await checks.run(`${place.name}: the search page shows where to begin, until something is looked for`, problems, async () => {
      await ready(tab, place);
      for (const href of ["policies/index.html", "countries/jp.html", "tags/chips.html"]) {
        const count = await begin.locator(`a[href="${href}"] + .count`).textContent();
        if (!/^[1-9]\d*$/.test(count)) throw new Error(`${href}: ${count}`);
      }
      await tab.locator("[name=q]").fill("robots");
      await tab.locator(".results a").first().waitFor();
      if (await begin.isVisible()) throw new Error("it stays");
      await tab.locator("[name=q]").fill("");
      await begin.waitFor();
      if ((await tab.locator(".results a").count()) > 0) throw new Error("results stay");
    });
    await checks.run(`${place.name}: a country there leads to its page`, problems, async () => {
      await Promise.all([tab.waitForURL("**/countries/jp.html"), begin.locator('a[href="countries/jp.html"]').click()]);
      await tab.locator(".card-title").first().waitFor();
    });
  });
}

/** What is searched of an entry is what its page shows of it: word by word its text, and as a whole what stands beside. */
async function searched(place) {
  // A page from disk cannot read another one.
  if (place.name !== "http") return;
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    await ready(tab, place);
    const entries = await tab.evaluate(async () => {
      const search = window.dossier.search;
      const start = await search.ready("中");
      const words = (text) => search.inOrder(search.tokens(text)).map((token) => token.word);
      // What a browser parts by lines is parted here: its blocks and cells.
      const textOf = (element) => {
        const copy = element.cloneNode(true);
        copy.querySelectorAll('.anchor, .copy, a[href^="#fn"], script, style').forEach((one) => one.remove());
        // What the interface says itself: how many values are folded away, and what kind of note it is.
        if (element.tagName === "TD") copy.querySelectorAll("summary").forEach((one) => one.remove());
        copy.querySelectorAll(".alert-title").forEach((one) => /^(Note|Tip|Important|Warning|Caution)$/.test(one.textContent) && one.remove());
        copy.querySelectorAll("p, li, td, th, tr, dt, dd, pre, br, hr, h1, h2, h3, h4, h5, h6, blockquote, figure, figcaption, div, section, ul, ol, table, caption, span").forEach((one) => {
          if (one.tagName !== "SPAN" || one.className) one.before("\n"), one.after("\n");
        });
        copy.querySelectorAll("img[alt]").forEach((one) => one.replaceWith(one.alt));
        return copy.textContent;
      };
      const found = new Map();
      const records = await search.recordsOf(start, Array.from({ length: 2 ** start.bits }, (_, number) => number));
      for (const record of records) {
        const text = record.sections.map((section) => `${section.heading}\n${section.text}`).join("\n");
        const beside = [record.title, ...record.aliases, record.summary, ...record.beside].join("\n");
        const known = found.get(record.url);
        if (known) known.text += `\n${text}`;
        else found.set(record.url, { text, beside, isEntry: record.sections.length > 0 || record.beside.length > 0 });
      }
      const entries = [];
      for (const [url, record] of found) {
        if (!record.isEntry) continue;
        const page = new DOMParser().parseFromString(await (await fetch(search.root + url)).text(), "text/html");
        const prose = page.querySelector(".entry-text > .prose, .list > .prose, .home-text > .prose");
        // Relations are found as the entries to which they lead, and labels are words of the interface.
        const own = Array.from(page.querySelectorAll("h1, .aliases .alias, .lead, .facts td, .figures, .entry-text > .prose, .list > .prose, .home-text > .prose, .tags a"), textOf).join("\n");
        const relations = Array.from(page.querySelectorAll(".facts td a:not(.external), h1 + .count, .aliases .label"), textOf).join("\n");
        const shown = { all: words(own), text: prose ? words(textOf(prose)) : [] };
        const said = { all: words(`${record.beside}\n${record.text}`), text: words(record.text) };
        const [inPage, inIndex, aside] = [new Set(shown.all), new Set(said.all), new Set(words(relations))];
        // Notes are searched where they are written, and stand at the end of the page.
        if (prose?.querySelector(".footnotes")) [shown.text, said.text].forEach((words) => words.sort());
        const place = shown.text.findIndex((word, i) => word !== said.text[i]);
        entries.push({
          url,
          hidden: said.all.filter((word) => !inPage.has(word)),
          missed: shown.all.filter((word) => !inIndex.has(word) && !aside.has(word)),
          differs: shown.text.join(" ") === said.text.join(" ") ? "" : `at ${place}: ${shown.text.slice(Math.max(0, place - 3), place + 6).join(" ")} | ${said.text.slice(Math.max(0, place - 3), place + 6).join(" ")}`,
        });
      }
      return entries;
    });
    await checks.run(`${place.name}: all entries were compared with their pages`, problems, async () => {
      if (entries.length < 140) throw new Error(`there are ${entries.length}`);
    });
    for (const { url, hidden, missed, differs } of entries) {
      await checks.run(`${place.name}: what is searched of ${url} is what its page shows`, problems, async () => {
        if (hidden.length > 0) throw new Error(`the page does not show ${hidden.slice(0, 9).join(" ")}`);
        if (missed.length > 0) throw new Error(`the search does not know ${missed.slice(0, 9).join(" ")}`);
        if (differs) throw new Error(differs);
      });
    }
  });
}

/** While files are on their way, or do not come. */
async function slow(place) {
  // Of files on disk nobody has to wait for long.
  if (place.name !== "http") return;
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    const check = (what, run) => checks.run(`${place.name}: slow: ${what}`, problems, run);
    const input = tab.locator(".site-search input");
    const options = tab.locator('.search-list [role="option"]');
    const later = (files, time) =>
      tab.route(files, async (route) => {
        await new Promise((done) => setTimeout(done, time));
        await route.continue();
      });
    await check("what is typed while the index loads is found", async () => {
      await later(/search\/start\.js/, 500);
      await tab.goto(place.root + "policies/us-tariffs.html");
      await input.pressSequentially("rob", { delay: 10 });
      await input.pressSequentially("otics", { delay: 60 });
      await options.first().waitFor();
      await tab.waitForFunction(() => document.querySelector(".search-list .result-title")?.textContent.startsWith("Robot"));
      await tab.unroute(/search\/start\.js/);
    });
    await check("where a reader was in one query is forgotten in another", async () => {
      const count = () => tab.locator(".results a").count();
      await ready(tab, place, "?q=china");
      await tab.locator(".results a").first().waitFor();
      await tab.locator(".search-more").click();
      await tab.waitForFunction(() => history.state?.results?.shown === 20);
      await later(/search\/[rt]-/, 500);
      // While results are on their way, and while a reader comes back.
      await tab.locator("[name=q]").fill("industry");
      await tab.waitForFunction(() => location.search === "?q=industry" && document.querySelectorAll(".results a").length === 10 && history.state?.results?.query === "q=industry");
      await tab.reload();
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length > 0);
      await tab.waitForTimeout(800);
      if ((await count()) !== 10) throw new Error(`${await count()} results after a reload`);
      await tab.locator(".search-more").click();
      await tab.waitForFunction(() => history.state?.results?.shown === 20);
      await tab.evaluate(() => scrollTo(0, 700));
      await tab.waitForFunction(() => history.state?.results?.top === 700);
      await tab.reload();
      await tab.locator("[name=q]").fill("robots");
      await tab.waitForFunction(() => location.search === "?q=robots" && history.state?.results?.query === "q=robots");
      if ((await count()) > 10 || (await tab.evaluate(() => scrollY)) === 700) throw new Error(`${await count()} results of another query`);
      await tab.unroute(/search\/[rt]-/);
    });
    await check("more of one query never stands behind another", async () => {
      await ready(tab, place, "?q=china");
      await tab.waitForFunction(() => document.querySelectorAll(".results a").length === 10);
      const china = await tab.locator(".results a").evaluateAll((all) => all.map((one) => one.href));
      await later(/search\/r-/, 400);
      await tab.locator(".search-more").click();
      await tab.locator("[name=q]").fill("rare earths");
      await tab.waitForFunction((first) => document.querySelector(".results a")?.href !== first, china[0]);
      await tab.waitForTimeout(900);
      const shown = await tab.locator(".results a").evaluateAll((all) => all.map((one) => one.href));
      const { urls } = await ask(tab, "rare earths");
      if (shown.length > 10 || shown.some((url, i) => !url.endsWith(encodeURI(urls[i])))) throw new Error(shown.join());
      if (await tab.locator(".search-more").isDisabled()) throw new Error("no more can be asked for");
      await tab.unroute(/search\/r-/);
    });
  });
  // Here the browser complains of what does not come, and is meant to.
  const tab = await browser.newPage(WIDE);
  try {
    tab.setDefaultTimeout(10_000);
    const check = (what, run) => checks.run(`${place.name}: broken: ${what}`, [], run);
    const failed = tab.getByText("cannot be loaded").first();
    for (const files of [/search\/start\.js/, /search\/t-/, /search\/r-/]) {
      await check(`a reader is told that ${files} does not come, and finds when it does`, async () => {
        await tab.route(files, (route) => route.abort());
        await tab.goto(place.root + "policies/us-tariffs.html");
        await tab.locator(".site-search input").fill("robotics");
        await failed.waitFor();
        await tab.unroute(files);
        await tab.locator(".site-search input").fill("robotic");
        await tab.locator('.search-list [role="option"]').first().waitFor();
      });
    }
    await check("so it is on the search page", async () => {
      await tab.route(/search\/start\.js/, (route) => route.abort());
      await tab.goto(place.root + "search.html?q=robotics");
      await failed.waitFor();
      await tab.unroute(/search\/start\.js/);
      await tab.locator("[name=q]").fill("robots");
      await tab.locator(".results a").first().waitFor();
    });
  } finally {
    await tab.close();
  }
}

/** Without scripts the field leads to a page that says what to do instead. */
async function withoutScripts(place) {
  await inTab(browser, checks, place, { ...WIDE, javaScriptEnabled: false }, async (tab, problems) => {
    await checks.run(`${place.name}: without scripts there is a list of everything`, problems, async () => {
      await tab.goto(place.root + "sectors/robotics.html");
      await tab.locator(".site-search input").fill("tariffs");
      await Promise.all([tab.waitForURL(/search\.html\?q=tariffs$/), tab.locator(".site-search input").press("Enter")]);
      if (await tab.locator(".search-form").isVisible()) throw new Error("a form that does nothing is shown");
      const begin = await tab.locator(".search-begin").innerText();
      for (const text of ["Policies", "Japan", "chips"]) if (!begin.includes(text)) throw new Error(`${text} is not there`);
      const dead = await tab.locator('main a[href*="?"]').evaluateAll((links) => links.filter((link) => link.checkVisibility()).length);
      if (dead > 0) throw new Error(`${dead} links lead to what only scripts answer`);
      const link = tab.locator("main noscript a, main a").first();
      await Promise.all([tab.waitForURL(/all-entries\.html$/), link.click()]);
    });
  });
}

/** axe-core finds no violation where results are shown. */
async function accessible(place) {
  if (place.name === "file") return;
  for (const [name, look, rules] of [["light", WIDE, WCAG], ["dark", { ...WIDE, colorScheme: "dark" }, COLOURS], ["narrow", NARROW, WCAG]]) {
    await inTab(browser, checks, place, { ...look, bypassCSP: true }, async (tab, problems) => {
      for (const [what, open] of [
        ["the field with results", async () => {
          await tab.goto(place.root + "index.html");
          await tab.locator(".site-search input").fill("制造 semicondutor");
          await tab.locator('.search-list [role="option"]').first().waitFor();
          await tab.keyboard.press("ArrowDown");
        }],
        ["the search page with results", async () => {
          await ready(tab, place, "?q=tariffs");
          await tab.locator(".results a").first().waitFor();
        }],
      ]) {
        await checks.run(`axe: ${what}, ${name}`, problems, async () => {
          await open();
          await tab.evaluate(axe);
          const { violations } = await tab.evaluate((rules) => window.axe.run({ runOnly: rules, resultTypes: ["violations"] }), rules);
          if (violations.length > 0) throw new Error(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`).join("; "));
          const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) throw new Error(`it is ${wide} px too wide`);
        });
      }
    });
  }
}

/** On paper nobody searches. */
async function printed(place) {
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    await checks.run(`${place.name}: the field is not printed`, problems, async () => {
      await tab.goto(place.root + "index.html");
      await tab.emulateMedia({ media: "print" });
      if (await tab.locator(".site-search").isVisible()) throw new Error("it is");
    });
  });
}

/** What is called exactly what was typed comes first, signs and all. */
async function signs(place) {
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    await ready(tab, place);
    for (const [i, title] of SIGNS.entries()) {
      for (const query of [title, title.toLowerCase(), ` ${title} `, `"${title}"`, `what is ${title}`, `what is the ${title}`]) {
        // Of questions one does not know whether they end with a name.
        if (query.startsWith("what") && /^(The|A$|AT$|Who)/.test(title)) continue;
        await checks.run(`${place.name}: ${query} finds ${title} first`, problems, async () => {
          const { urls } = await ask(tab, query);
          if (urls[0] !== `${i}.html`) throw new Error(urls.slice(0, 4).map((url) => SIGNS[Number.parseInt(url, 10)] ?? url).join(", "));
        });
      }
    }
    await checks.run(`${place.name}: a name is marked as it was typed`, problems, async () => {
      const marked = await tab.evaluate(async () => {
        const found = await window.dossier.search.find("the who");
        const [first] = await window.dossier.search.show(found, 0, 1, 100);
        return first.title.filter((part) => part.mark).map((part) => part.text).join("|");
      });
      if (marked !== "The WHO") throw new Error(marked);
    });
  });
}

/** What is written in another way than it is typed is found, and marked. */
async function ways(place) {
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    await ready(tab, place);
    const shown = (query) =>
      tab.evaluate(async (query) => {
        const search = window.dossier.search;
        const found = await search.find(query);
        const shown = await search.show(found, 0, 20, 200);
        return {
          urls: shown.map((one) => one.url.split("#")[0]),
          mended: found.mended.length,
          marked: shown.map((one) => one.excerpt.filter((part) => part.mark).map((part) => part.text).join("|")),
        };
      }, query);
    for (const [query, names, marked] of [
      ["2.4.6", ["release"], "2.4.6"],
      ["v2.4.6", ["release"], "v2.4.6"],
      ["3.11", ["language"], "3.11"],
      ["python 3.11", ["language"]],
      ["v6", ["protocol"], "v6"],
      ["IP v6", ["protocol"], "IPv6"],
      ["RFC2119", ["words"]],
      ["rfc-2119", ["words"]],
      ["AZ104", ["course"], "AZ-104"],
      ["AZ 104", ["course"], "AZ-104"],
      ["handoff", ["change"], "hand-off"],
      ["Hand-Off", ["change"], "hand-off"],
      ["EX 407", ["solid"], "EX407"],
      ["EX-407", ["solid"], "EX407"],
      ["hot spot", ["solid"], "hotspot"],
      ["telescope", ["soft"], "tele\u00adscope"],
      ["lithography", ["stone", "machine"], "lithography"],
      ["photolithography", ["machine"], "photolithography"],
      ["graph", ["sound"].slice(1)],
      ["who know IT", ["people"], "IT"],
    ]) {
      await checks.run(`${place.name}: "${query}" finds ${names.join(", then ") || "nothing that only ends so"}`, problems, async () => {
        const found = await shown(query);
        const wanted = names.map((name) => `ways/${name}.html`);
        if (wanted.some((url, i) => found.urls[i] !== url) || found.mended > 0) throw new Error(`${found.urls.slice(0, 4)}${found.mended ? ", mended" : ""}`);
        if (names.length === 0 && found.urls.includes("ways/sound.html")) throw new Error("it finds an ending of five letters");
        if (marked && !found.marked[0].split("|").includes(marked)) throw new Error(`marked is ${found.marked[0]}`);
      });
    }
    await checks.run(`${place.name}: "wifi" finds what is called so, then what says so`, problems, async () => {
      const { urls } = await shown("wifi");
      if (urls.join() !== `${SIGNS.indexOf("Wi-Fi")}.html,ways/radio.html`) throw new Error(urls.join(", "));
    });
    await checks.run(`${place.name}: common words neither count nor are marked`, problems, async () => {
      const found = await shown("what is the lithography of it");
      if (found.urls[0] !== "ways/stone.html" || found.urls.includes("ways/nothing.html")) throw new Error(found.urls.join(", "));
      if (found.marked[0] !== "lithography") throw new Error(found.marked[0]);
      const only = await shown("what is it");
      if (only.urls[0] !== "ways/nothing.html" || only.marked[0] === "") throw new Error(`${only.urls.slice(0, 3)}: ${only.marked[0]}`);
      const phrase = await shown('"is so"');
      if (phrase.urls.join() !== "ways/release.html" || !phrase.marked[0].includes("is")) throw new Error(`${phrase.urls.slice(0, 3)}: ${phrase.marked[0]}`);
    });
  });
}

/** What is hard to find, and hard to show. */
async function hard(place) {
  await inTab(browser, checks, place, WIDE, async (tab, problems) => {
    const check = (what, run) => checks.run(`${place.name}: ${what}`, problems, run);
    await check("markup in titles, aliases and texts is text", async () => {
      await ready(tab, place, "?q=quoted+bold+zebra");
      const result = tab.locator(".results .result").first();
      await result.waitFor();
      const shown = await result.textContent();
      if (!shown.includes('<img src=x onerror="document.title=1"> & "quoted" </script>')) throw new Error(shown);
      await tab.goto(place.root + "index.html");
      await tab.locator(".site-search input").fill("quoted ticks document.title");
      await tab.locator('.search-list [role="option"]').first().waitFor();
      const made = await tab.locator(".search-panel :is(img, script, b, i, em, u)").count();
      if (made > 0) throw new Error("an element was made of it");
      if (/^\d/.test(await tab.title())) throw new Error("it ran");
    });
    await check("a tag with any sign in it can be chosen", async () => {
      await ready(tab, place);
      await tab.locator("[name=tag] option").nth(2).waitFor({ state: "attached" });
      const tags = await tab.locator("[name=tag] option").allTextContents();
      if (!tags.includes("a`b${c}\\d") || !tags.includes("<u>")) throw new Error(tags.join(" "));
      await tab.locator("[name=tag]").selectOption("a`b${c}\\d");
      await tab.locator(".results a").first().waitFor();
      if ((await tab.locator(".results a").count()) !== 1) throw new Error("more than one has it");
    });
    await check("a tag of two lines can be chosen", async () => {
      const { urls } = await ask(tab, "", { tag: "two lines" });
      if (urls.join() !== "things/marks.html") throw new Error(urls.join(", "));
    });
    for (const [query, address] of [
      ["__proto__", "things/proto.html"],
      ["constructor", "things/proto.html"],
      ["toString", "things/proto.html"],
      ["hasOwnProperty", "things/proto.html"],
      ["strasse", "things/markup.html#a-heading--more"],
      ["quokka", "things/long.html#part-48"],
      ["a long text quokka", "things/long.html#part-48"],
      ["numbat quokka", "things/long.html#part-48"],
      ["台湾", "things/trad.html"],
      ["臺灣", "things/trad.html"],
      ["半导体制造", "things/trad.html"],
      ["taiwan", "things/trad.html"],
      ["jiti dianlu", "things/trad.html"],
      ["twjtdl", "things/trad.html"],
      ["トヨタ", "things/ja.html"],
      ["会社", "things/ja.html"],
      ["車", "things/ja.html"],
      ["한국", "things/ko.html"],
      ["반도체", "things/ko.html"],
      ['"半导体制造"', "things/trad.html"],
      ['"製造"', "things/trad.html"],
      ['"造"', "things/trad.html"],
      ['"1.4 trillion yuan"', "things/facts.html"],
      ['"see International Widget Corporation"', "things/facts.html"],
      ["ostrich visible", "things/facts.html"],
      ["火山", "things/marks.html"],
      ["bus", "things/marks.html"],
      ["crises", "things/marks.html"],
      ["gases", "things/marks.html"],
    ]) {
      await check(`"${query}" finds ${address}`, async () => {
        await ready(tab, place);
        const { urls } = await ask(tab, query);
        if (urls[0] !== address) throw new Error(urls.join(", "));
      });
    }
    await check("a long text is found once", async () => {
      const { urls } = await ask(tab, "filling part");
      if (urls.filter((url) => url.startsWith("things/long.html")).length !== 1) throw new Error(urls.join(", "));
      const { total } = await ask(tab, "quokka");
      if (total !== 1) throw new Error(`${total} results`);
    });
    await check("what a page does not show is not found", async () => {
      const { total } = await ask(tab, "leaksecret");
      if (total !== 0) throw new Error("it is");
    });
    await check("the pages of the root can be chosen", async () => {
      const { urls } = await ask(tab, "pelican", { in: "." });
      if (urls.join() !== "about.html") throw new Error(urls.join(", "));
    });
    await check("Enter opens no result of another query", async () => {
      await tab.goto(place.root + "about.html");
      const input = tab.locator(".site-search input");
      await input.fill("pelican");
      await tab.locator('.search-list [role="option"]').first().waitFor();
      await tab.keyboard.press("ArrowDown");
      await tab.keyboard.type(" x");
      const chosen = await input.getAttribute("aria-activedescendant");
      if (chosen !== null) throw new Error(`${chosen} is still chosen`);
    });
    await check("an emptied field has no results", async () => {
      const input = tab.locator(".site-search input");
      await input.fill("pelican");
      await tab.locator('.search-list [role="option"]').first().waitFor();
      await tab.keyboard.press("Escape");
      await tab.keyboard.press("Escape");
      await tab.keyboard.press("ArrowDown");
      if (await tab.locator(".search-panel").isVisible()) throw new Error("they are shown");
    });
    await check("the title of the page stays behind what is looked for", async () => {
      await ready(tab, place);
      const title = await tab.title();
      await tab.locator("[name=q]").fill("a – pelican");
      await tab.waitForFunction(() => document.title.startsWith("a – pelican – "));
      await tab.locator("[name=q]").fill("");
      await tab.waitForFunction((title) => document.title === title, title);
    });
    if (place.name === "http") {
      await check("files of an older index, out of a cache, are loaded anew", async () => {
        // As a browser's cache would give them: those that are asked for without a time.
        await tab.route(/search\/[rt]-[0-9a-f]+\.js$/, async (route) => {
          const answer = await route.fetch();
          const older = (await answer.text()).replace(/^(dossier\.search\.\w+\([^,]+),\d+,/, "$1,1,");
          await route.fulfill({ response: answer, body: older });
        });
        await ready(tab, place);
        const { urls } = await ask(tab, "quokka");
        await tab.unroute(/search\/[rt]-[0-9a-f]+\.js$/);
        if (urls.join() !== "things/long.html#part-48") throw new Error(urls.join(", "));
      });
    }
    await check("a draft is not found", async () => {
      const { total } = await ask(tab, "axolotl");
      if (total !== 0) throw new Error("it is");
    });
    await check("years are those in which something may have been", async () => {
      for (const [from, to, wanted] of [[1938, 1938, "things/ja.html"], [1980, 1990, "things/trad.html"], [0, 1937, "things/ja.html"]]) {
        const { urls } = await ask(tab, "", { from, to });
        if (urls.join() !== wanted) throw new Error(`${from} to ${to}: ${urls}`);
      }
    });
    await check("a query of nothing but signs, or of very much, finds nothing and breaks nothing", async () => {
      for (const query of ["!!!", '""', '"', "   ", "\\", "a".repeat(500), "x ".repeat(300), "%%%", "<b>"]) await ask(tab, query);
    });
  });
}
