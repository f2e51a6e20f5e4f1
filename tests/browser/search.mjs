// What readers find: every query of search/queries.json on the real site, from disk and from a server.
//
//   node search.mjs SITE [--report]

import { readFile } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2]);
const report = process.argv.includes("--report");
const queries = JSON.parse(await readFile(new URL("search/queries.json", import.meta.url)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
let failed = 0;
try {
  const tab = await browser.newPage();
  tab.on("console", (message) => console.log("console:", message.text()));
  tab.on("pageerror", (error) => console.log("error:", error.message));
  await tab.goto(pathToFileURL(site + sep).href + "search.html");
  await tab.waitForFunction(() => window.dossier.search.find);
  // What is one word in the index is one in the browser.
  const vectors = JSON.parse(await readFile(new URL("search/tokens.json", import.meta.url)));
  const stems = JSON.parse(await readFile(new URL("search/stems.json", import.meta.url)));
  const other = await tab.evaluate(async ({ vectors, stems }) => {
    const search = window.dossier.search;
    await search.ready("中");
    // All of the table: the book's own has only its letters.
    search.han("國国製制動动車车");
    const wrong = [];
    for (const { text, words, joined } of vectors) {
      const own = search.tokens(text).map((token) => token.word);
      if (JSON.stringify(own) !== JSON.stringify(words)) wrong.push(`${text}: ${own.join(" ")}`);
      if (joined !== undefined && search.joined(text) !== joined) wrong.push(`${text}: ${search.joined(text)}`);
    }
    for (const [word, stem] of Object.entries(stems)) if (search.stem(word) !== stem) wrong.push(`${word}: ${search.stem(word)}`);
    return wrong;
  }, { vectors, stems });
  for (const wrong of other) console.log(`other words: ${wrong}`);
  failed += other.length;
  for (const wanted of queries) {
    const { shown, mended, total } = await tab.evaluate(async (text) => {
      const search = window.dossier.search;
      const found = await search.find(text);
      const shown = await search.show(found, 0, 10, 220);
      return { shown: shown.map((one) => one.url), mended: found.mended, total: found.total };
    }, wanted.query);
    const expected = (address) => (address === "index" ? "index.html" : address + ".html");
    const page = (url) => decodeURIComponent(url.split("#")[0]);
    const place = (address) => shown.findIndex((url) => page(url) === expected(address));
    let ok = wanted.first ? place(wanted.first) === 0 : wanted.among.some((one) => place(one) >= 0 && place(one) < 3);
    let why = "";
    if (ok && wanted.section && !shown.some((url) => url === expected(wanted.first ?? wanted.among[0]) + "#" + encodeURIComponent(wanted.section))) {
      ok = false;
      why = ` section ${wanted.section}`;
    }
    if (!ok) {
      failed++;
      console.log(`${wanted.kind}: ${wanted.query} -> ${wanted.first ?? wanted.among.join(" | ")}${why}; got ${total}: ${shown.slice(0, 4).join(", ")}${mended.length ? " mended " + mended.map((one) => one.to) : ""}`);
    }
  }
} finally {
  await browser.close();
}
console.log(`${queries.length - failed} of ${queries.length}`);
process.exitCode = failed ? 1 : 0;
