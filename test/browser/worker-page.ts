import { setupWorker } from 'msw/browser';
import { oauthHeader } from '../../examples/console/src/mdm/oauth.ts';
import { createCrabapple } from '../../src/index.ts';
import { appleHandlers } from '../../src/msw.ts';

/** The response that the page read, and the header fields that Crabapple recorded of the request. */
export interface ObservedExchange {
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly requestHeaders: Readonly<Record<string, unknown>>;
}

declare global {
  /** Opens a session and reads the account, with header fields that a page must not set. */
  var readAccount: () => Promise<ObservedExchange>;
}

const APPLE = 'https://mdmenrollment.apple.com';

globalThis.readAccount = async () => {
  const apple = await createCrabapple({ name: 'a page', behavior: { dep: { session_rotation: 1 } } });
  await setupWorker(...appleHandlers(apple)).start({ quiet: true, onUnhandledRequest: 'error' });
  const authorization = await oauthHeader(apple.credentials.serverToken, `${APPLE}/session`);
  const session = await fetch(`${APPLE}/session`, { headers: { authorization } });
  const { auth_session_token } = (await session.json()) as { auth_session_token: string };
  const response = await fetch(`${APPLE}/account`, {
    headers: {
      'x-adm-auth-session': auth_session_token,
      'x-server-protocol-version': '10',
      'user-agent': 'a page',
      host: 'elsewhere.example',
      date: 'Tue, 24 Nov 2026 12:00:00 GMT',
      cookie: 'itvt=token',
      'content-length': '7',
    },
  });
  const [entry] = apple.journal.entries('dep.account');
  return {
    status: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    requestHeaders: entry!.headers,
  };
};
