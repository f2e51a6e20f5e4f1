// What a search costs a reader: bytes loaded and time from the last keystroke, from disk and from a server.
//
//   node benches/search.mjs SITE [WORD...]
//
// Without words it takes some of the index's own. Bytes are those of the files that a query loads, compressed by gzip as
// a server sends them, each query on a fresh page; times are of the field in Chromium, once the index's files are loaded.

import { readFile, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { serve, SUB_PATH } from "../tests/browser/serve.mjs";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");
const site = resolve(process.argv[2] ?? "site");
const files = new Map();
for (const name of await readdir(join(site, "search"))) {
  const bytes = await readFile(join(site, "search", name));
  files.set(name.replace(/\.js$/, ""), { raw: bytes.length, gzip: gzipSync(bytes).length });
}
const sum = (names, kind) => [...names].reduce((all, name) => all + (files.get(name)?.[kind] ?? 0), 0);
const of = (prefix) => [...files.keys()].filter((name) => name.startsWith(prefix));
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const start = await readFile(join(site, "search/start.js"), "utf8");
const { documents } = JSON.parse(start.slice(start.indexOf("(") + 1, start.lastIndexOf(")")));
const thousand = (bytes) => `${(bytes / documents / 1000).toFixed(2)} MB for 1,000`;
console.log(`${documents} documents in ${files.size} files`);
console.log(`start.js: ${kib(files.get("start").raw)}, ${kib(files.get("start").gzip)} by gzip`);
const without = sum([...files.keys()].filter((name) => !name.startsWith("r-")), "raw");
console.log(`without excerpts: ${thousand(without)}; with: ${thousand(sum(files.keys(), "raw"))}`);
for (const [prefix, what] of [["t-", "words"], ["s-", "spellings"], ["r-", "records"]]) {
  console.log(`${what}: ${of(prefix).length} files of ${kib(sum(of(prefix), "raw") / of(prefix).length)}`);
}
const scripts = ["site", "search"].map((name) => join(site, `theme/${name}.js`));
for (const script of scripts) {
  console.log(`${script.slice(site.length + 1)}: ${kib((await stat(script)).size)}, ${kib(gzipSync(await readFile(script)).length)} by gzip`);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const server = await serve(site);
try {
  const words = process.argv.length > 3 ? process.argv.slice(3) : await some();
  for (const root of [pathToFileURL(site + sep).href, `http://127.0.0.1:${server.address().port}${SUB_PATH}`]) {
    const bytes = [];
    const times = [];
    for (const word of words) {
      const tab = await open(root);
      const loaded = await tab.evaluate(async (word) => {
        const search = window.dossier.search;
        const found = await search.find(word);
        const shown = await search.show(found, 0, 10, 200);
        return { files: search.loaded, shown: shown.length };
      }, word);
      bytes.push({ word, shown: loaded.shown, files: loaded.files.length, gzip: sum(loaded.files, "gzip") });
      if (loaded.shown > 0) times.push({ word, time: await typed(tab, word) });
      await tab.close();
    }
    bytes.sort((a, b) => a.gzip - b.gzip);
    times.sort((a, b) => a.time - b.time);
    const middle = Math.floor(words.length / 2);
    const told = (one) => `${kib(one.gzip)} (${one.word}, ${one.files} files, ${one.shown} results)`;
    console.log(`${new URL(root).protocol} ${words.length} queries of one word: ${told(bytes[middle])} at the median, ${told(bytes.at(-1))} at most`);
    console.log(`  from the last keystroke to results: ${times[Math.floor(times.length / 2)].time.toFixed(0)} ms at the median, ${times.at(-1).time.toFixed(0)} ms at most (${times.at(-1).word})`);
  }
} finally {
  server.close();
  await browser.close();
}

async function open(root) {
  const tab = await browser.newPage();
  await tab.goto(root + "index.html");
  await tab.locator(".site-search input").focus();
  await tab.waitForFunction(() => window.dossier.search.find);
  return tab;
}

/** Types a word letter by letter into the field, and again: the time from its last letter to its results. */
async function typed(tab, word) {
  const input = tab.locator(".site-search input");
  await input.fill(word);
  await tab.waitForFunction(() => document.querySelector(".search-list").childElementCount > 0);
  await input.fill(word.slice(0, -1));
  await tab.waitForTimeout(200);
  return tab.evaluate(
    (word) =>
      new Promise((done) => {
        const input = document.querySelector(".site-search input");
        const list = document.querySelector(".search-list");
        const begun = performance.now();
        new MutationObserver(() => requestAnimationFrame(() => done(performance.now() - begun))).observe(list, { childList: true });
        input.value = word;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    word,
  );
}

/** Words of the index's files, evenly. */
async function some() {
  const found = [];
  for (const name of of("t-")) {
    const text = await readFile(join(site, "search", `${name}.js`), "utf8");
    let key = "";
    const keys = [];
    for (const line of text.slice(text.indexOf("`") + 1).split("\n")) {
      const shared = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(line[0]);
      key = key.slice(0, shared) + line.slice(1).split("\t")[0];
      if (/^[a-z]{4,}$/.test(key)) keys.push([line.length, key]);
    }
    // The longest list of a file is that of its most common word.
    keys.sort((a, b) => b[0] - a[0]);
    if (keys.length > 0) found.push(keys[0][1]);
  }
  return found.filter((_, place) => place % Math.ceil(found.length / 40) === 0);
}
