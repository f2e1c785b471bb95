import { createCrabapple, type Report } from 'crabapple';
import { appleHandlers } from 'crabapple/msw';
import { setupWorker } from 'msw/browser';
import scenario from '../scenario.yaml?raw';
import type { ServerToken } from './mdm/oauth.ts';

/** A request with the status of its response. */
export interface SeenExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Crabapple's explanation. The real Apple sends none. */
  readonly why: string | undefined;
}

/** The part of Crabapple that the page uses. */
export interface SimulatedApple {
  /** The tokens that Apple's portal provides to an MDM server. */
  readonly serverToken: ServerToken;
  readonly contentToken: string;
  /** The current verdicts of the expectations. */
  report(): Report;
  watch(watcher: (seen: SeenExchange) => void): void;
  /** Portal actions by the label of their button. */
  readonly portal: Readonly<Record<string, () => Promise<unknown>>>;
}

/** Starts the service worker that handles all requests to Apple. The page needs no server. */
export async function startApple(): Promise<SimulatedApple> {
  const apple = await createCrabapple(scenario, { file: 'scenario.yaml' });
  const worker = setupWorker(...appleHandlers(apple));
  await worker.start({
    quiet: true,
    onUnhandledRequest: 'bypass',
    // In the folder of the page.
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
      'Buy five of Acme Desk': () => apple.buy({ adam_id: 1100000002, count: 5 }),
      'Let the terms expire': () => apple.expireTerms(),
      'Accept the terms': () => apple.acceptTerms(),
    },
  };
}
