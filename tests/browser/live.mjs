// A book that is written while browsers show it: served by the real program, changed on disk, looked at in Chromium.
//
//   node live.mjs DOSSIER [--pictures DIR]
//
// DOSSIER is the program. CHROMIUM names the browser. With --pictures, screenshots of what is shown over the page are
// left in a folder.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { launch } from "./browser.mjs";
import { Checks, inTab } from "./check.mjs";

const require = createRequire(import.meta.url);

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

/** The page that is written. */
const FOLDS = "\n\n<details>\n<summary>More of it</summary>\n\nWhat is folded.\n\n</details>\n";
const paragraphs = (from, to) =>
  Array.from({ length: to - from }, (_, i) => `Paragraph ${from + i} of many, which goes on for a while and then ends.`).join("\n\n");
const page = (first, more = "") => `---\ntitle: A page\n---\n\n${first}\n\n${paragraphs(0, 30)}${FOLDS}\n${paragraphs(30, 60)}\n${more}`;

const BOOK = {
  "book.toml": '[book]\ntitle = "Live"\n[collections.notes]\n[theme]\nname = "mine"\n[check]\nempty-entry = "off"\norphan-entry = "off"\nunsourced-entry = "off"\n',
  "themes/mine/css/mine.css": "/* Nothing yet. */\n",
  "content/index.md": "# Home\n\nTo [[A page]].\n",
  "content/notes/a.md": page("The beginning."),
  "content/notes/b.md": "---\ntitle: Another\n---\n\nWith a picture: ![a square](square.svg)\n",
  "content/notes/square.svg": square("red"),
};

function square(colour) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;
}

const { program, pictures } = asked(process.argv.slice(2));
const folder = await mkdtemp(join(tmpdir(), "dossier-live-"));
const browser = await launch();
const checks = new Checks();
// Whatever hangs is a failure.
setTimeout(() => process.exit(1), 300_000).unref();
let server;
try {
  for (const [path, text] of Object.entries(BOOK)) await write(path, text);
  server = await serve(0);
  const place = { name: "live", root: server.url };
  await reading(place);
  await problems(place);
  await looks(place);
  await searching(place);
  await many(place);
  await away(place);
} finally {
  await browser.close();
  server?.process.kill("SIGINT");
  await rm(folder, { recursive: true, force: true });
}
for (const failure of checks.failed) console.log(`FAILED ${failure}`);
console.log(`${checks.passed} passed, ${checks.failed.length} failed`);
process.exitCode = checks.failed.length > 0 ? 1 : 0;

/** An edit further up leaves the reader where they are, with their folds, their focus and their theme. */
async function reading(place) {
  await inTab(browser, checks, place, { viewport: WIDE, colorScheme: "light" }, async (tab, problems) => {
    await checks.run("a page is brought up to date where the reader is", problems, async () => {
      await open(tab, place.root + "notes/a.html");
      await tab.click(".theme-switch");
      await tab.evaluate(() => {
        document.querySelector("details").open = true;
        document.querySelectorAll("main p")[45].scrollIntoView({ block: "center" });
        document.querySelector("footer a, header a").focus({ preventScroll: true });
      });
      const at = () =>
        tab.evaluate(() => {
          const here = [...document.querySelectorAll("main p")].find((p) => p.textContent.startsWith("Paragraph 44"));
          return { top: Math.round(here.getBoundingClientRect().top), focus: document.activeElement.textContent };
        });
      const before = await at();
      await write("content/notes/a.md", page("The beginning, with more in it.\n\nAnd more.\n\n## And more", "The end."));
      await settled(tab, "with more in it");
      await tab.waitForTimeout(100);
      const after = await at();
      if (Math.abs(after.top - before.top) > 2) throw new Error(`it stood at ${before.top}, and stands at ${after.top}`);
      if (after.focus !== before.focus) throw new Error(`the focus went to ${after.focus}`);
      const { unfolded, dark, hidden } = await tab.evaluate(() => ({
        unfolded: document.querySelector("details").open,
        dark: document.documentElement.dataset.theme,
        hidden: document.documentElement.style.visibility,
      }));
      if (!unfolded) throw new Error("it is folded");
      if (dark !== "dark") throw new Error("it is light again");
      if (hidden) throw new Error("it stays hidden");
    });
    await checks.run("a page at its top stays there", problems, async () => {
      await tab.evaluate(() => scrollTo(0, 0));
      await write("content/notes/a.md", page("The beginning again."));
      await settled(tab, "beginning again");
      await tab.waitForTimeout(100);
      if ((await tab.evaluate(() => scrollY)) !== 0) throw new Error("it has moved");
    });
    await checks.run("a style takes the place of another without the page being loaded anew", problems, async () => {
      await tab.evaluate(() => void (window.same = true));
      await write("themes/mine/css/mine.css", "main { border-left: 7px solid green; }\n");
      await tab.waitForFunction(() => getComputedStyle(document.querySelector("main")).borderLeftWidth === "7px");
      if (!(await tab.evaluate(() => window.same))) throw new Error("it was loaded anew");
      if ((await tab.locator("link[rel=stylesheet]").count()) !== 1) throw new Error("the old style is there still");
      await write("themes/mine/css/mine.css", BOOK["themes/mine/css/mine.css"]);
      await tab.waitForFunction(() => getComputedStyle(document.querySelector("main")).borderLeftWidth === "0px");
    });
    await checks.run("a picture is shown anew", problems, async () => {
      await open(tab, place.root + "notes/b.html");
      await tab.evaluate(() => void (window.same = true));
      await write("content/notes/square.svg", square("blue"));
      await tab.waitForFunction(() => document.querySelector("main img").src.includes("?v="));
      if (!(await tab.evaluate(() => window.same))) throw new Error("it was loaded anew");
    });
    await checks.run("a page that goes stays on the screen, and says so", problems, async () => {
      await rename(join(folder, "content/notes/b.md"), join(folder, "content/notes/c.md"));
      await tab.locator("dossier-live .gone").waitFor();
      if (!(await tab.locator("h1").textContent()).includes("Another")) throw new Error("it is another page");
      await rename(join(folder, "content/notes/c.md"), join(folder, "content/notes/b.md"));
      await tab.locator("dossier-live .gone").waitFor({ state: "detached" });
    });
  });
}

/** What is wrong stands on the page until it is mended. */
async function problems(place) {
  await inTab(browser, checks, place, { viewport: WIDE, bypassCSP: false }, async (tab, heard) => {
    const panel = tab.locator("dossier-live .panel");
    await checks.run("front matter that is broken is told with its place, over the last good page", heard, async () => {
      await open(tab, place.root + "notes/a.html");
      await tab.evaluate(() => document.querySelectorAll("main p")[20].scrollIntoView());
      const before = await tab.evaluate(() => scrollY);
      await write("content/notes/a.md", "---\ntitle: [broken\n---\n\nLost.\n");
      await panel.waitFor();
      const told = await panel.textContent();
      if (!/content\/notes\/a\.md:\d+:\d+/.test(told)) throw new Error(`it says ${told}`);
      if (!(await tab.textContent("main")).includes("The beginning again")) throw new Error("the page is lost");
      if ((await tab.evaluate(() => scrollY)) !== before) throw new Error("it has scrolled");
      if (await tab.evaluate(() => document.activeElement !== document.body)) throw new Error("it takes the focus");
      const alert = await tab.locator("dossier-live [role=alert]").textContent();
      if (!alert.startsWith("1 error")) throw new Error(`it reads out "${alert}"`);
    });
    await checks.run("on paper it is not there", heard, async () => {
      await tab.emulateMedia({ media: "print" });
      if (await panel.isVisible()) throw new Error("it would be printed");
      await tab.emulateMedia({ media: "screen" });
    });
    await checks.run("it is closed by the keyboard, and opened again", heard, async () => {
      await tab.locator("dossier-live .close").focus();
      await tab.keyboard.press("Escape");
      await panel.waitFor({ state: "hidden" });
      const chip = tab.locator("dossier-live .chip");
      if (!(await chip.textContent()).startsWith("1 error")) throw new Error(`the chip says ${await chip.textContent()}`);
      await tab.reload();
      await chip.waitFor();
      if (await panel.isVisible()) throw new Error("it opens again by itself");
      await chip.focus();
      await tab.keyboard.press("Enter");
      await panel.waitFor();
    });
    await checks.run("mended, it is gone", heard, async () => {
      await write("content/notes/a.md", page("The beginning is mended."));
      await settled(tab, "is mended");
      await panel.waitFor({ state: "hidden" });
      if (await tab.locator("dossier-live .chip").isVisible()) throw new Error("a chip is left");
    });
    await checks.run("a warning is a chip that can be opened", heard, async () => {
      await write("content/notes/a.md", page("![](square.svg)"));
      const chip = tab.locator("dossier-live .chip.warning");
      await chip.waitFor();
      if (await panel.isVisible()) throw new Error("it is in the way");
      await chip.click();
      await panel.waitFor();
      await write("content/notes/a.md", page("The beginning, with no picture."));
      await settled(tab, "with no picture");
      await chip.waitFor({ state: "hidden" });
    });
  });
}

/** The panel on wide and narrow screens, light and dark; it is accessible, and nothing juts out. */
async function looks(place) {
  const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  const broken = page("To [[Nowhere at all]], and to [[Anothr]].").replace("title: A page", "title: A page\ndate: May of 2015");
  await write("content/notes/a.md", broken + "\n![](square.svg)\n");
  for (const [name, viewport] of [["wide", WIDE], ["narrow", NARROW]]) {
    for (const colorScheme of ["light", "dark"]) {
      await inTab(browser, checks, place, { viewport, colorScheme, bypassCSP: true }, async (tab, heard) => {
        await checks.run(`the panel, ${name}, ${colorScheme}`, heard, async () => {
          await open(tab, place.root + "notes/a.html");
          await tab.locator("dossier-live .panel").waitFor();
          const { scroll, inner } = await tab.evaluate(() => ({ scroll: document.documentElement.scrollWidth, inner: innerWidth }));
          if (scroll > inner) throw new Error(`the page is ${scroll} px wide, the screen ${inner}`);
          if (pictures) await tab.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
          await tab.evaluate(axe);
          const { violations } = await tab.evaluate(() => window.axe.run("dossier-live"));
          const told = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ""}`);
          if (told.length > 0) throw new Error(told.join("\n"));
        });
      });
    }
  }
  await write("content/notes/a.md", page("The beginning."));
}

/** More tabs than a browser has connections to one host. */
async function many(place) {
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, heard) => {
    await checks.run("eight tabs at once are brought up to date", heard, async () => {
      const tabs = [tab];
      while (tabs.length < 8) tabs.push(await tab.context().newPage());
      await Promise.all(tabs.map((tab) => open(tab, place.root + "notes/a.html")));
      await write("content/notes/a.md", page("The beginning for all."));
      await Promise.all(tabs.map((tab) => settled(tab, "beginning for all")));
    });
  });
}

/** A tab that has loaded the search finds what was edited since. */
async function searching(place) {
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, problems) => {
    for (const [what, path, form, results, word] of [
      ["the field", "index.html", "form.site-search", ".search-panel a.result", "quince"],
      ["the search page", "search.html", "form.search-form", ".search-page a.result", "medlar"],
    ]) {
      await checks.run(`${what} of an open tab finds what was edited since`, problems, async () => {
        await open(tab, place.root + path);
        await tab.locator(`${form} input[type=search]`).fill(word);
        await tab.waitForTimeout(600);
        if ((await tab.locator(results).count()) !== 0) throw new Error("it finds what nobody has written");
        await write("content/notes/a.md", page(`The beginning, with a ${word}.`));
        await tab.locator(results).first().waitFor({ timeout: 10_000 });
        await write("content/notes/a.md", page("The beginning."));
        await tab.locator(results).first().waitFor({ state: "detached", timeout: 10_000 });
      });
    }
  });
}

/** The server stops, the book changes, the server is back. */
async function away(place) {
  const context = await browser.newContext({ viewport: WIDE });
  const tab = await context.newPage();
  await checks.run("a tab waits for the server, and is up to date when it is back", [], async () => {
    await open(tab, place.root + "notes/a.html");
    server.process.kill("SIGINT");
    const [code] = await once(server.process, "exit");
    if (code !== 0) throw new Error(`it ended with ${code}`);
    await tab.locator("dossier-live .lost").waitFor();
    await write("content/notes/a.md", page("The beginning, written meanwhile."));
    server = await serve(new URL(place.root).port);
    await settled(tab, "written meanwhile");
    await tab.locator("dossier-live .lost").waitFor({ state: "detached" });
  });
  await context.close();
}

/** Opens a page, and waits until the server knows it: then it is told what changes. */
async function open(tab, url) {
  const told = tab.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"));
  await Promise.all([told, tab.goto(url)]);
}

/** Waits until a page has a text, and all that it loads. */
async function settled(tab, text) {
  await tab.waitForFunction((text) => document.querySelector("footer") && document.body.textContent.includes(text), text);
  await tab.waitForLoadState("load");
}

/** Writes a file of the book as an editor does: beside it, and then in its place. */
async function write(path, text) {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}~`, text);
  await rename(`${file}~`, file);
}

async function serve(port) {
  const child = spawn(program, ["serve", folder, "--port", String(port)], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  const url = await new Promise((begun, ended) => {
    child.stdout.on("data", (part) => {
      said += part;
      if (said.includes("stops")) begun(/http:\S+/.exec(said)[0]);
    });
    child.on("exit", () => ended(new Error(`the server ended: ${said}`)));
  });
  return { process: child, url };
}

function asked(args) {
  const at = args.indexOf("--pictures");
  const [pictures] = at < 0 ? [] : args.splice(at, 2).slice(1);
  if (args.length !== 1) {
    console.error("usage: node live.mjs DOSSIER [--pictures DIR]");
    process.exit(2);
  }
  return { program: resolve(args[0]), pictures: pictures && resolve(pictures) };
}
