import type { Catalog } from '../engine/catalog.ts';
import type { Engine } from '../engine/engine.ts';
import { type ObservedExchange, rememberedExchange } from '../engine/observed-exchange.ts';
import type { Tenant } from '../engine/tenant.ts';
import type { Organization } from '../organization/organization.ts';
import { didYouMean } from '../scenario/did-you-mean.ts';
import type { OperationName } from '../scenario/generated/scenario-types.ts';
import type { Exchange } from './exchange.ts';
import { times } from './explain.ts';
import { shownExchange } from './shown-exchange.ts';
import { WaitError } from './wait-error.ts';
import type { WaitOptions } from './wait-options.ts';

const DEFAULT_TIMEOUT = 10_000;
const MOST_REPORTED = 5;

async function testOf<Operation extends OperationName>(
  where: WaitOptions<Operation>['where'],
  operation: Operation,
  { enrollment }: Organization,
  catalog: Catalog,
): Promise<(exchanged: ObservedExchange) => boolean> {
  if (where === undefined) return () => true;
  if (typeof where === 'function') return (exchanged) => where(shownExchange(exchanged));
  const { parseWhere } = await import('../scenario/where.ts');
  const servers = enrollment.servers.map(({ serverName }) => serverName);
  const test = await parseWhere(where, operation, { servers, catalog });
  return ({ view }) => test(view);
}

/**
 * The first exchange that fits: one that came already, or the next.
 *
 * @throws WaitError where none comes in time, ScenarioError where `where` is wrong
 */
export async function waitForExchange<Operation extends OperationName>(
  engine: Engine,
  tenant: Tenant,
  operation: Operation,
  { where, timeout = DEFAULT_TIMEOUT, after = 0 }: WaitOptions<Operation>,
): Promise<Exchange<Operation>> {
  if (engine.catalog.matching(operation).length === 0) {
    throw new WaitError(
      `no operation is named "${operation}"; ${didYouMean(operation, engine.catalog.operationNames)}`,
    );
  }
  const fits = await testOf(where, operation, tenant.organization, engine.catalog);
  const seen = new Map<string, number>();
  const takes = (exchanged: ObservedExchange): boolean => {
    const name = exchanged.operation ?? 'no operation';
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return name === operation && fits(exchanged);
  };
  for (const entry of engine.journal.entries(tenant.id, after)) {
    const exchanged = rememberedExchange(entry, tenant.organization, engine.catalog);
    if (takes(exchanged)) return shownExchange(exchanged);
  }
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      forget();
      stay();
    };
    const refuse = (why: string): void => {
      end();
      reject(new WaitError(why));
    };
    const timer = setTimeout(() => {
      const told = [...seen].slice(0, MOST_REPORTED).map(([name, count]) => `${name} ${times(count)}`);
      const instead = told.length === 0 ? 'no request came at all' : `seen were ${told.join(', ')}`;
      refuse(`no ${operation} that fits came within ${timeout} ms; ${instead}`);
    }, timeout);
    const forget = engine.onExchange((whose, exchanged) => {
      if (whose !== tenant || exchanged.seq <= after) return;
      try {
        if (!takes(exchanged)) return;
        resolve(shownExchange(exchanged));
      } catch (error) {
        reject(error);
      }
      end();
    });
    const stay = engine.tenants.onServed((id, served) => {
      if (id === tenant.id && served !== tenant) {
        refuse(`no ${operation} that fits came before the organization ${id} left`);
      }
    });
  });
}
