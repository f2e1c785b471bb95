import type { ErrorRow } from '../../src/engine/service.ts';
import { DEP_ERRORS } from '../../src/services/dep/errors.ts';

/** What the tests of a service must cover in addition to its operation table. */
export interface Covered {
  /** The header field of the protocol version, and the values that tests must send; `none` means no header. */
  readonly versions?: { readonly header: string; readonly needed: readonly string[] };
  /** Names in the error table that match a response. */
  errorsOf(status: number, body: string): readonly string[];
}

/** For services whose error body is only the error code, with or without quotes. */
const byCode =
  (table: Readonly<Record<string, ErrorRow>>) =>
  (status: number, body: string): readonly string[] => {
    const code = body.replace(/^"|"$/g, '');
    return Object.keys(table).filter((name) => table[name]!.status === status && table[name]!.body === code);
  };

/** The services that `npm run coverage:operations` checks. */
export const COVERED: { readonly [service: string]: Covered | undefined } = {
  dep: {
    versions: {
      header: 'x-server-protocol-version',
      needed: ['none', '1', '2', '3', '7', '8', '9', '10', 'ten'],
    },
    errorsOf: byCode(DEP_ERRORS),
  },
  apns: {
    errorsOf(_status, body) {
      const reason: unknown = body.startsWith('{') ? JSON.parse(body).reason : undefined;
      return typeof reason === 'string' ? [reason] : [];
    },
  },
};
