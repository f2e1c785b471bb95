// Listens for the pushes of many devices over server-sent events, in a process of its own. Prints `listening` when every
// response has started, and exits on request.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** How many connections to open at the same time. */
const CONCURRENT = 200;

const [port, file] = process.argv.slice(2);
const tokens = JSON.parse(readFileSync(file!, 'utf8')) as readonly string[];

async function listen(token: string): Promise<Socket> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`GET /events?token=${token} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  if (!head.toString('latin1').startsWith('HTTP/1.1 200')) throw new Error(head.toString('latin1'));
  socket.resume();
  return socket;
}

for (let begin = 0; begin < tokens.length; begin += CONCURRENT) {
  await Promise.all(tokens.slice(begin, begin + CONCURRENT).map(listen));
}
process.stdout.write('listening\n');
