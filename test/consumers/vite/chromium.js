// The page that Vite built, in a browser.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { promisify } from 'node:util';

const DIST = new URL('dist/', import.meta.url);
const TYPES = { html: 'text/html', js: 'text/javascript' };

const server = createServer(async (request, response) => {
  const path = request.url === '/' ? 'index.html' : request.url.slice(1);
  try {
    const body = await readFile(new URL(path, DIST));
    response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1)] ?? 'text/plain' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { stdout } = await promisify(execFile)('chromium', [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--virtual-time-budget=20000',
  '--dump-dom',
  `http://127.0.0.1:${server.address().port}/`,
]);
server.close();
server.closeAllConnections();
const [, found = 'nothing'] = /<output id="found">([^<]*)/.exec(stdout) ?? [];
if (!found.endsWith('passed')) throw new Error(`the page shows ${found}`);
console.log(found);
