// Runs a server with --data and --fsync under strace, sends changes one after another, and checks the order of the system calls.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CHANGES = 10;
const CALLS = 'trace=pwrite64,fdatasync,writev,write,sendto';

const folder = mkdtempSync(join(tmpdir(), 'crabapple-order-'));
const trace = join(folder, 'trace');
const ready = join(folder, 'ready.json');
const server = spawn(
  'strace',
  [
    ...[
      '-f',
      '-qq',
      '-s',
      '32',
      '-e',
      CALLS,
      '-o',
      trace,
      process.execPath,
      'dist/bin/crabapple.js',
      'serve',
    ],
    ...['--data', join(folder, 'data'), '--fsync', '--port', '0', '--tls-port', 'off'],
    ...['--log-format', 'json', '--ready-file', ready],
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const closed = once(server, 'close');

async function listening() {
  for await (const line of createInterface({ input: server.stdout })) {
    const { msg, url } = JSON.parse(line);
    if (msg === 'listening') return url;
  }
  throw new Error('the server did not start');
}

/** The server's own process id: strace does not forward signals. */
function end(signal) {
  if (existsSync(ready)) process.kill(JSON.parse(readFileSync(ready, 'utf8')).pid, signal);
}

/** The system calls, in order. */
function steps() {
  const WORDS = [
    [/pwrite64\(/, 'written'],
    [/fdatasync(?:\(\d+\)| resumed>\)) += 0/, 'safe'],
    [/(?:writev|write|sendto)\(.*"HTTP\/1\.1 200/, 'sent'],
  ];
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => WORDS.filter(([form]) => form.test(line)).map(([, word]) => word));
}

try {
  const url = await listening();
  for (let change = 0; change < CHANGES; change += 1) {
    const add_devices = [{ serial_number: `ORDER${change}` }];
    const { status } = await fetch(`${url}/_crabapple/actions`, {
      method: 'POST',
      body: JSON.stringify({ add_devices }),
    });
    if (status !== 200) throw new Error(`an action returned the status ${status}`);
  }
  end('SIGTERM');
  await closed;
  const order = steps().join(' ');
  if (!new RegExp(`(?:written safe sent ?){${CHANGES}}`).test(order))
    throw new Error(`a response was sent before its change was safe on disk: ${order}`);
  process.stdout.write(
    `${CHANGES} responses: each change was written and safe on disk before its response was sent\n`,
  );
} finally {
  if (server.exitCode === null) {
    end('SIGKILL');
    server.kill('SIGTERM');
    await closed;
  }
  rmSync(folder, { recursive: true, force: true });
}
