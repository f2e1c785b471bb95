import { createCrabapple, type Report } from 'crabapple';
import { appleHandlers } from 'crabapple/msw';
import { setupWorker } from 'msw/browser';
import scenario from '../scenario.yaml?raw';
import type { ServerToken } from './mdm/oauth.ts';

/** A request with the status of its response. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Crabapple's explanation of an error response; the real Apple sends none. */
  readonly why: string | undefined;
}

/** The part of the simulated Apple that the page uses. */
export interface SimulatedApple {
  /** Credentials that an administrator downloads from Apple's portal. */
  readonly serverToken: ServerToken;
  readonly contentToken: string;
  /** The current verdicts on the expectations of the scenario. */
  report(): Report;
  /** Calls back after each response. */
  watch(watcher: (request: LoggedRequest) => void): void;
  /** Portal actions by the labels of their buttons. */
  readonly portal: Readonly<Record<string, () => Promise<unknown>>>;
}

/** Starts the simulated Apple in a service worker: the page needs no server. */
export async function startApple(): Promise<SimulatedApple> {
  const apple = await createCrabapple(scenario, { file: 'scenario.yaml' });
  const worker = setupWorker(...appleHandlers(apple));
  await worker.start({
    quiet: true,
    onUnhandledRequest: 'bypass',
    // Relative to the page: it may be served below any path.
    serviceWorker: { url: new URL('mockServiceWorker.js', document.baseURI).href },
  });
  const { serverToken, contentToken = '' } = apple.credentials;
  return {
    serverToken,
    contentToken,
    report: () => apple.verify(),
    watch(watcher) {
      worker.events.on('response:mocked', ({ request, response }) => {
        const { pathname: path } = new URL(request.url);
        const why = response.headers.get('x-crabapple-why') ?? undefined;
        watcher({ method: request.method, path, status: response.status, why });
      });
    },
    portal: {
      'Add two Macs': () => apple.addDevices([{ generate: 2, device_family: 'Mac' }]),
      'Remove the iPad': () => apple.removeDevices(['DMPACME00002']),
      'Buy five licenses of Acme Desk': () => apple.buy({ adam_id: 1100000002, count: 5 }),
      'Expire the terms': () => apple.expireTerms(),
      'Accept the terms': () => apple.acceptTerms(),
    },
  };
}
