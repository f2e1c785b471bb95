import type { HeaderFields } from '../core/request.ts';
import type { ObservedExchange } from '../engine/observed-exchange.ts';
import type { Exchanges } from '../scenario/generated/exchange-types.ts';
import type { OperationName } from '../scenario/generated/scenario-types.ts';

/** The type of a part of the exchange; `unknown` if the operation is unknown. */
type ContentOf<Operation, Part extends keyof Exchanges[OperationName]> = Operation extends OperationName
  ? Exchanges[Operation][Part]
  : unknown;

/** One recorded request with its response. The field catalog types the bodies; the values are those that were sent. */
export interface Exchange<Operation extends OperationName | undefined = OperationName | undefined> {
  /** Number in the journal. */
  readonly seq: number;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  /** Undefined if the request matched no operation. */
  readonly operation: Operation;
  readonly method: string;
  /** Percent-encoded, without query. */
  readonly path: string;
  /** Values by name; a list if a name occurs more than once. */
  readonly query: undefined extends Operation ? unknown : ContentOf<Operation, 'query'>;
  /** Names are in lower case. */
  readonly headers: HeaderFields;
  /** The parsed JSON, or the text of any other body; undefined without a body. */
  readonly body: undefined extends Operation ? unknown : ContentOf<Operation, 'body'>;
  /** Undefined if the connection ended without a response. */
  readonly response: ExchangeResponse<Operation> | undefined;
  /** The reason of the response in plain words; undefined if there is nothing to explain. */
  readonly why: string | undefined;
  /** Id of the fault that was applied. */
  readonly fault: string | undefined;
}

/** The response of an exchange. */
export interface ExchangeResponse<Operation extends OperationName | undefined = OperationName | undefined> {
  readonly status: number;
  readonly headers: HeaderFields;
  /** The parsed JSON, or the text of any other body; undefined without a body. */
  readonly body: undefined extends Operation ? unknown : ContentOf<Operation, 'answer'>;
}

/** A copy of an observed exchange for callers of the API. */
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
