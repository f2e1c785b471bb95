import type { ErrorRow } from '../../src/engine/service.ts';
import { DEP_ERRORS } from '../../src/services/dep/errors.ts';

/** What the tests of a service must have met, beside what stands in its operation table. */
export interface Covered {
  /** The header field that names the protocol version, and what it must have been; `none` is its absence. */
  readonly versions?: { readonly header: string; readonly needed: readonly string[] };
  /** Names in the error table that an answer may stand for. */
  errorsOf(status: number, body: string): readonly string[];
}

/** For services whose error answers are the word of the row and nothing else, or that word in quotes. */
const byWord =
  (table: Readonly<Record<string, ErrorRow>>) =>
  (status: number, body: string): readonly string[] => {
    const word = body.replace(/^"|"$/g, '');
    return Object.keys(table).filter((name) => table[name]!.status === status && table[name]!.body === word);
  };

/** The services whose operations `npm run coverage:operations` wants tested. A service joins with a row of its own. */
export const COVERED: { readonly [service: string]: Covered | undefined } = {
  dep: {
    versions: {
      header: 'x-server-protocol-version',
      needed: ['none', '1', '2', '3', '7', '8', '9', '10', 'ten'],
    },
    errorsOf: byWord(DEP_ERRORS),
  },
  apns: {
    errorsOf(_status, body) {
      const reason: unknown = body.startsWith('{') ? JSON.parse(body).reason : undefined;
      return typeof reason === 'string' ? [reason] : [];
    },
  },
};
