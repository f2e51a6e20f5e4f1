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
  const headings = tab.locator("h1");
  if ((await headings.count()) !== 1) throw new Error(`it has ${await headings.count()} h1, and wants one`);
  for (const part of ["h1", "main"]) {
    if (!(await tab.locator(part).first().isVisible())) throw new Error(`its ${part} cannot be seen`);
  }
}
