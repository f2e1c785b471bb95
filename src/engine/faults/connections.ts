import type { HandshakeDecision } from '../../core/connection.ts';
import { connectionView } from '../journal/view.ts';
import type { Tenant } from '../tenant.ts';
import type { AppliedFault } from './applied-fault.ts';
import { APPROACH, TLS_ALERTS } from './definition.ts';
import type { Stage } from './stage.ts';

/** A connection has no organization yet: the faults of the server apply to it, and those of the default organization. */
export function matchConnection(
  { serverFaults, faults }: Tenant,
  stage: Stage,
  host: string | undefined,
  port: number | undefined,
): AppliedFault | undefined {
  const context = { host, view: () => connectionView(port) };
  return faults.match(stage, APPROACH, context, serverFaults.match(stage, APPROACH, context));
}

/** What happens to a peer that a fault applies to before its handshake. */
export function admissionOf({ definition: { answer } }: AppliedFault): HandshakeDecision {
  if (answer === undefined) return { kind: 'handshake' };
  if ('tls_alert' in answer) return { kind: 'tls_alert', alert: TLS_ALERTS[answer.tls_alert] };
  if ('reset' in answer) return { kind: 'reset' };
  if ('empty_reply' in answer) return { kind: 'empty_reply' };
  if ('stall' in answer) return { kind: 'stall' };
  return { kind: 'handshake' };
}
