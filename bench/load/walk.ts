// Fetches page after page on one connection, in a process of its own, and prints the result. It reads only the cursor of a
// page: the client's share of the time stays small.
import { Agent, request } from 'node:http';

export interface WalkOrder {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly pages: number;
}

export interface WalkResult {
  readonly pages: number;
  readonly seconds: number;
  /** False if more pages were left. */
  readonly ended: boolean;
}

const order = JSON.parse(process.argv[2]!) as WalkOrder;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function page(cursor: string | undefined): Promise<Buffer> {
  const body = JSON.stringify({ limit: order.limit, cursor });
  return new Promise((resolve, reject) => {
    const sent = request(
      order.url,
      { method: 'POST', agent, headers: { ...order.headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const content = Buffer.concat(chunks);
          if (response.statusCode === 200) resolve(content);
          else reject(new Error(`${response.statusCode} ${content.toString('utf8', 0, 200)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Cursor and `more_to_follow` come before the devices. */
const HEAD = 400;

async function walk(): Promise<WalkResult> {
  const begin = performance.now();
  let cursor: string | undefined;
  let pages = 0;
  let ended = false;
  while (pages < order.pages && !ended) {
    const head = (await page(cursor)).toString('latin1', 0, HEAD);
    cursor = /"cursor":"([^"]*)"/.exec(head)?.[1];
    ended = head.includes('"more_to_follow":false');
    pages += 1;
  }
  return { pages, ended, seconds: (performance.now() - begin) / 1000 };
}

const result = await walk();
agent.destroy();
process.stdout.write(JSON.stringify(result));
