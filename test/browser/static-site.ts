import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Bytes of what stands at a path, `/index.html` for the root; undefined where nothing does. */
export type Shelf = (path: string) => Promise<Uint8Array | string | undefined>;

/** Files of a folder. */
export const folderShelf =
  (folder: string): Shelf =>
  async (path) => {
    if (path.includes('..')) return undefined;
    return readFile(`${folder}${path}`).catch(() => undefined);
  };

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for, with their method. */
  readonly asked: readonly string[];
}

/** Files on a port of loopback, and nothing but files. */
export async function serveSite(shelf: Shelf): Promise<Site> {
  const asked: string[] = [];
  const server = createServer(async ({ method, url = '/' }, answer) => {
    const { pathname } = new URL(url, 'http://site');
    asked.push(`${method} ${pathname}`);
    const path = pathname === '/' ? '/index.html' : pathname;
    const bytes = method === 'GET' ? await shelf(path) : undefined;
    answer.writeHead(bytes === undefined ? 404 : 200, {
      'content-type': TYPES[extname(path)] ?? 'text/plain; charset=utf-8',
    });
    answer.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
