// What tools can tell of a page: axe-core of its accessibility, html-validate of its markup, gzip of its weight.

import { createRequire } from "node:module";
import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { inTab } from "./check.mjs";

const require = createRequire(import.meta.url);

/** The rules of axe-core, by their tags; and those of them that see colours, which are all that another light changes. */
export const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const COLOURS = ["color-contrast", "link-in-text-block"];

/** How many pages of one kind are looked at by axe-core. */
const EACH = 2;

const WIDE = { width: 1280, height: 800 };

/** How a page is looked at, one after the other in one tab; it opens as the first of them has it. */
const LOOKS = [
  { name: "light", viewport: WIDE, colorScheme: "light", contrast: "no-preference" },
  { name: "dark", viewport: WIDE, colorScheme: "dark", contrast: "no-preference", rules: COLOURS },
  { name: "more contrast", viewport: WIDE, colorScheme: "light", contrast: "more", rules: COLOURS },
  { name: "narrow", viewport: { width: 390, height: 844 }, colorScheme: "light", contrast: "no-preference" },
];

/** What a typical entry page may weigh with its style sheet and scripts, compressed. */
const LIGHT = 40 * 1024;

/** The pages at old addresses, and where each leads. */
export async function oldAddresses(site, pages) {
  const found = [];
  for (const from of pages) {
    const html = await readFile(join(site, from), "utf8");
    const [, href] = / data-moved="([^"]*)"/.exec(html) ?? [];
    // The new address is relative to the old one.
    if (href) found.push({ from, to: new URL(href, `http://x/${from}`).pathname.slice(1) });
  }
  return found;
}

/** All pages of a site by their paths. */
export async function pagesOf(site) {
  const files = await readdir(site, { recursive: true, withFileTypes: true });
  const pages = files.filter((file) => file.isFile() && file.name.endsWith(".html"));
  return pages.map((file) => relative(site, join(file.parentPath ?? file.path, file.name))).sort();
}

/** axe-core finds no violation of WCAG 2.2 AA on any kind of page. */
export async function accessible(browser, checks, place, site, pages) {
  const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  const kinds = new Map();
  for (const page of pages) {
    const html = await readFile(join(site, page), "utf8");
    const kind = /<body class="page-([a-z_-]+)/.exec(html)?.[1] ?? "unknown";
    // Of each kind those of different make: a table, cards, code, a drawing, a chain of dates.
    const made = ["class=\"entries\"", "class=\"cards\"", "<pre", "<figure", "class=\"figures\"", "class=\"alert"];
    const signature = [kind, ...made.filter((part) => html.includes(part))].join(" ");
    kinds.set(signature, [...(kinds.get(signature) ?? []), page]);
  }
  // Evenly spread over those of one signature.
  const chosen = [...kinds.values()].flatMap((same) => {
    const step = Math.max(1, Math.floor(same.length / EACH));
    return same.filter((_, place) => place % step === 0).slice(0, EACH);
  });
  const { viewport, colorScheme, contrast } = LOOKS[0];
  await inTab(browser, checks, place, { viewport, colorScheme, contrast, bypassCSP: true }, async (tab, problems) => {
    for (const page of chosen) {
      await checks.run(`axe: ${page} opens`, problems, () => still(tab, place, site, page));
      await tab.evaluate(axe);
      for (const { name, viewport, rules = WCAG, ...media } of LOOKS) {
        await checks.run(`axe: ${page}, ${name}`, problems, async () => {
          await tab.setViewportSize(viewport);
          await tab.emulateMedia(media);
          await tab.evaluate(atRest);
          const ask = { runOnly: rules, resultTypes: ["violations"] };
          const { violations } = await tab.evaluate((ask) => window.axe.run(ask), ask);
          const told = violations.map(({ id, nodes }) => {
            const [first] = nodes;
            return `${id}, ${nodes.length} times: ${first.html.slice(0, 160)} ${first.any[0]?.message ?? ""}`;
          });
          if (told.length > 0) throw new Error(told.join("\n"));
        });
      }
      await tab.setViewportSize(viewport);
      await tab.emulateMedia({ colorScheme, contrast });
    }
  });
  return { kinds: new Set([...kinds.keys()].map((kind) => kind.split(" ")[0])).size, pages: chosen.length };
}

/** Runs in the page: waits until its colours are those of the look that it has now. */
async function atRest() {
  document.body.getBoundingClientRect();
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}

/** Opens a page. One that has moved leads on before it can be looked at, so here it does not. */
async function still(tab, place, site, page) {
  const url = new URL(page.split("/").map(encodeURIComponent).join("/"), place.root).href;
  const html = await readFile(join(site, page), "utf8");
  const body = html.replace(/ data-moved="[^"]*"/, "").replace(/<meta http-equiv="refresh"[^>]*>/, "");
  if (body !== html) await tab.route(url, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await tab.goto(url);
  if (tab.url() !== url) throw new Error(`it leads to ${tab.url()}`);
}

/** html-validate finds no error on any page. */
export async function valid(checks, site, pages) {
  const loader = new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:recommended"],
    // HTML lets an id begin with anything but a space, and the anchors of headings are GitHub's: "2018" is one.
    // In code the spaces at the end of a line are its author's.
    rules: { "valid-id": ["error", { relaxed: true }], "no-trailing-whitespace": "off" },
  });
  const validator = new HtmlValidate(loader);
  for (const page of pages) {
    await checks.run(`html-validate: ${page}`, [], async () => {
      const html = await readFile(join(site, page), "utf8");
      const { results } = await validator.validateString(html, page);
      const told = results.flatMap((result) => result.messages).map(({ ruleId, line, message }) => `${ruleId}, line ${line}: ${message}`);
      if (told.length > 0) throw new Error(told.slice(0, 5).join("\n"));
    });
  }
}

/** A typical entry page is light, whatever a connection it comes over. */
export async function light(checks, site, pages) {
  const weigh = async (path) => gzipSync(await readFile(join(site, path))).length;
  const shared = await Promise.all(["theme/site.css", "theme/site.js", "theme/theme.js"].map(weigh));
  const entries = [];
  for (const page of pages) {
    const html = await readFile(join(site, page), "utf8");
    if (html.includes('<body class="page-entry"')) entries.push({ page, weight: gzipSync(html).length });
  }
  entries.sort((a, b) => a.weight - b.weight);
  const frame = shared.reduce((sum, weight) => sum + weight, 0);
  const typical = entries[Math.floor(entries.length / 2)];
  const heaviest = entries[entries.length - 1];
  await checks.run("a typical entry page is light", [], () => {
    if (frame + typical.weight > LIGHT) throw new Error(`${typical.page} weighs ${frame + typical.weight} bytes`);
  });
  const kib = (weight) => (weight / 1024).toFixed(1);
  console.log(
    `weights, gzip: styles and scripts ${kib(frame)} KiB; with them the median entry ${kib(frame + typical.weight)} KiB` +
      `, the heaviest, ${heaviest.page}, ${kib(frame + heaviest.weight)} KiB`,
  );
}
