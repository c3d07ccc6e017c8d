import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';

/** A server of static files on loopback. */
export interface FolderServer {
  /** With a slash at its end. */
  readonly url: string;
  readonly close: () => void;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/**
 * Serves a folder as any static host would.
 *
 * @param prefix the path below which it stands, as where a host serves several sites
 */
export async function serveFolder(folder: string, prefix = '/'): Promise<FolderServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback');
    const below = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : '..';
    const path = normalize(below === '' || below.endsWith('/') ? `${below}index.html` : below);
    try {
      if (path.startsWith('..')) throw new Error('outside of the folder');
      const content = readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${prefix}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
