import { explained, type Outcome, type Response, respond } from '../core/outcome.ts';
import { type HttpRequest, hostName } from '../core/request.ts';
import { wallClock } from '../core/wall-clock.ts';
import { ConnectionHandler } from '../engine/connection-policy.ts';
import { packageVersion } from '../package.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { Receiver } from '../transports/receiver.ts';
import type { Addresses } from './control/environment.ts';
import { createControl } from './control/index.ts';
import { Ending } from './control/shutdown.ts';
import { createTrust, type Trust } from './trust.ts';

/** How requests are taken in, whichever transport they come by. */
export interface ReceiverOptions {
  /** The URL that clients see, where it is not the one that they connect to: behind a proxy, for example. */
  readonly publicUrl?: string | undefined;
  /** Host names, without port, that may ask the control API beside loopback. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Shows secrets in the journal of the control API. */
  readonly showSecrets?: boolean | undefined;
  /** Told of every request to the control API and its answer, which no journal has. */
  readonly onControl?: ((request: HttpRequest, outcome: Outcome) => void) | undefined;
  /** Told of what went otherwise than it was meant. */
  readonly onNotice?: ((message: string, request?: HttpRequest) => void) | undefined;
}

const CONTROL = /^\/_crabapple(?:\/|$)/;

const isForControl = ({ path }: HttpRequest): boolean => path.startsWith('/_c') && CONTROL.test(path);

export interface ClosableReceiver extends Receiver {
  /** Ends what waits and listens for the sake of its transports. The simulated Apple goes on. */
  close(): void;
}

/** Behind every transport: the control API under its prefix, the simulated Apple everywhere else. */
export function createReceiver(
  apple: SimulatedApple,
  options: ReceiverOptions,
  addresses: () => Addresses,
  trust: Trust = createTrust(apple),
): ClosableReceiver {
  const ending = new Ending();
  const connections = new ConnectionHandler(apple.engine);
  const control = createControl(apple, {
    addresses,
    authority: trust.authority,
    pushCertificate: async (organization) => {
      if (addresses().caFile !== undefined) await trust.pushCertificate(organization);
    },
    allowHosts: [...(options.allowHosts ?? []), ...publicHost(options.publicUrl)],
    showSecrets: options.showSecrets ?? false,
    version: packageVersion(),
    startedAt: wallClock(),
    ending,
  });
  const seen = options.publicUrl === undefined ? undefined : asSeenFrom(new URL(options.publicUrl));
  const asClientsSee = (request: HttpRequest): HttpRequest => (seen === undefined ? request : seen(request));

  function told(request: HttpRequest, outcome: Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
    const { onControl } = options;
    if (onControl === undefined) return outcome;
    const tell = (settled: Outcome): Outcome => {
      onControl(request, settled);
      return settled;
    };
    return outcome instanceof Promise ? outcome.then(tell) : tell(outcome);
  }

  return {
    beforeHandshake: (peer) => connections.beforeHandshake(peer),
    connectionFailed: (failure) => connections.connectionFailed(failure),
    onConnection: (connection) => connections.onConnection(connection),
    handle(request) {
      return isForControl(request) ? told(request, control(request)) : apple.handle(asClientsSee(request));
    },
    refuse(request, status, why) {
      if (!isForControl(request)) return apple.engine.refuse(asClientsSee(request), status, why);
      const answer = refused(status, why);
      options.onControl?.(request, answer);
      return answer;
    },
    abandon(request, ended) {
      if (!isForControl(request)) apple.engine.abandon(asClientsSee(request), ended);
    },
    notice: (request, message) => options.onNotice?.(message, request),
    close: () => ending.end(),
  };
}

const REFUSAL_HINTS: Readonly<Record<number, string>> = {
  413: 'send less at once; in a scenario `generate` stands for any number of devices',
  431: 'send fewer or shorter header fields',
};

function refused(status: number, error: string): Response {
  const hint = REFUSAL_HINTS[status] ?? 'GET /_crabapple/openapi.json describes every call';
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return explained(respond(status, headers, `${JSON.stringify({ error, hint })}\n`), error);
}

const publicHost = (publicUrl: string | undefined): readonly string[] =>
  publicUrl === undefined ? [] : [new URL(publicUrl).hostname];

/** Apple's own names stay: by them a request says which service it means. */
function asSeenFrom({ protocol, host, pathname }: URL): (request: HttpRequest) => HttpRequest {
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const mount = pathname.replace(/\/+$/, '');
  return (request) =>
    hostName(request.authority).endsWith('.apple.com')
      ? request
      : { ...request, scheme, authority: host, mount };
}
