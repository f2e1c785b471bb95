// Listens for pushes as many devices over server-sent events, in a process of its own. Says `listening` when every
// answer has begun, and leaves when it is told to.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** As many connections as are opened at once. */
const AT_ONCE = 200;

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

for (let begin = 0; begin < tokens.length; begin += AT_ONCE) {
  await Promise.all(tokens.slice(begin, begin + AT_ONCE).map(listen));
}
process.stdout.write('listening\n');
