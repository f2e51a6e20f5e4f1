// What a reader does: follows links, reads on a narrow screen, without scripts, in the dark and on paper.

import { inTab, open, readable, short } from "./check.mjs";

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 800 };
const SCHEMES = ["light", "dark"];
const CLICKS = 3;

/** Visits the pages that links lead to, nearest first, and returns their addresses. */
export async function crawl(browser, checks, place, limit) {
  const pages = [new URL("index.html", place.root).href];
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, problems) => {
    for (let next = 0; next < pages.length; next++) {
      await checks.run(`${place.name}: ${short(place, pages[next])} opens`, problems, async () => {
        await open(tab, pages[next]);
        for (const link of await links(tab)) {
          const wanted = link.startsWith(place.root) && link.endsWith(".html");
          if (wanted && !pages.includes(link) && pages.length < limit) pages.push(link);
        }
      });
      await bothWays(checks, place, tab, problems, pages[next], WIDE.width);
      await whole(checks, place, tab, problems, pages[next]);
    }
    await checks.run(`${place.name}: the first page leads to others`, problems, () => {
      if (pages.length === 1) throw new Error("it has no links");
    });
  });
  return pages;
}

/** The addresses of all links of a page, without their fragments. */
async function links(tab) {
  const all = await tab.evaluate(() => [...document.querySelectorAll("a[href]")].map((a) => new URL(a.getAttribute("href"), a.baseURI).href));
  return [...new Set(all.map((href) => href.split("#")[0]))];
}

/** Opens the pages at old addresses, which lead on to the new ones and keep what follows the #. */
export async function moved(browser, checks, place, addresses) {
  if (addresses.length === 0) return;
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, problems) => {
    for (const { from, to } of addresses) {
      await checks.run(`${place.name}: ${from} leads to ${to}, at the same heading`, problems, async () => {
        const end = new URL(to, place.root).href + "#what:ever";
        await Promise.all([tab.waitForURL(end), tab.goto(new URL(from, place.root).href + "#what:ever").catch(() => {})]);
        await readable(tab);
      });
    }
  });
}

/** No label of a field is broken inside a word that has room; it is looked at from the file alone. */
async function whole(checks, place, tab, problems, page) {
  if (place.name !== "file") return;
  await checks.run(`${place.name}: ${short(place, page)} has whole words as labels`, problems, async () => {
    const broken = await tab.evaluate(brokenLabels);
    if (broken.length) throw new Error(broken.join(", "));
  });
}

/** Runs in the page: words of at most 14 letters in labels of fields that stand on more than one line. */
function brokenLabels() {
  return [...document.querySelectorAll(".facts th")].flatMap((label) => {
    const text = document.createTreeWalker(label, NodeFilter.SHOW_TEXT).nextNode();
    return [...text.data.matchAll(/\S{1,14}(?!\S)/g)].flatMap((word) => {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      return range.getClientRects().length > 1 ? [`"${word[0]}" is broken`] : [];
    });
  });
}

/** Follows a few links by real clicks, and comes back by the browser's own button. */
export async function click(browser, checks, place) {
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, problems) => {
    await tab.goto(new URL("index.html", place.root).href);
    const seen = [tab.url()];
    for (let step = 1; step <= CLICKS; step++) {
      await checks.run(`${place.name}: click ${step}, on ${short(place, tab.url())}`, problems, async () => {
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
    const href = await element.evaluate((a) => new URL(a.getAttribute("href"), a.baseURI).href);
    const other = href.startsWith(place.root) && href.split("#")[0] !== tab.url().split("#")[0];
    if (!other || !/\.html(#|$)/.test(href) || !(await element.isVisible())) continue;
    if (!seen.includes(href)) return { element, href };
    again ??= { element, href };
  }
  return again;
}

/** With scripts off, each page still shows its heading and its text. */
export async function withoutScripts(browser, checks, place, pages) {
  await inTab(browser, checks, place, { viewport: WIDE, javaScriptEnabled: false }, async (tab, problems) => {
    for (const page of pages) {
      await checks.run(`${place.name}: ${short(place, page)} reads without scripts`, problems, () => open(tab, page));
    }
  });
}

/** On a narrow screen, light or dark, nothing has to be scrolled sideways to be read. */
export async function narrow(browser, checks, place, pages) {
  await inTab(browser, checks, place, { viewport: NARROW }, async (tab, problems) => {
    for (const page of pages) {
      const name = `${place.name}: ${short(place, page)}`;
      await checks.run(`${name} opens at ${NARROW.width} px`, problems, () => open(tab, page));
      await bothWays(checks, place, tab, problems, page, NARROW.width);
      for (const colorScheme of SCHEMES) {
        await checks.run(`${name} fits ${NARROW.width} px, ${colorScheme}`, problems, async () => {
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
    return left < -0.5 || Math.max(right, left + element.scrollWidth) > inner + 0.5;
  };
  const name = (element) => [element.localName, ...element.classList].join(".");
  const all = scroll > inner ? [...document.body.querySelectorAll("*")] : [];
  const wide = all.filter((element) => juts(element) && ![...element.children].some(juts));
  return { scroll, inner, wide: wide.slice(0, 5).map(name) };
}

/** What is written from right to left begins at the right, and code in it at the left; no browser has it otherwise from a
 * server, so it is looked at from the file alone. */
async function bothWays(checks, place, tab, problems, page, width) {
  if (place.name !== "file") return;
  await checks.run(`${place.name}: ${short(place, page)} begins where it should at ${width} px`, problems, async () => {
    const wrong = await tab.evaluate(startsWrong);
    if (wrong.length) throw new Error(wrong.join(", "));
  });
}

/** Runs in the page: blocks whose first line does not begin at the side at which it should. */
function startsWrong() {
  const blocks = [...document.querySelectorAll(".prose[dir] > *, [dir=rtl] :is(.prose > *, .prose li, h1, pre code)")];
  const letters = /[\u0590-\u08ff]/;
  return blocks.flatMap((block) => {
    const isCode = block.closest("pre");
    if (!isCode && (!block.matches("p, h1, h2, li, dt, dd, blockquote > p") || !letters.test(block.textContent))) return [];
    const style = getComputedStyle(block);
    if (style.direction !== (isCode ? "ltr" : "rtl")) return [`${block.localName} is ${style.direction}`];
    const range = document.createRange();
    range.selectNodeContents(block);
    const text = range.getClientRects();
    if (isCode || !text.length || block.querySelector("ul, ol, input, .anchor")) return [];
    const box = block.getBoundingClientRect();
    const end = Math.max(...[...text].map((line) => line.right));
    return Math.abs(box.right - parseFloat(style.paddingRight) - end) > 2 ? [`${block.localName} ends at ${end}, not at ${box.right}`] : [];
  });
}

/** The switch turns the page dark and back, each time for all pages, and over what the system says. */
export async function darkSwitch(browser, checks, place, pages) {
  await inTab(browser, checks, place, { viewport: WIDE, colorScheme: "light" }, async (tab, problems) => {
    const is = async (wanted) => {
      const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const bright = background.match(/\d+/g).slice(0, 3).every((part) => Number(part) > 128);
      if (bright !== (wanted === "light")) throw new Error(`${short(place, tab.url())} is ${background}, and should be ${wanted}`);
    };
    const [first, second] = [pages[0], pages[pages.length - 1]];
    await checks.run(`${place.name}: dark is switched on for all pages`, problems, async () => {
      await open(tab, first);
      await is("light");
      await tab.locator(".theme-switch").click();
      await is("dark");
      await open(tab, second);
      await is("dark");
      // Set before anything is drawn: by a script that blocks, in the head.
      const early = await tab.evaluate(() => document.querySelector("head script[src]:not([defer])").src.endsWith("theme.js"));
      if (!early) throw new Error("the theme is set late");
    });
    await checks.run(`${place.name}: light again, though the system is dark`, problems, async () => {
      await tab.emulateMedia({ colorScheme: "dark" });
      await tab.locator(".theme-switch").click();
      await is("light");
      await open(tab, first);
      await is("light");
    });
  });
  await inTab(browser, checks, place, { viewport: WIDE, colorScheme: "light" }, async (tab, problems) => {
    await checks.run(`${place.name}: switched back, a page follows the system again`, problems, async () => {
      await open(tab, pages[0]);
      await tab.locator(".theme-switch").click();
      await tab.locator(".theme-switch").click();
      await open(tab, pages[pages.length - 1]);
      await tab.emulateMedia({ colorScheme: "dark" });
      const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
      if (background.match(/\d+/g).slice(0, 3).some((part) => Number(part) > 128)) throw new Error(background);
    });
  });
  await inTab(browser, checks, place, { viewport: WIDE, colorScheme: "dark" }, async (tab, problems) => {
    await checks.run(`${place.name}: dark follows the system`, problems, async () => {
      await open(tab, pages[0]);
      const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
      if (background.match(/\d+/g).slice(0, 3).some((part) => Number(part) > 128)) throw new Error(background);
    });
  });
}

/** What the page shows at first stays where it is when its scripts run. */
export async function steady(browser, checks, place, pages) {
  for (const viewport of [WIDE, NARROW]) {
    const boxes = [];
    for (const javaScriptEnabled of [false, true]) {
      await inTab(browser, checks, place, { viewport, javaScriptEnabled }, async (tab, problems) => {
        await checks.run(`${place.name}: the header can be measured`, problems, async () => {
          await open(tab, pages[0]);
          for (const part of [".site-title", ".nav-sections", ".nav-pages", ".menu-button", "main h1"]) {
            const found = tab.locator(part).first();
            const box = (await found.count()) > 0 ? await found.boundingBox() : null;
            boxes.push(`${part} ${JSON.stringify(box)}`);
          }
        });
      });
    }
    await checks.run(`${place.name}: nothing moves when scripts run, at ${viewport.width} px`, [], () => {
      const half = boxes.length / 2;
      const moved = boxes.slice(0, half).filter((box, i) => box !== boxes[half + i]);
      if (moved.length > 0) throw new Error(moved.join("; "));
    });
  }
}

/** By the keyboard alone: past the navigation to the text, and into the folded menu of a narrow screen. */
export async function keyboard(browser, checks, place, pages) {
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, problems) => {
    await checks.run(`${place.name}: the first key leads past the navigation`, problems, async () => {
      await open(tab, pages[0]);
      await tab.keyboard.press("Tab");
      const skip = tab.locator(".skip:focus");
      if (!(await skip.isVisible())) throw new Error("the first stop is not the way to the text");
      await tab.keyboard.press("Enter");
      if (!(await tab.evaluate(() => document.activeElement?.localName === "main"))) throw new Error("it does not lead to the text");
    });
    await checks.run(`${place.name}: what has the focus is marked`, problems, async () => {
      await tab.keyboard.press("Tab");
      const marked = await tab.evaluate(() => {
        // A card is marked as a whole.
        const elements = [document.activeElement, document.activeElement.closest(".card")].filter(Boolean);
        return elements.some((element) => getComputedStyle(element).outlineStyle !== "none");
      });
      if (!marked) throw new Error("it is not");
    });
  });
  for (const javaScriptEnabled of [true, false]) {
    await inTab(browser, checks, place, { viewport: NARROW, javaScriptEnabled }, async (tab, problems) => {
      const scripts = javaScriptEnabled ? "with" : "without";
      await checks.run(`${place.name}: the menu opens and closes, ${scripts} scripts`, problems, async () => {
        await open(tab, pages[0]);
        const link = tab.locator(".site-nav a").first();
        if (await link.isVisible()) throw new Error("it is open at first");
        await tab.locator(".menu-button").focus();
        await tab.keyboard.press("Enter");
        await link.waitFor({ state: "visible" });
        await tab.keyboard.press("Escape");
        await link.waitFor({ state: "hidden" });
      });
      await checks.run(`${place.name}: a phone has the text first and calls the contents, ${scripts} scripts`, problems, async () => {
        const button = tab.locator(".contents-button");
        for (const page of pages) {
          await open(tab, page);
          if ((await button.count()) > 0) break;
        }
        if ((await button.count()) === 0) return;
        const top = await tab.locator(".entry-text").evaluate((text) => text.getBoundingClientRect().top);
        if (top > 844) throw new Error(`the text begins at ${top} px`);
        const list = tab.locator(".contents");
        if (await list.isVisible()) throw new Error("the contents are open at first");
        await button.click();
        await list.waitFor({ state: "visible" });
        if (javaScriptEnabled) await list.locator("a").last().click();
        else await tab.keyboard.press("Escape");
        await list.waitFor({ state: "hidden" });
      });
    });
  }
}

/** On paper: black on white, without what can only be clicked, and with all that is folded. */
export async function print(browser, checks, place, pages) {
  await inTab(browser, checks, place, { viewport: { width: 750, height: 1060 }, colorScheme: "dark" }, async (tab, problems) => {
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const page of pages) {
      await checks.run(`${place.name}: ${short(place, page)} prints`, problems, async () => {
        await open(tab, page);
        const found = await tab.evaluate(() => {
          const hidden = (selector) => [...document.querySelectorAll(selector)].every((element) => !element.checkVisibility());
          const folded = [...document.querySelectorAll("main details > :not(summary)")];
          return {
            background: getComputedStyle(document.body).backgroundColor,
            frame: hidden(".site-header, .site-footer, .neighbours, .contents"),
            folded: folded.every((element) => element.checkVisibility({ contentVisibilityAuto: true })),
            scroll: document.documentElement.scrollWidth,
            inner: window.innerWidth,
          };
        });
        if (found.background !== "rgb(255, 255, 255)") throw new Error(`the paper is ${found.background}`);
        if (!found.frame) throw new Error("the navigation is printed");
        if (!found.folded) throw new Error("something stays folded");
        if (found.scroll > found.inner) throw new Error(`it is ${found.scroll} px wide, the paper ${found.inner}`);
      });
    }
  });
}

/** What scripts add, on the first page that has each of it: the place in the contents, sorted tables, copied code. */
export async function scripted(browser, checks, place, pages) {
  await inTab(browser, checks, place, { viewport: WIDE }, async (tab, problems) => {
    const seen = new Set();
    const features = [".contents a", "table.entries .sort", ".copy"];
    for (const page of pages) {
      if (features.every((feature) => seen.has(feature))) break;
      await tab.goto(page);
      const has = async (selector) => !seen.has(selector) && (await tab.locator(selector).count()) > 0 && seen.add(selector);
      if (await has(".contents a")) {
        await checks.run(`${place.name}: ${short(place, page)} marks the section that was chosen`, problems, async () => {
          const last = tab.locator(".contents a").last();
          await last.click();
          await tab.locator(".contents a[aria-current]").waitFor();
          const marked = await tab.locator(".contents a[aria-current]").evaluateAll((links) => links.map((link) => link.hash));
          const wanted = await last.evaluate((link) => link.hash);
          if (marked.join() !== wanted) throw new Error(`${marked.join()} is marked, and ${wanted} was chosen`);
        });
      }
      if (await has("table.entries .sort")) {
        await checks.run(`${place.name}: ${short(place, page)} sorts a table both ways`, problems, async () => {
          const table = tab.locator("table.entries:has(.sort)").first();
          const titles = () => table.locator("tbody th a").allTextContents();
          const wanted = (await titles()).sort(new Intl.Collator("en", { ignorePunctuation: true, sensitivity: "base" }).compare);
          for (const way of ["ascending", "descending"]) {
            await table.locator("thead .sort").first().click();
            if ((await table.locator("thead th").first().getAttribute("aria-sort")) !== way) throw new Error(`it is not ${way}`);
            const found = await titles();
            if (found.join("|") !== wanted.join("|")) throw new Error(`${way}: ${found.join(", ")}`);
            wanted.reverse();
          }
        });
      }
      if (await has(".copy")) {
        await checks.run(`${place.name}: ${short(place, page)} copies code`, problems, async () => {
          await tab.context().grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => {});
          const code = await tab.locator("pre.code").first().textContent();
          await tab.locator(".copy").first().click();
          await tab.locator(".copy", { hasText: "Copied" }).first().waitFor();
          const copied = await tab.evaluate(() => navigator.clipboard.readText());
          if (copied !== code) throw new Error(`it copied ${JSON.stringify(copied)}`);
        });
      }
    }
  });
}
