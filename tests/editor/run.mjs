// Drives the programs behind editors on what `dossier schema --editor` writes for a small book: the YAML language server
// for completion and findings, taplo for book.toml, and remark for front matter.
//
//   node run.mjs DOSSIER

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LanguageServer } from "./language-server.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const [dossier] = process.argv.slice(2).map((path) => resolve(path));
if (!dossier) {
  console.error("usage: node run.mjs DOSSIER");
  process.exit(2);
}
const root = mkdtempSync(join(tmpdir(), "dossier-editor-"));
let passed = 0;
let failed = 0;

/** Runs one check, which fails if it throws. */
async function check(name, run) {
  try {
    await run();
    passed++;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}\n${error.message.replace(/^/gm, "     ")}`);
  }
}

/** Runs a program in the book's folder: its exit code, and all that it said. */
async function run(program, ...args) {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    if (typeof error.code !== "number") throw error;
    return { code: error.code, said: error.stdout + error.stderr };
  }
}

try {
  cpSync(join(here, "book"), root, { recursive: true });
  // remark looks for its plugins beside the book, as an author installs them.
  symlinkSync(modules, join(root, "node_modules"));
  const { code, said } = await run(dossier, "schema", "--editor");
  assert.equal(code, 0, said);
  await yaml();
  await toml();
  await markdown();
  await problems();
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** YAML entries in the YAML language server, set up as VS Code is by .vscode/settings.json. */
async function yaml() {
  const { "yaml.schemas": schemas } = JSON.parse(readFileSync(join(root, ".vscode/settings.json"), "utf8"));
  const settings = { schemas, validate: true, completion: true, hover: true, schemaStore: { enable: false } };
  const program = join(modules, "yaml-language-server/bin/yaml-language-server");
  const server = await LanguageServer.start(process.execPath, [program, "--stdio"], root, (section) =>
    section === "yaml" ? settings : null,
  );

  /** What is told of a text, as `line:column text-of-the-place: message`. */
  const findings = async (path, text) => {
    const told = await server.show(join(root, path), text, "yaml");
    const lines = text.split("\n");
    return told
      .map(({ range: { start, end }, message }) => {
        assert.equal(start.line, end.line, `over lines: ${message}`);
        return `${start.line + 1}:${start.character + 1} ${lines[start.line].slice(start.character, end.character)}: ${message}`;
      })
      .sort();
  };
  /** What is offered where `|` stands. */
  const offers = async (path, text) => {
    const before = text.slice(0, text.indexOf("|")).split("\n");
    await server.show(join(root, path), text.replace("|", ""), "yaml");
    const position = { line: before.length - 1, character: before.at(-1).length };
    return server.complete(join(root, path), position);
  };
  const labels = (items) => items.map(({ label }) => label).sort();
  const file = "content/dishes/new.yaml";

  await check("yaml: what the book holds is right", async () => {
    for (const path of ["content/dishes/sides.yaml", "content/people.yaml", "content/sources.yaml"]) {
      assert.deepEqual(await findings(path, readFileSync(join(root, path), "utf8")), []);
    }
  });
  await check("yaml: every other way to write a value is right", async () => {
    const text = [
      "- id: 2025",
      "  title: 2025",
      "  kind: { value: main, note: It is eaten first. }",
      "  country: NO",
      "  invented: [2015, 2017]",
      "  hot: yes",
      "  price: 9",
      "  date:",
      "  goes-with: [Chips, french fries, '[[Mushy peas|peas]]', dishes/fish, { to: peas, note: On one plate. }]",
      "  cook: people/joseph-malin",
      "  tags: fried, British",
      "",
    ].join("\n");
    assert.deepEqual(await findings(file, text), []);
  });
  await check("yaml: keys are completed, each with what it means", async () => {
    const items = await offers(file, "- id: a\n  kind: main\n  |\n");
    const keys = labels(items);
    for (const key of ["body", "cook", "country", "date", "goes-with", "hot", "summary", "title"]) {
      assert.ok(keys.includes(key), `${key} is missing among ${keys}`);
    }
    assert.ok(!keys.includes("kind"), "kind is there already");
    const { documentation } = items.find(({ label }) => label === "summary");
    assert.match(documentation.value ?? documentation, /A sentence for lists/);
  });
  await check("yaml: what must be there is offered as one", async () => {
    const items = await offers(file, "|\n");
    assert.equal(items.find(({ label }) => label === "Dish").insertText, "kind: ");
  });
  await check("yaml: the values of a choice are completed, with their labels", async () => {
    const items = await offers(file, "- id: a\n  kind: |\n");
    assert.deepEqual(items.map(({ label, documentation }) => [label, documentation]), [
      ["main", "Main course"],
      ["side", "Side dish"],
    ]);
  });
  await check("yaml: the entries that a reference takes are completed by their slugs", async () => {
    const one = await offers(file, "kind: main\ncook: |\n");
    assert.deepEqual(one.map(({ label, documentation }) => [label, documentation]), [["joseph-malin", "Joseph Malin"]]);
    const several = labels(await offers(file, "kind: main\ngoes-with:\n  - |\n"));
    for (const slug of ["chips", "fish", "peas"]) assert.ok(several.includes(slug), `${slug} is missing among ${several}`);
    for (const other of ["Chips", "French fries", "null"]) assert.ok(!several.includes(other), `${other} is offered`);
    assert.ok(labels(await offers(file, "kind: main\ngoes-with: [fish, |]\n")).includes("peas"));
  });
  await check("yaml: countries, dates, flags and sources are completed", async () => {
    const country = await offers(file, "kind: main\ncountry: |\n");
    assert.equal(country.find(({ label }) => label === "GB").documentation, "United Kingdom");
    assert.ok(labels(await offers(file, "kind: main\ninvented: |\n")).includes("2015-05-19"));
    assert.deepEqual(labels(await offers(file, "kind: main\nhot: |\n")), ["false", "true"]);
    assert.ok(labels(await offers(file, "kind: main\nsources: [|]\n")).includes("panayi"));
  });
  await check("yaml: a text is offered nothing", async () => {
    assert.deepEqual(await offers(file, "kind: main\ntitle: |\n"), []);
  });
  await check("yaml: mistakes are told at their places", async () => {
    const text = [
      "- id: a",
      "  kind: mian",
      "  colour: red",
      "  cook: joseph-main",
      "  invented: May of 1860",
      "- title: Peas",
      "  kind: [main]",
      "  goes-with: [fsh]",
      "",
    ].join("\n");
    assert.deepEqual(await findings(file, text), [
      '2:9 mian: Value is not accepted. Valid values: "main", "side".',
      "3:3 colour: Property colour is not allowed.",
      "4:9 joseph-main: There is no such entry in people",
      "5:13 May of 1860: No date: write 2015, 2015-05, 2015-05-19, 2015~ for about 2015, or 2015/2020",
      '6:3 t: Missing property "id".',
      "7:9 [main]: This takes one value, and not a list",
      "8:15 fsh: There is no such entry in dishes",
    ]);
  });
  await check("yaml: sources are held to what a source has", async () => {
    assert.deepEqual(await findings("content/sources.yaml", "a:\n  titel: x\n  url: example.org\n"), [
      '1:1 a: Missing property "title".',
      "2:3 titel: Property titel is not allowed.",
      "3:8 example.org: No web address: write it whole, as https://example.org/page",
    ]);
  });
  server.stop();
}

/** book.toml in taplo, which finds the schema by .taplo.toml, as the TOML extension of VS Code does. */
async function toml() {
  const taplo = (...args) => run(process.execPath, join(modules, "@taplo/cli/dist/cli.js"), "lint", ...args);
  const path = join(root, "book.toml");
  const good = readFileSync(path, "utf8");
  await check("toml: the book's own book.toml is right", async () => {
    const { code, said } = await taplo("book.toml");
    assert.equal(code, 0, said);
    assert.match(said, /found configuration file/);
  });
  await check("toml: mistakes are told", async () => {
    writeFileSync(path, `${good}lyout = "cards"\n[collections.x.fields.y]\ntype = "txt"\n`);
    const { code, said } = await taplo("book.toml");
    writeFileSync(path, good);
    assert.equal(code, 1, said);
    assert.match(said, /'lyout' was unexpected/);
    assert.match(said, /"txt" is not one of \["text","markdown"/);
  });
}

/** Front matter in remark, set up by .remarkrc.json. */
async function markdown() {
  const remark = async (path, text) => {
    writeFileSync(join(root, path), text);
    const told = await run(process.execPath, join(modules, "remark-cli/cli.js"), "--frail", "--quiet", "--no-stdout", "--no-color", path);
    rmSync(join(root, path));
    return told;
  };
  await check("markdown: right front matter passes", async () => {
    const fish = readFileSync(join(root, "content/dishes/fish.md"), "utf8");
    assert.deepEqual(await remark("content/dishes/also-fish.md", fish), { code: 0, said: "" });
    assert.deepEqual(await remark("content/dishes/index.md", "---\ntitle: Dishes\nanything: goes\n---\n"), { code: 0, said: "" });
  });
  await check("markdown: mistakes in front matter are told at their places", async () => {
    const { code, said } = await remark("content/dishes/bad.md", "---\nkind: mian\ncook: joseph\ncolour: red\n---\n\nText\n");
    assert.equal(code, 1, said);
    assert.match(said, /^2:7-2:11 +warning Must be equal to one of the allowed values: `main`, `side`/m);
    assert.match(said, /^3:7-3:13 +warning Must be equal to one of the allowed values: `joseph-malin`/m);
    assert.match(said, /warning Must NOT have additional properties/);
  });
}

/** What the program itself finds, as the task of VS Code reads it from its output. */
async function problems() {
  await check("tasks: a finding is read with its place, its rule and its message", async () => {
    const { tasks } = JSON.parse(readFileSync(join(root, ".vscode/tasks.json"), "utf8"));
    const { pattern } = tasks.find(({ label }) => label === "dossier check").problemMatcher;
    const path = join(root, "content/dishes/bad.md");
    writeFileSync(path, "---\nkind: mian\nsummary: Not good.\n---\n");
    const { code, said } = await run(dossier, "build");
    rmSync(path);
    assert.equal(code, 1, said);
    const lines = said.split("\n");
    const at = lines.findIndex((line) => line.startsWith("error") && new RegExp(pattern[0].regexp).test(line));
    const [, severity, rule, message] = new RegExp(pattern[0].regexp).exec(lines[at]);
    const [, file, line, column] = new RegExp(pattern[1].regexp).exec(lines[at + 1]);
    assert.deepEqual([severity, rule, message], ["error", "wrong-value", '"mian" is no value of "kind"']);
    assert.deepEqual([file, line, column], ["content/dishes/bad.md", "2", "7"]);
  });
}
