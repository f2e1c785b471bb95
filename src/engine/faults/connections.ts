import type { Admission } from '../../core/connection.ts';
import { connectionView } from '../journal/view.ts';
import type { Tenant } from '../tenant.ts';
import type { Struck } from './applied-fault.ts';
import { APPROACH, TLS_ALERTS } from './definition.ts';
import type { Stage } from './stage.ts';

/** A connection has no organization yet: the faults of the server strike it, and those of the default organization. */
export function strikeConnection(
  { serverFaults, faults }: Tenant,
  stage: Stage,
  host: string | undefined,
  port: number | undefined,
): Struck | undefined {
  const striking = { host, view: () => connectionView(port) };
  return faults.strike(stage, APPROACH, striking, serverFaults.strike(stage, APPROACH, striking));
}

/** What becomes of a peer that a fault strikes before its handshake. */
export function admissionOf({ definition: { answer } }: Struck): Admission {
  if (answer === undefined) return { kind: 'handshake' };
  if ('tls_alert' in answer) return { kind: 'tls_alert', alert: TLS_ALERTS[answer.tls_alert] };
  if ('reset' in answer) return { kind: 'reset' };
  if ('empty_reply' in answer) return { kind: 'empty_reply' };
  if ('stall' in answer) return { kind: 'stall' };
  return { kind: 'handshake' };
}
