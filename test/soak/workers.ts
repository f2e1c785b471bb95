import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { IssuedCertificate } from '../clients/crabapple-control.ts';
import type { CrabappleServer } from '../clients/crabapple-server.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { type PushAddress, play } from '../scenarios/scripted-mdm.ts';
import { account, assign, define, signIn, sync, walk } from '../scenarios/step.ts';
import { FLAG, fields, frame, hostilePeer, REQUEST, TYPE } from '../transports/http2/frames.ts';
import { Http2Client } from '../transports/http2-client.ts';

/** The server under load, with the data that workers share. */
export interface SoakContext {
  readonly apple: CrabappleServer;
  readonly ca: string;
  readonly certificate: IssuedCertificate;
  readonly addresses: readonly PushAddress[];
  readonly serials: readonly string[];
  /** Counts an event: a response by status, or a failure. */
  readonly count: (event: string) => void;
}

/** Runs repeatedly; `turn` counts the runs. */
export type Worker = (context: SoakContext, turn: number) => Promise<void>;

/** Milliseconds to wait for a response; faults stall some of them. */
const TIMEOUT = 400;
const CONCURRENT_PUSHES = 25;
const BATCHES = 40;

const one = <Item>(items: readonly Item[], turn: number): Item => items[(turn * 7919) % items.length]!;

/** Pushes over TLS with the certificate, until the connection closes. */
const pushWithCertificate: Worker = async ({ apple, ca, certificate, addresses, count }, turn) => {
  const client = new Http2Client(apple.tlsUrl, {
    ca,
    cert: certificate.certificate,
    key: certificate.private_key,
  });
  client.closed.catch(() => count('connection refused'));
  try {
    for (let batch = 0; batch < BATCHES && !client.session.destroyed && !client.session.closed; batch += 1) {
      const pushes = Array.from({ length: CONCURRENT_PUSHES }, async (_, index) => {
        const { token, magic } = one(addresses, turn * 31 + batch * CONCURRENT_PUSHES + index);
        const { status } = await client.request(`/3/device/${token}`, {}, JSON.stringify({ mdm: magic }));
        count(`push ${status ?? 'broken'}`);
      });
      const all = await Promise.race([Promise.all(pushes), pause(TIMEOUT, undefined, { ref: false })]);
      if (all === undefined) break;
    }
  } catch {
    count('push connection broken');
  } finally {
    client.session.destroy();
  }
};

const pushOnPlainPort: Worker = async ({ apple, addresses, count }, turn) => {
  const { token, magic } = one(addresses, turn);
  try {
    const { status } = await fetch(`${apple.url}/3/device/${token}`, {
      method: 'POST',
      body: JSON.stringify({ mdm: turn % 50 === 0 ? 'another' : magic }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    count(`plain push ${status}`);
  } catch {
    count('plain push broken');
  }
};

const enroll: Worker = async ({ apple, serials, count }, turn) => {
  const devices = [one(serials, turn), one(serials, turn + 1)];
  const steps = [signIn(), account(), walk(), define(), assign('assign', devices), sync()];
  const { send, ...side } = overHttp(apple.url);
  await play(steps, {
    ...side,
    async send(sent) {
      const response = await send(sent);
      count(`enrollment ${response?.status ?? 'broken'}`);
      return response;
    },
  }).catch(() => count('enrollment failed'));
};

const listen: Worker = async ({ apple, addresses, count }, turn) => {
  const { token } = one(addresses, turn);
  const listening = get(`${apple.url}/events?token=${token}`);
  listening.on('error', () => {});
  const [events] = (await once(listening, 'response').catch(() => [])) as [IncomingMessage?];
  events?.resume();
  count(`listener ${events?.statusCode ?? 'broken'}`);
  await pause(turn % 50);
  listening.destroy();
};

const actInPortal: Worker = async ({ apple, serials, count }, turn) => {
  const serial = [one(serials, turn)];
  const actions = [
    { rotate_push_tokens: serial },
    { take_offline: serial },
    { rotate_push_magic: serial },
    { bring_online: serial },
  ];
  await apple.control.act(actions[turn % actions.length]!);
  await apple.control.setClock({ advance: '1s' });
  count('portal');
  await pause(10);
};

const CANCEL = Buffer.from([0, 0, 0, constants.NGHTTP2_CANCEL]);
const FLOOD = 400;

/** In turn: a flood of resets, an endless header block, random bytes, an incomplete TLS handshake. */
const attack: Worker = async ({ apple, count }, turn) => {
  const { port } = new URL(turn % 4 === 3 ? apple.tlsUrl : apple.url);
  const peer = turn % 4 === 3 ? undefined : hostilePeer(Number(port));
  const opening = (stream: number, flags: number) => frame(TYPE.headers, flags, stream, fields(REQUEST));
  switch (turn % 4) {
    case 0:
      for (let stream = 1; stream < 2 * FLOOD; stream += 2)
        peer!.send(opening(stream, FLAG.endHeaders), frame(TYPE.reset, 0, stream, CANCEL));
      break;
    case 1: {
      const more = frame(TYPE.continuation, 0, 1, fields({ 'x-more': 'y'.repeat(10_000) }));
      peer!.send(opening(1, 0), ...Array.from({ length: 20 }, () => more));
      break;
    }
    case 2:
      peer!.send(Buffer.alloc(500, 0xff));
      break;
    case 3: {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(Buffer.from([0x16, 3, 1, 2, 0]));
      await pause(5);
      socket.destroy();
    }
  }
  await pause(20);
  peer?.socket.destroy();
  count('hostile peer');
};

export const WORKERS: readonly Worker[] = [
  pushWithCertificate,
  pushWithCertificate,
  pushOnPlainPort,
  enroll,
  listen,
  actInPortal,
  attack,
];
