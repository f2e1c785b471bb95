import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { OperationName } from '../scenario/generated/scenario-types.ts';
import type { Exchange } from './exchange.ts';

/** An exchange as it is handed out: a copy, of which nobody here has need. */
export function shownExchange<Operation extends OperationName | undefined>({
  seq,
  at,
  operation,
  view,
  why,
  fault,
}: ObservedExchange): Exchange<Operation> {
  const { method, path, query, headers, body, response } = view;
  return structuredClone({
    seq,
    at,
    operation,
    method,
    path,
    query,
    headers,
    body,
    response: response && { status: response.status, headers: response.headers, body: response.body },
    why,
    fault,
  }) as Exchange<Operation>;
}
