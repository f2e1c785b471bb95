import type { Engine } from '../engine/engine.ts';
import { didYouMean } from '../engine/matching/nearest-word.ts';
import { type ObservedExchange, rememberedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { Organization } from '../organization/organization.ts';
import type { OperationName, WhereOf } from '../scenario/generated/scenario-types.ts';
import { OPERATION_NAMES, operationsOf } from '../scenario/operations.ts';
import { type Exchange, shownExchange } from './exchange.ts';
import { times } from './explain.ts';

/** Options of `waitFor`. */
export interface WaitOptions<Operation extends OperationName = OperationName> {
  /** Locations and matchers in the form of a scenario file, or a function. Default: any exchange. */
  readonly where?: WhereOf<Operation> | ((exchange: Exchange<Operation>) => boolean) | undefined;
  /** Real milliseconds. Default: 10 seconds. */
  readonly timeout?: number | undefined;
  /** Only exchanges with a larger `seq` count. Default: all exchanges in the journal. */
  readonly after?: number | undefined;
}

/** The exchange did not come in time. */
export class WaitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WaitError';
  }
}

const DEFAULT_TIMEOUT = 10_000;
const MOST_REPORTED = 5;

async function testOf<Operation extends OperationName>(
  where: WaitOptions<Operation>['where'],
  operation: Operation,
  { enrollment }: Organization,
): Promise<(exchange: ObservedExchange) => boolean> {
  if (where === undefined) return () => true;
  if (typeof where === 'function') return (exchange) => where(shownExchange(exchange));
  const { parseWhere } = await import('../scenario/parse.ts');
  const servers = enrollment.servers.map(({ serverName }) => serverName);
  const test = await parseWhere(where, operation, servers);
  return ({ view }) => test(view);
}

/**
 * Returns the first exchange that matches: one in the journal, or the next one.
 *
 * @throws WaitError if none comes in time
 * @throws ScenarioError if `where` is invalid
 */
export async function waitForExchange<Operation extends OperationName>(
  engine: Engine,
  tenant: Tenant,
  operation: Operation,
  { where, timeout = DEFAULT_TIMEOUT, after = 0 }: WaitOptions<Operation>,
): Promise<Exchange<Operation>> {
  if (operationsOf(operation).length === 0) {
    throw new WaitError(`no operation is named "${operation}"; ${didYouMean(operation, OPERATION_NAMES)}`);
  }
  const matches = await testOf(where, operation, tenant.organization);
  const seen = new Map<string, number>();
  const isMatch = (exchange: ObservedExchange): boolean => {
    const name = exchange.operation ?? 'no operation';
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return name === operation && matches(exchange);
  };
  for (const entry of engine.journal.entries(tenant.id, after)) {
    const exchange = rememberedExchange(entry, tenant.organization);
    if (isMatch(exchange)) return shownExchange(exchange);
  }
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      stopListening();
      stopWatchingTenant();
    };
    const fail = (why: string): void => {
      stop();
      reject(new WaitError(why));
    };
    const timer = setTimeout(() => {
      const others = [...seen].slice(0, MOST_REPORTED).map(([name, count]) => `${name} ${times(count)}`);
      const instead = others.length === 0 ? 'no request arrived' : `received: ${others.join(', ')}`;
      fail(`no matching ${operation} within ${timeout} ms; ${instead}`);
    }, timeout);
    const stopListening = engine.onExchange((owner, exchange) => {
      if (owner !== tenant || exchange.seq <= after) return;
      try {
        if (!isMatch(exchange)) return;
        resolve(shownExchange(exchange));
      } catch (error) {
        reject(error);
      }
      stop();
    });
    const stopWatchingTenant = engine.tenants.onServed((id, served) => {
      if (id === tenant.id && served !== tenant) {
        fail(`no matching ${operation} before the organization ${id} was removed`);
      }
    });
  });
}
