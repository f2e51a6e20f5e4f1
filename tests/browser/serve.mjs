// Serves a site as a plain host does: files under a sub-path, and nothing else.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";

export const SUB_PATH = "/kb/deep/";

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

export async function serve(site) {
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url, "http://localhost");
      // Chromium asks for it wherever a page names no icon of its own.
      if (pathname === "/favicon.ico") return response.writeHead(204).end();
      if (!pathname.startsWith(SUB_PATH)) throw new Error("outside");
      const path = resolve(join(site, decodeURIComponent(pathname.slice(SUB_PATH.length))));
      if (!path.startsWith(site + sep) || !(await stat(path)).isFile()) throw new Error("no file");
      const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
      // As the host of a site has it; what tests write anew while it is served is not of the theme.
      const cached = path.startsWith(join(site, "theme") + sep) ? "max-age=600" : "no-store";
      response.writeHead(200, { "content-type": type, "cache-control": cached }).end(await readFile(path));
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}
