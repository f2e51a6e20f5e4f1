// Tables that a reader sorts: in which order their rows then stand, and that the address says so.
//
//   node sorting.mjs DOSSIER
//
// DOSSIER is the program, which builds the book below. CHROMIUM names the browser.

import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { Checks, inTab } from "./check.mjs";
import { SUB_PATH, serve } from "./serve.mjs";

const dossier = resolve(process.argv[2] ?? "");
if (!process.argv[2]) {
  console.error("usage: node sorting.mjs DOSSIER");
  process.exit(2);
}

const FIELDS = (name) => `
[collections.${name}]
title = "${name}"
layout = "table"
[collections.${name}.fields.outcome]
type = "choice"
label = "Outcome"
values = { zenith = "Zenith", mid = "Middle", abyss = "Abyss" }
[collections.${name}.fields.open]
type = "yes-no"
label = "Open"
[collections.${name}.fields.cost]
type = "quantity"
label = "Cost"
[collections.${name}.fields.made]
type = "date"
label = "Made"
`;
const entry = (title, fields) => `---\ntitle: ${JSON.stringify(title)}\n${fields.map((line) => `${line}\n`).join("")}---\n\nText.\n`;
const BOOK = {
  "book.toml": `[book]\ntitle = "Sorted"\n${FIELDS("plain")}${FIELDS("grouped").replace('layout = "table"', 'layout = "table"\ngroup = "part"')}
[collections.grouped.fields.part]
type = "choice"
label = "Part"
values = { first = "First", second = "Second" }
`,
  "content/plain/a.md": entry("Über", ["outcome: abyss", "open: true", "cost: 900 million EUR", "made: 2019"]),
  "content/plain/b.md": entry("zebra", ["outcome: zenith", "open: false", "cost: 1 billion EUR", "made: 2018~"]),
  "content/plain/c.md": entry("“Ubiquity”", ["outcome: mid", "open: true", "cost: 20 EUR", "made: 1999-05"]),
  "content/plain/d.md": entry("Umbra", []),
  "content/plain/e.md": entry("10 things", ["outcome: zenith", "open: false", "cost: 3 EUR", "made: 2001"]),
  "content/plain/f.md": entry("9 things", ["outcome: abyss", "open: true", "cost: 3 EUR", 'made: "../2000"']),
};
for (const [place, part] of ["first", "second", "first", "second", "first", "second"].entries()) {
  BOOK[`content/grouped/${place}.md`] = entry(`Entry ${place}`, [`part: ${part}`, `outcome: ${["abyss", "mid", "zenith"][place % 3]}`, `open: ${place < 3}`]);
}
/** What the rows of the plain table are called in each order; what has no value is last both ways. */
const ORDERS = {
  title: ["10 things", "9 things", "Über", "“Ubiquity”", "Umbra", "zebra"],
  "-title": ["zebra", "Umbra", "“Ubiquity”", "Über", "9 things", "10 things"],
  outcome: ["10 things", "zebra", "“Ubiquity”", "9 things", "Über", "Umbra"],
  "-outcome": ["9 things", "Über", "“Ubiquity”", "10 things", "zebra", "Umbra"],
  open: ["9 things", "Über", "“Ubiquity”", "10 things", "zebra", "Umbra"],
  "-open": ["10 things", "zebra", "9 things", "Über", "“Ubiquity”", "Umbra"],
  cost: ["10 things", "9 things", "“Ubiquity”", "Über", "zebra", "Umbra"],
  "-made": ["Über", "zebra", "10 things", "9 things", "“Ubiquity”", "Umbra"],
};

const checks = new Checks();
const browser = await launch();
const work = await mkdtemp(join(tmpdir(), "dossier-sorting-"));
try {
  for (const [path, text] of Object.entries(BOOK)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), text);
  }
  const site = join(work, "site");
  execFileSync(dossier, ["build", work, "--out", site], { stdio: "pipe" });
  const server = await serve(site);
  try {
    await look({ name: "file", root: pathToFileURL(site + sep).href });
    await look({ name: "http", root: `http://127.0.0.1:${server.address().port}${SUB_PATH}` });
  } finally {
    server.close();
  }
} finally {
  await browser.close();
  await rm(work, { recursive: true });
}
for (const failure of checks.failed.sort()) console.log(`FAILED ${failure}`);
console.log(`${checks.passed} passed, ${checks.failed.length} failed`);
process.exitCode = checks.failed.length > 0 ? 1 : 0;

async function look(place) {
  await inTab(browser, checks, place, { viewport: { width: 1280, height: 900 } }, async (tab, problems) => {
    const check = (what, run) => checks.run(`${place.name}: ${what}`, problems, run);
    const page = place.root + "plain/index.html";
    const titles = (table = tab.locator("table.entries")) => table.locator("tbody th a").allTextContents();
    const expect = async (wanted, table) => {
      const found = await titles(table);
      if (found.join("|") !== wanted.join("|")) throw new Error(`${found.join(", ")}, and wanted is ${wanted.join(", ")}`);
    };
    await tab.goto(page);
    const declared = await titles();
    for (const [by, wanted] of Object.entries(ORDERS)) {
      await check(`rows stand by ${by} after a click, after a reload, and for whoever has the address`, async () => {
        await tab.goto(page);
        const head = tab.locator(`thead [data-column="${by.replace("-", "")}"]`);
        for (let clicks = by.startsWith("-") ? 2 : 1; clicks > 0; clicks--) await head.locator(".sort").click();
        await expect(wanted);
        const address = tab.url();
        if (new URL(address).search !== `?sort=${by}`) throw new Error(address);
        await tab.reload();
        await expect(wanted);
        if ((await head.getAttribute("aria-sort")) !== (by.startsWith("-") ? "descending" : "ascending")) throw new Error("its head does not say so");
        await tab.goto(place.root + "index.html");
        await tab.goto(address);
        await expect(wanted);
      });
    }
    await check("titles stand as the list of all entries has them", async () => {
      await tab.goto(place.root + "all-entries.html");
      const all = (await tab.locator(".names a").allTextContents()).filter((title) => ORDERS.title.includes(title));
      if (all.join("|") !== ORDERS.title.join("|")) throw new Error(all.join(", "));
    });
    await check("a third click brings back the book's order and address", async () => {
      await tab.goto(`${page}?a=1#:main`);
      for (let clicks = 0; clicks < 3; clicks++) await tab.locator("thead .sort").nth(1).click();
      await expect(declared);
      if (tab.url() !== `${page}?a=1#:main`) throw new Error(tab.url());
    });
    await check("an address that names no column sorts nothing", async () => {
      for (const query of ["?sort=nothing", "?sort=-", "?sort=", "?sort-x=title", "?sort=%3Cb%3E"]) {
        await tab.goto(page + query);
        await expect(declared);
      }
    });
    await check("each table of a page is sorted for itself", async () => {
      await tab.goto(place.root + "grouped/index.html");
      const [first, second] = [tab.locator("table.entries").first(), tab.locator("table.entries").last()];
      await first.locator('[data-column="outcome"] .sort').click();
      await second.locator('[data-column="title"] .sort').dblclick();
      const both = async () => {
        await expect(["Entry 2", "Entry 4", "Entry 0"], first);
        await expect(["Entry 5", "Entry 3", "Entry 1"], second);
      };
      await both();
      if (new URL(tab.url()).search !== "?sort-first=outcome&sort-second=-title") throw new Error(tab.url());
      await tab.reload();
      await both();
    });
  });
}
