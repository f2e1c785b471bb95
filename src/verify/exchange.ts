import type { HeaderFields } from '../core/request.ts';
import type { Exchanges } from '../scenario/generated/exchange-types.ts';
import type { OperationName } from '../scenario/generated/scenario-types.ts';

/** Anything where the operation is not known. */
type ContentOf<Operation, Part extends keyof Exchanges[OperationName]> = Operation extends OperationName
  ? Exchanges[Operation][Part]
  : unknown;

/** One exchange: what was asked, and what was answered. Bodies are typed by the field catalog, and are as they were sent. */
export interface Exchange<Operation extends OperationName | undefined = OperationName | undefined> {
  /** Number in the journal. */
  readonly seq: number;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  /** Undefined where the request met no operation. */
  readonly operation: Operation;
  readonly method: string;
  /** Still percent-encoded, without query. */
  readonly path: string;
  /** Values by name; a list where a name came more than once. */
  readonly query: undefined extends Operation ? unknown : ContentOf<Operation, 'query'>;
  /** By name in lower case. */
  readonly headers: HeaderFields;
  /** JSON as a value, anything else as text; undefined where there was none. */
  readonly body: undefined extends Operation ? unknown : ContentOf<Operation, 'body'>;
  /** Undefined where the connection ended without one. */
  readonly response: ExchangeResponse<Operation> | undefined;
  /** In plain words why it came out so; undefined where there is nothing to explain. */
  readonly why: string | undefined;
  /** Id of the fault that was applied to it. */
  readonly fault: string | undefined;
}

/** What was answered. */
export interface ExchangeResponse<Operation extends OperationName | undefined = OperationName | undefined> {
  readonly status: number;
  readonly headers: HeaderFields;
  /** JSON as a value, anything else as text; undefined where there was none. */
  readonly body: undefined extends Operation ? unknown : ContentOf<Operation, 'answer'>;
}
