// Firefox, from file:// and with the policy for local files that its users have: each file is an origin of its own.
// The profiles of test tools set that policy aside, which makes forbidden things pass.

import { pathToFileURL } from "node:url";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

export async function firefox(checks, site, pages, executablePath) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true, "privacy.file_unique_origin": true },
  });
  try {
    const tab = await browser.newPage();
    const problems = [];
    tab.on("console", (message) => {
      if (message.type() === "error") problems.push(`console: ${message.text()}`);
    });
    tab.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    const dark = () => tab.evaluate(() => document.documentElement.dataset.theme === "dark");
    const go = (page) => tab.goto(pathToFileURL(join(site, page)).href, { waitUntil: "load" });
    await checks.run("firefox: the theme is switched on one page", problems, async () => {
      await go("index.html");
      await tab.click(".theme-switch");
      if (!(await dark())) throw new Error("it is not dark");
    });
    // A server alone shows the page of what is not found: where the book has an address, its links begin there.
    for (const page of pages.filter((page) => page !== "404.html")) {
      await checks.run(`firefox: ${page} opens, and keeps the theme`, problems, async () => {
        await go(page);
        const headings = await tab.evaluate(() => document.querySelectorAll("h1").length);
        if (headings !== 1) throw new Error(`it has ${headings} h1, and wants one`);
        if (!(await dark())) throw new Error("it is light again");
        const { scroll, inner } = await tab.evaluate(() => ({ scroll: document.documentElement.scrollWidth, inner: window.innerWidth }));
        if (scroll > inner) throw new Error(`it is ${scroll} px wide, the window ${inner}`);
      });
    }
    await checks.run("firefox: a link is followed", problems, async () => {
      await go("index.html");
      const from = tab.url();
      await Promise.all([tab.waitForNavigation(), tab.click("main a[href$='.html']")]);
      if (tab.url() === from || !tab.url().endsWith(".html")) throw new Error(`it leads to ${tab.url()}`);
    });
  } finally {
    await browser.close();
  }
}
