import { createCrabapple, type Report } from 'crabapple';
import { appleHandlers } from 'crabapple/msw';
import { setupWorker } from 'msw/browser';
import scenario from '../scenario.yaml?raw';
import type { ServerToken } from './mdm/oauth.ts';

/** A request as Apple answered it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Crabapple's explanation, which the real Apple would not give. */
  readonly why: string | undefined;
}

/** The simulated Apple behind the page, as far as the page shows it. */
export interface SimulatedApple {
  /** What an MDM is given in the portal. */
  readonly serverToken: ServerToken;
  readonly contentToken: string;
  /** What the expectations of the scenario say until now. */
  report(): Report;
  watch(watcher: (seen: Seen) => void): void;
  /** What an administrator can do in the portal, by the words on its buttons. */
  readonly portal: Readonly<Record<string, () => Promise<unknown>>>;
}

/** From here on a worker answers for Apple: there is no server behind the page. */
export async function startApple(): Promise<SimulatedApple> {
  const apple = await createCrabapple(scenario, { file: 'scenario.yaml' });
  const worker = setupWorker(...appleHandlers(apple));
  await worker.start({
    quiet: true,
    onUnhandledRequest: 'bypass',
    // Beside the page, wherever it is served from.
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
      'Take the iPad away': () => apple.removeDevices(['DMPACME00002']),
      'Buy five of Acme Desk': () => apple.buy({ adam_id: 1100000002, count: 5 }),
      'Let the terms lapse': () => apple.expireTerms(),
      'Accept the terms': () => apple.acceptTerms(),
    },
  };
}
