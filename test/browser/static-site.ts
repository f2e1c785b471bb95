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

/** Reads the file at a path, `/index.html` for the root; undefined if there is none. */
export type FileSource = (path: string) => Promise<Uint8Array | string | undefined>;

export const filesIn =
  (folder: string): FileSource =>
  async (path) => {
    if (path.includes('..')) return undefined;
    return readFile(`${folder}${path}`).catch(() => undefined);
  };

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Method and path of each request. */
  readonly requests: readonly string[];
}

/** Serves static files on a loopback port. */
export async function serveSite(files: FileSource): Promise<Site> {
  const requests: string[] = [];
  const server = createServer(async ({ method, url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://site');
    requests.push(`${method} ${pathname}`);
    const path = pathname === '/' ? '/index.html' : pathname;
    const bytes = method === 'GET' ? await files(path) : undefined;
    response.writeHead(bytes === undefined ? 404 : 200, {
      'content-type': TYPES[extname(path)] ?? 'text/plain; charset=utf-8',
    });
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
