// Reads pages of assignments, or assigns to a thousand devices per call, in a process of its own.
import { Agent, request } from 'node:http';

export interface LicensesOrder {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly work: 'walk' | 'associate' | 'assign-and-revoke';
  readonly calls: number;
  /** Devices per call. */
  readonly serials: number;
  readonly adamId: string;
  /** Prefix of the serial numbers, a different one in each round. */
  readonly prefix: string;
}

export interface LicensesResult {
  readonly seconds: number;
}

const order = JSON.parse(process.argv[2]!) as LicensesOrder;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function send(method: string, path: string, body = ''): Promise<void> {
  const headers = { ...order.headers, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(order.url + path, { method, agent, headers }, (response) => {
      response.on('error', reject);
      response.on('data', () => {});
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const bodyOf = (call: number): string =>
  JSON.stringify({
    assets: [{ adamId: order.adamId, pricingParam: 'STDQ' }],
    serialNumbers: Array.from({ length: order.serials }, (_, number) => `${order.prefix}${call}X${number}`),
  });

const WORK: Readonly<Record<LicensesOrder['work'], (call: number, body: string) => Promise<void>>> = {
  walk: (call) => send('GET', `/mdm/v2/assignments?pageIndex=${call}`),
  associate: (_, body) => send('POST', '/mdm/v2/assets/associate', body),
  'assign-and-revoke': (call, body) =>
    send('POST', call % 2 === 0 ? '/mdm/v2/assets/associate' : '/mdm/v2/assets/disassociate', body),
};

const bodies = Array.from({ length: order.calls }, (_, call) =>
  order.work === 'walk' ? '' : bodyOf(order.work === 'associate' ? call : call >> 1),
);
const begin = performance.now();
for (const [call, body] of bodies.entries()) await WORK[order.work](call, body);
const result: LicensesResult = { seconds: (performance.now() - begin) / 1000 };
agent.destroy();
process.stdout.write(JSON.stringify(result));
