import type { Domain, ExchangeView } from '../../src/engine/matching/exchange-view.ts';
import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';

/** Two MDM servers with a device and a profile each, and a device without an MDM server. */
export const DOMAIN: Domain = {
  ownerOfDevice: (serial) => ({ A1: 'MDM A', B1: 'MDM B', GONE1: null })[serial],
  ownerOfProfile: (uuid) => ({ PA: 'MDM A', PB: 'MDM B' })[uuid],
  mdmServer: 'MDM A',
  pushedDevice: (path) =>
    path === '/3/device/aa' ? { serialNumber: 'A1', pushMagic: 'MAGIC-A1' } : undefined,
};

export const viewOf = (body: unknown, changed: Partial<ExchangeView> = {}): ExchangeView => ({
  method: 'POST',
  path: '/3/device/aa',
  query: {},
  headers: {},
  body,
  domain: DOMAIN,
  ...changed,
});

/** One exchange in the form that trackers get. */
export function exchangeOf(
  seq: number,
  operation: string | undefined,
  body: unknown = {},
  changed: Partial<ObservedExchange> = {},
): ObservedExchange {
  return {
    seq,
    at: seq * 1000,
    operation,
    view: viewOf(body, { response: { status: 200, headers: {}, body: {} } }),
    answerText: '{}',
    why: undefined,
    fault: undefined,
    partial: false,
    ...changed,
  };
}
