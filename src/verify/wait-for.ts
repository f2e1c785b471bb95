import type { ContentAt, OperationName } from '../catalogue/exchange-types.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { type Exchanged, rememberedExchange } from '../exchange/exchanged.ts';
import type { Tenant } from '../exchange/tenant.ts';
import { compileWhere, type Where, type WhereTest } from '../matching/where.ts';
import { didYouMean, OPERATION_NAMES, operationsOf } from '../scenario/operations.ts';
import { times } from './explain.ts';

/** An operation by its name; the known ones complete in an editor. */
export type AnyOperation = OperationName | (string & {});

/** One exchange of an operation, its members typed by the field catalogue. */
export interface WaitedExchange<Operation extends AnyOperation = string> {
  /** Number in the journal. */
  readonly seq: number;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly query: ContentAt<Operation, '$.query'>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: ContentAt<Operation, '$.body'>;
  /** Undefined where the connection ended without one. */
  readonly response:
    | {
        readonly status: number;
        readonly headers: Readonly<Record<string, unknown>>;
        readonly body: ContentAt<Operation, '$.response.body'>;
      }
    | undefined;
}

export interface WaitOptions<Operation extends AnyOperation> {
  /** Locations and matchers as in a scenario file, or a function. */
  readonly where?: Where | ((exchange: WaitedExchange<Operation>) => boolean) | undefined;
  /** Real milliseconds; 10 seconds where not given. */
  readonly timeout?: number | undefined;
  /** Exchanges with larger numbers count; all that the journal still has where not given. */
  readonly after?: number | undefined;
  /** Id of the organization; the default one where not given. */
  readonly organization?: string | undefined;
}

/** What was waited for did not come. */
export class WaitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WaitError';
  }
}

const DEFAULT_TIMEOUT = 10_000;
const MOST_TOLD = 5;

/** An exchange as it is handed out. */
export function shownExchange<Operation extends AnyOperation>({
  seq,
  at,
  operation,
  view,
}: Exchanged): WaitedExchange<Operation> {
  const { method, path, query, headers, body, response } = view;
  return {
    seq,
    at,
    operation,
    method,
    path,
    query,
    headers,
    body,
    response: response && { status: response.status, headers: response.headers, body: response.body },
  } as WaitedExchange<Operation>;
}

async function testOf<Operation extends AnyOperation>(
  where: WaitOptions<Operation>['where'],
): Promise<(exchanged: Exchanged) => boolean> {
  if (where === undefined) return () => true;
  if (typeof where === 'function') return (exchanged) => where(shownExchange(exchanged));
  const test: WhereTest = await compileWhere(where);
  return ({ view }) => test(view);
}

/**
 * The first exchange that fits: one that came already, or the next.
 *
 * @throws WaitError where none comes in time, WhereError where `where` is wrong
 */
export async function waitForExchange<Operation extends AnyOperation>(
  exchange: Exchange,
  tenant: Tenant,
  operation: Operation,
  { where, timeout = DEFAULT_TIMEOUT, after = 0 }: WaitOptions<Operation>,
): Promise<WaitedExchange<Operation>> {
  if (operationsOf(operation).length === 0) {
    throw new WaitError(`no operation is named "${operation}"; ${didYouMean(operation, OPERATION_NAMES)}`);
  }
  const fits = await testOf<Operation>(where);
  const seen = new Map<string, number>();
  const takes = (exchanged: Exchanged): boolean => {
    const name = exchanged.operation ?? 'no operation';
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return name === operation && fits(exchanged);
  };
  for (const entry of exchange.journal.entries(tenant.id, after)) {
    const exchanged = rememberedExchange(entry, tenant.organization);
    if (takes(exchanged)) return shownExchange(exchanged);
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      const told = [...seen].slice(0, MOST_TOLD).map(([name, count]) => `${name} ${times(count)}`);
      const instead = told.length === 0 ? 'no request came at all' : `seen were ${told.join(', ')}`;
      reject(new WaitError(`no ${operation} that fits came within ${timeout} ms; ${instead}`));
    }, timeout);
    const stop = exchange.onExchange((whose, exchanged) => {
      if (whose !== tenant || exchanged.seq <= after) return;
      try {
        if (!takes(exchanged)) return;
        resolve(shownExchange(exchanged));
      } catch (error) {
        reject(error);
      }
      clearTimeout(timer);
      stop();
    });
  });
}
