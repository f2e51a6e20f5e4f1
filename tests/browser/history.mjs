// Builds two sites in which git has a part: the kitchen with its recent changes, and a preview of a book that has changed.
//
//   node history.mjs DOSSIER OUT
//
// DOSSIER is the program; the sites are OUT/kitchen and OUT/preview.

import { execFileSync } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const [dossier, out] = process.argv.slice(2).map((path) => resolve(path));
if (!out) {
  console.error("usage: node history.mjs DOSSIER OUT");
  process.exit(2);
}

const DISHES = `
[collections.dishes]
title = "Dishes"
singular = "Dish"
[collections.dishes.fields]
price = { type = "quantity", label = "Price" }
with = { type = "reference", to = "dishes", many = true, label = "Goes with", inverse = "Goes with" }
`;
const dish = (title, fields, text) => `---\ntitle: ${title}\nsummary: ${title}, as it is eaten.\n${fields}---\n\n${text}\n`;
const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze";

/** A book, and what it has become since; nothing stands for a file that is gone. */
const BEFORE = {
  "book.toml": `[book]\ntitle = "Preview"\n${DISHES}`,
  "content/index.md": "# Home\n\n[[Fish]], [[Chips]], [[Peas]] and [[Gravy]].\n",
  "content/dishes/fish.md": dish("Fish", "price: 7 GBP\nwith: [chips]\n", "Fried, with [[Chips]]."),
  "content/dishes/chips.md": dish("Chips", "price: 2 GBP\n", "Cut from potatoes, and fried twice."),
  "content/dishes/peas.md": dish("Peas", "", "Green.\n\n- [[Gravy]]"),
  "content/dishes/gravy.md": dish("Gravy", "", "Brown, as it should be."),
  "content/sources.yaml": "cook:\n  title: The cookbook\n",
};
const AFTER = {
  "content/index.md": "# Home\n\n[[Fish]], [[Chips]], [[Peas]] and [[Gravy]], or [[nothing at all]].\n",
  "content/dishes/fish.md": dish("Fish <&> more", "price: 9.5 GBP\nwith: [peas, curry]\ntags: [new]\n", "Fried, with [[Chips]] & more words."),
  "content/dishes/chips.md": null,
  "content/dishes/fries.md": dish("Fries", "price: 2 GBP\nredirect-from: [dishes/chips]\naliases: [Chips]\n", "Cut from potatoes, and fried twice."),
  "content/dishes/gravy.md": null,
  "content/dishes/curry.md": dish("كاري", "lang: ar\n", "نص قصير."),
  "content/dishes/long.md": dish(LONG, "", LONG.repeat(3)),
  "content/sources.yaml": "cook:\n  title: The cookbook, again\n",
};

const work = await mkdtemp(join(tmpdir(), "dossier-history-"));
try {
  await recentChanges(join(work, "kitchen"));
  await preview(join(work, "preview"));
} finally {
  await rm(work, { recursive: true });
}

/** The kitchen, in a repository of its own. */
async function recentChanges(folder) {
  await cp(new URL("kitchen", import.meta.url).pathname, folder, { recursive: true, filter: (path) => !/\/(site|\.dossier)$/.test(path) });
  await appendFile(join(folder, "book.toml"), "\n[git]\n");
  begin(folder);
  commit(folder, "A. Cook", 1, "Open the kitchen");
  await appendFile(join(folder, "content/dishes/peas.md"), "\nThey are green.\n");
  commit(folder, "Ön <b>", 2, "Say what peas are like & more");
  await appendFile(join(folder, "content/dishes/fish.md"), "\nIt swims.\n");
  commit(folder, "مريم", 4, LONG.repeat(3));
  build(folder, "kitchen", []);
}

/** A preview of a book in which something of each kind has changed. */
async function preview(folder) {
  await write(folder, BEFORE);
  begin(folder);
  commit(folder, "A. Cook", 1, "Begin");
  await write(folder, AFTER);
  build(folder, "preview", ["--compare", "HEAD", "--keep-going"]);
}

async function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await (text === null ? rm(file) : writeFile(file, text));
  }
}

function begin(folder) {
  git(folder, ["init", "--quiet"], "A. Cook", 1);
}

/** Commits all files, on a day of January 2026. */
function commit(folder, author, day, subject) {
  git(folder, ["add", "--all"], author, day);
  git(folder, ["commit", "--quiet", "--message", subject], author, day);
}

function git(folder, words, author, day) {
  const time = `2026-01-0${day}T12:00:00Z`;
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: "cook@example.org",
    GIT_AUTHOR_DATE: time,
    GIT_COMMITTER_NAME: author,
    GIT_COMMITTER_EMAIL: "cook@example.org",
    GIT_COMMITTER_DATE: time,
  };
  execFileSync("git", words, { cwd: folder, env, stdio: "pipe" });
}

/** Builds the site of a book, in which a link may be broken. */
function build(folder, site, words) {
  try {
    execFileSync(dossier, ["build", folder, "--out", join(out, site), ...words], { stdio: "pipe" });
  } catch (error) {
    if (error.status !== 1 || !words.includes("--keep-going")) throw new Error(`${error.stderr}`);
  }
}
