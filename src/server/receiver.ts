import { explained, type Outcome, type Response, respond } from '../core/outcome.ts';
import { type HttpRequest, hostName } from '../core/request.ts';
import { wallClock } from '../core/wall-clock.ts';
import { ConnectionHandler } from '../engine/connection-policy.ts';
import { packageVersion } from '../package.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { RequestReceiver } from '../transports/receiver.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import type { Addresses } from './control/environment.ts';
import { createControl } from './control/index.ts';
import { ShutdownHooks } from './control/route.ts';

/** How requests are received, by whichever transport they arrive. */
export interface ReceiverOptions {
  /** The URL that clients use, if it is not the one of the port: behind a proxy, for example. */
  readonly publicUrl?: string | undefined;
  /** Host names without port, in addition to loopback, under which the control API responds. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Shows secrets in the journal of the control API. */
  readonly showSecrets?: boolean | undefined;
  /** Called with every request to the control API and its outcome; they are not in the journal. */
  readonly onControl?: ((request: HttpRequest, outcome: Outcome) => void) | undefined;
  /** Called when something was not done as intended. */
  readonly onNotice?: ((message: string, request?: HttpRequest) => void) | undefined;
}

const CONTROL = /^\/_crabapple(?:\/|$)/;

const isForControl = ({ path }: HttpRequest): boolean => path.startsWith('/_c') && CONTROL.test(path);

export interface ServerReceiver extends RequestReceiver {
  /** Ends pending waits and listeners of the control API. The simulated Apple continues. */
  close(): void;
}

/** The receiver behind every transport: the control API below its prefix, the engine everywhere else. */
export function createReceiver(
  apple: SimulatedApple,
  options: ReceiverOptions,
  addresses: () => Addresses,
  certificates: Certificates = createCertificates(apple),
): ServerReceiver {
  const { engine } = apple;
  const shutdown = new ShutdownHooks();
  const connections = new ConnectionHandler(engine);
  const control = createControl(apple, {
    addresses,
    authority: certificates.authority,
    pushCertificate: async (organization) => {
      if (addresses().caFile !== undefined) await certificates.pushCertificate(organization);
    },
    allowHosts: [...(options.allowHosts ?? []), ...publicHost(options.publicUrl)],
    showSecrets: options.showSecrets ?? false,
    version: packageVersion(),
    startedAt: wallClock(),
    shutdown,
  });
  const { publicUrl, onControl, onNotice } = options;
  const asClientsSee = publicUrl === undefined ? unchanged : seenThrough(new URL(publicUrl));

  function reported(request: HttpRequest, outcome: Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
    if (onControl === undefined) return outcome;
    const report = (resolved: Outcome): Outcome => {
      onControl(request, resolved);
      return resolved;
    };
    return outcome instanceof Promise ? outcome.then(report) : report(outcome);
  }

  return {
    beforeHandshake: (peer) => connections.beforeHandshake(peer),
    onConnection: (connection) => connections.onConnection(connection),
    connectionFailed: (failure) => connections.connectionFailed(failure),
    handle(request) {
      return isForControl(request)
        ? reported(request, control(request))
        : apple.handle(asClientsSee(request));
    },
    reject(request, status, why) {
      if (!isForControl(request)) return engine.reject(asClientsSee(request), status, why);
      const response = rejection(status, why);
      onControl?.(request, response);
      return response;
    },
    aborted(request, ended) {
      if (!isForControl(request)) engine.aborted(asClientsSee(request), ended);
    },
    notice: (request, message) => onNotice?.(message, request),
    failed: (error) => engine.reportFailure(error),
    close: () => shutdown.run(),
  };
}

const HINTS: Readonly<Record<number, string>> = {
  413: 'send less at once; in a scenario, `generate` creates any number of devices',
  431: 'send fewer or shorter header fields',
};

/** The response of the control API to a request that the transport rejects. */
function rejection(status: number, error: string): Response {
  const hint = HINTS[status] ?? 'GET /_crabapple/openapi.json describes every call';
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return explained(respond(status, headers, `${JSON.stringify({ error, hint })}\n`), error);
}

const publicHost = (publicUrl: string | undefined): readonly string[] =>
  publicUrl === undefined ? [] : [new URL(publicUrl).hostname];

const unchanged = (request: HttpRequest): HttpRequest => request;

/** Apple's host names are kept: they identify the service of a request. */
function seenThrough({ protocol, host, pathname }: URL): (request: HttpRequest) => HttpRequest {
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const mount = pathname.replace(/\/+$/, '');
  return (request) =>
    hostName(request.authority).endsWith('.apple.com')
      ? request
      : { ...request, scheme, authority: host, mount };
}
