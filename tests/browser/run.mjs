// Opens a built site as a reader would: from file:// and under a sub-path of a server,
// with and without scripts, on a wide and a narrow screen, in light and dark.
//
//   node run.mjs SITE [--pages N]

import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const SUB_PATH = "/kb/deep/";
const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 800 };
const SCHEMES = ["light", "dark"];
const CLICKS = 3;

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".epub": "application/epub+zip",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

const { site, limit } = asked(process.argv.slice(2));
const server = await serve(site);
const places = [
  { name: "file", root: pathToFileURL(site + sep).href },
  { name: "http", root: `http://127.0.0.1:${server.address().port}${SUB_PATH}` },
];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
});

let passed = 0;
const failed = [];
try {
  await Promise.all(
    places.map(async (place) => {
      const pages = await crawl(place);
      await click(place);
      await withoutScripts(place, pages);
      await narrow(place, pages);
    }),
  );
} finally {
  await browser.close();
  server.close();
}

for (const failure of failed.sort()) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Visits the pages that links lead to, nearest first, and returns their addresses. */
async function crawl(place) {
  const pages = [new URL("index.html", place.root).href];
  await inTab(place, { viewport: WIDE }, async (tab, problems) => {
    for (let next = 0; next < pages.length; next++) {
      await check(`${place.name}: ${short(place, pages[next])} opens`, problems, async () => {
        await open(tab, pages[next]);
        for (const link of await links(tab)) {
          const wanted = link.startsWith(place.root) && link.endsWith(".html");
          if (wanted && !pages.includes(link) && pages.length < limit) pages.push(link);
        }
      });
    }
    await check(`${place.name}: the first page leads to others`, problems, () => {
      if (pages.length === 1) throw new Error("it has no links");
    });
  });
  return pages;
}

/** Follows a few links by real clicks, and comes back by the browser's own button. */
async function click(place) {
  await inTab(place, { viewport: WIDE }, async (tab, problems) => {
    await tab.goto(new URL("index.html", place.root).href);
    const seen = [tab.url()];
    for (let step = 1; step <= CLICKS; step++) {
      await check(`${place.name}: click ${step}, on ${short(place, tab.url())}`, problems, async () => {
        const from = tab.url();
        const link = await clickable(tab, place, seen);
        if (!link) throw new Error("there is no link to click");
        await Promise.all([tab.waitForURL(link.href), link.element.click()]);
        await readable(tab);
        await tab.goBack();
        if (tab.url() !== from) throw new Error(`going back from ${short(place, link.href)} leads to ${tab.url()}`);
        await tab.goForward();
        seen.push(tab.url());
      });
    }
  });
}

/** The first link on the screen to another page not seen yet; else to one seen. */
async function clickable(tab, place, seen) {
  let again;
  for (const element of await tab.locator("main a[href], nav a[href], a[href]").all()) {
    const href = await element.evaluate((a) => a.href);
    const other = href.startsWith(place.root) && href.split("#")[0] !== tab.url().split("#")[0];
    if (!other || !/\.html(#|$)/.test(href) || !(await element.isVisible())) continue;
    if (!seen.includes(href)) return { element, href };
    again ??= { element, href };
  }
  return again;
}

/** With scripts off, each page still shows its heading and its text. */
async function withoutScripts(place, pages) {
  await inTab(place, { viewport: WIDE, javaScriptEnabled: false }, async (tab, problems) => {
    for (const page of pages) {
      await check(`${place.name}: ${short(place, page)} reads without scripts`, problems, () => open(tab, page));
    }
  });
}

/** On a narrow screen, light or dark, nothing has to be scrolled sideways to be read. */
async function narrow(place, pages) {
  await inTab(place, { viewport: NARROW }, async (tab, problems) => {
    for (const page of pages) {
      await check(`${place.name}: ${short(place, page)} opens at ${NARROW.width} px`, problems, () => open(tab, page));
      for (const colorScheme of SCHEMES) {
        await check(`${place.name}: ${short(place, page)} fits ${NARROW.width} px, ${colorScheme}`, problems, async () => {
          await tab.emulateMedia({ colorScheme });
          await readable(tab);
          const { scroll, inner, wide } = await tab.evaluate(widths);
          if (scroll > inner) throw new Error(`it is ${scroll} px wide, the screen ${inner}: ${wide.join(", ")}`);
        });
      }
    }
  });
}

/** Runs in the page: its width, and the innermost elements that make it too wide. */
function widths() {
  const scroll = document.documentElement.scrollWidth;
  const inner = window.innerWidth;
  const juts = (element) => {
    const { left, right } = element.getBoundingClientRect();
    return Math.max(right, left + element.scrollWidth) > inner + 0.5;
  };
  const name = (element) => [element.localName, ...element.classList].join(".");
  const all = scroll > inner ? [...document.body.querySelectorAll("*")] : [];
  const wide = all.filter((element) => juts(element) && ![...element.children].some(juts));
  return { scroll, inner, wide: wide.slice(0, 5).map(name) };
}

async function open(tab, page) {
  const answer = await tab.goto(page, { waitUntil: "load" });
  if (answer && answer.status() >= 400) throw new Error(`the server answers ${answer.status()}`);
  await readable(tab);
}

async function readable(tab) {
  const headings = tab.locator("h1");
  if ((await headings.count()) !== 1) throw new Error(`it has ${await headings.count()} h1, and wants one`);
  for (const part of ["h1", "main"]) {
    if (!(await tab.locator(part).first().isVisible())) throw new Error(`its ${part} cannot be seen`);
  }
}

/** The addresses of all links of a page, without their fragments. */
async function links(tab) {
  const all = await tab.locator("a[href]").evaluateAll((found) => found.map((a) => a.href));
  return [...new Set(all.map((href) => href.split("#")[0]))];
}

/** Opens a tab of its own, and gathers whatever the browser complains about in it. */
async function inTab(place, options, visit) {
  const context = await browser.newContext(options);
  const problems = [];
  const local = place.name === "file" ? place.root : new URL(place.root).origin + "/";
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(local) || /^(data|blob):/.test(url)) return route.continue();
    problems.push(`asks for ${url}`);
    return route.abort();
  });
  if (options.javaScriptEnabled !== false) {
    await context.exposeBinding("dossierRefused", (_, what) => void problems.push(what));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.dossierRefused(`the policy refuses ${event.violatedDirective} ${event.blockedURI} ${event.sample}`.trim());
      });
    });
  }
  const tab = await context.newPage();
  tab.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  tab.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // A page that is left before its last picture came drops that request.
    if (reason !== "net::ERR_ABORTED") problems.push(`cannot load ${request.url()}: ${reason}`);
  });
  tab.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} for ${response.url()}`);
  });
  tab.setDefaultTimeout(10_000);
  try {
    await visit(tab, problems);
    await check(`${place.name}: nothing is heard after the last page`, problems, () => tab.waitForTimeout(100));
  } finally {
    await context.close();
  }
}

/** Runs one check, which fails if it throws or if the browser complained meanwhile. */
async function check(name, problems, run) {
  try {
    await run();
  } catch (error) {
    problems.push(error.message.split("\n")[0]);
  }
  const heard = new Set(problems.splice(0));
  if (heard.size === 0) passed++;
  else failed.push(`${name}: ${[...heard].join("; ")}`);
}

function short(place, url) {
  return decodeURI(url.slice(place.root.length));
}

/** Serves the site as a plain host does: files under the sub-path, and nothing else. */
async function serve(site) {
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url, "http://localhost");
      // Chromium asks for it wherever a page names no icon of its own.
      if (pathname === "/favicon.ico") return response.writeHead(204).end();
      if (!pathname.startsWith(SUB_PATH)) throw new Error("outside");
      const path = resolve(join(site, decodeURIComponent(pathname.slice(SUB_PATH.length))));
      if (!path.startsWith(site + sep) || !(await stat(path)).isFile()) throw new Error("no file");
      const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(await readFile(path));
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

function asked(args) {
  const at = args.indexOf("--pages");
  const limit = at < 0 ? 80 : Number(args.splice(at, 2)[1]);
  const [site] = args;
  if (args.length !== 1 || !Number.isInteger(limit) || !existsSync(join(site, "index.html"))) {
    console.error("usage: node run.mjs SITE [--pages N], where SITE is a folder with an index.html");
    process.exit(2);
  }
  return { site: resolve(site), limit };
}
