// Opens built sites as their readers would: from file:// and under a sub-path of a server, in Chromium and in Firefox,
// with and without scripts, on a wide and a narrow screen, in light and dark, and on paper.
//
//   node run.mjs SITE... [--pages N]
//
// CHROMIUM and FIREFOX name the browsers; without FIREFOX that part is left out, and says so.

import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { Checks } from "./check.mjs";
import { firefox } from "./firefox.mjs";
import { click, crawl, darkSwitch, keyboard, moved, narrow, print, scripted, steady, withoutScripts } from "./reading.mjs";
import { SUB_PATH, serve } from "./serve.mjs";
import { accessible, light, oldAddresses, pagesOf, valid } from "./soundness.mjs";

/** How many pages Firefox opens of each site. */
const IN_FIREFOX = 12;

const { sites, limit } = asked(process.argv.slice(2));
const browser = await launch();

let failed = 0;
try {
  for (const site of sites) failed += await look(site);
} finally {
  await browser.close();
}
process.exitCode = failed > 0 ? 1 : 0;

/** Looks at one site, and returns how much is wrong with it. */
async function look(site) {
  console.log(`-- ${site}`);
  const checks = new Checks();
  const server = await serve(site);
  const places = [
    { name: "file", root: pathToFileURL(site + sep).href },
    { name: "http", root: `http://127.0.0.1:${server.address().port}${SUB_PATH}` },
  ];
  const pages = await pagesOf(site);
  try {
    await Promise.all(
      places.map(async (place) => {
        const seen = await crawl(browser, checks, place, limit);
        await click(browser, checks, place);
        await moved(browser, checks, place, await oldAddresses(site, pages));
        await darkSwitch(browser, checks, place, seen);
        await steady(browser, checks, place, seen);
        await keyboard(browser, checks, place, seen);
        await scripted(browser, checks, place, seen);
        await withoutScripts(browser, checks, place, seen);
        await narrow(browser, checks, place, seen);
        if (place.name === "file") await print(browser, checks, place, seen);
      }),
    );
    // From the server: on file:// the style sheet cannot be read by scripts, which axe-core does.
    const { kinds, pages: examined } = await accessible(browser, checks, places[1], site, pages);
    console.log(`axe-core: ${examined} pages of ${kinds} kinds, in light, dark, narrow and with more contrast`);
  } finally {
    server.close();
  }
  await valid(checks, site, pages);
  console.log(`html-validate: ${pages.length} pages`);
  await light(checks, site, pages);
  if (process.env.FIREFOX) {
    const step = Math.max(1, Math.floor(pages.length / IN_FIREFOX));
    await firefox(checks, site, pages.filter((_, place) => place % step === 0), process.env.FIREFOX);
  } else {
    console.log("firefox: left out, as FIREFOX names none");
  }
  for (const failure of checks.failed.sort()) console.log(`FAILED ${failure}`);
  console.log(`${checks.passed} passed, ${checks.failed.length} failed`);
  return checks.failed.length;
}

function asked(args) {
  const at = args.indexOf("--pages");
  const limit = at < 0 ? 80 : Number(args.splice(at, 2)[1]);
  const sites = args.map((site) => resolve(site));
  if (sites.length === 0 || !Number.isInteger(limit) || !sites.every((site) => existsSync(join(site, "index.html")))) {
    console.error("usage: node run.mjs SITE... [--pages N], where a SITE is a folder with an index.html");
    process.exit(2);
  }
  return { sites, limit };
}
