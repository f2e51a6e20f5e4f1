// A language server as an editor drives it: over standard input and output.

import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node.js";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 20_000;

export class LanguageServer {
  /** Starts a server for the folder `root`; `settings` answers what it asks for: a section's name gives its settings. */
  static async start(command, args, root, settings) {
    const server = new LanguageServer(spawn(command, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] }));
    const folder = pathToFileURL(root).href;
    server.connection.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => settings(section)));
    server.connection.onRequest("client/registerCapability", () => null);
    await server.ask("initialize", {
      processId: process.pid,
      rootUri: folder,
      rootPath: root,
      workspaceFolders: [{ uri: folder, name: "book" }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown", "plaintext"] } },
          publishDiagnostics: {},
        },
      },
    });
    await server.connection.sendNotification("initialized", {});
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
    return server;
  }

  constructor(child) {
    this.child = child;
    this.versions = new Map();
    this.waiting = new Map();
    this.connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      this.waiting.get(uri)?.(diagnostics);
    });
    this.connection.listen();
  }

  ask(method, params) {
    return soon(this.connection.sendRequest(method, params), method);
  }

  /** Shows a text as the file at `path`, opened or changed, and returns what is wrong with it. */
  async show(path, text, languageId) {
    const uri = pathToFileURL(path).href;
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    const told = new Promise((resolve) => this.waiting.set(uri, resolve));
    if (version === 1) {
      const textDocument = { uri, languageId, version, text };
      await this.connection.sendNotification("textDocument/didOpen", { textDocument });
    } else {
      const textDocument = { uri, version };
      await this.connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
    }
    return soon(told, `the findings of ${path}`);
  }

  /** What is offered at a place of the file at `path`: labels with what they insert and what they mean. */
  async complete(path, position) {
    const textDocument = { uri: pathToFileURL(path).href };
    const answer = await this.ask("textDocument/completion", { textDocument, position });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  stop() {
    this.connection.dispose();
    this.child.kill();
  }
}

function soon(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${PATIENCE / 1000} s`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
