// One check after another: what passed, and what failed and why.

export class Checks {
  passed = 0;
  failed = [];

  /** Runs one check, which fails if it throws or if the browser complained meanwhile. */
  async run(name, problems, run) {
    try {
      await run();
    } catch (error) {
      problems.push(error.message.split("\n").slice(0, 12).join("; "));
    }
    const heard = new Set(problems.splice(0));
    if (heard.size === 0) this.passed++;
    else this.failed.push(`${name}: ${[...heard].join("; ")}`);
  }
}

/** A number of places from which one site is read: a folder, or a sub-path of a server. */
export function short(place, url) {
  return decodeURI(url.slice(place.root.length));
}

/** Opens a tab of its own, and gathers whatever the browser complains about in it. */
export async function inTab(browser, checks, place, options, visit) {
  const context = await browser.newContext(options);
  const problems = [];
  const local = place.name === "file" ? place.root : new URL(place.root).origin + "/";
  if (options.javaScriptEnabled !== false) {
    await context.exposeBinding("dossierRefused", (_, what) => void problems.push(what));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.dossierRefused(`the policy refuses ${event.violatedDirective} ${event.blockedURI} ${event.sample}`.trim());
      });
    });
  }
  // Heard, not held up: what stands between a page and its files costs more than the page.
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(local) && !/^(data|blob):/.test(url)) problems.push(`asks for ${url}`);
  });
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
    await checks.run(`${place.name}: nothing is heard after the last page`, problems, () => tab.waitForTimeout(100));
  } finally {
    await context.close();
  }
}

export async function open(tab, page) {
  const answer = await tab.goto(page, { waitUntil: "load" });
  if (answer && answer.status() >= 400) throw new Error(`the server answers ${answer.status()}`);
  await readable(tab);
}

export async function readable(tab) {
  // All at once: each question costs a way to the browser and back.
  const wrong = await tab.evaluate(() => {
    const headings = document.querySelectorAll("h1").length;
    if (headings !== 1) return `it has ${headings} h1, and wants one`;
    const isSeen = (element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
    };
    const hidden = ["h1", "main"].find((part) => ![...document.querySelectorAll(part)].slice(0, 1).some(isSeen));
    return hidden && `its ${hidden} cannot be seen`;
  });
  if (wrong) throw new Error(wrong);
}
