import type { AppleError } from '../../core/apple-error.ts';
import { bodyText, type HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { apnsError } from './errors.ts';
import type { PushTypeName } from './push-headers.ts';

export interface Payload {
  readonly text: string;
  /** The PushMagic of a push for device management. */
  readonly mdm: string | undefined;
  readonly hasAps: boolean;
}

/** https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export function readPayload(
  { behavior }: Organization,
  request: HttpRequest,
  pushType: PushTypeName | undefined,
): Payload | AppleError {
  const { payload_limit, voip_payload_limit, payload_not_json, aps_beside_mdm } = behavior.apns;
  const { length } = request.body;
  if (length === 0) return apnsError('PayloadEmpty', 'the payload is empty');
  const limit = pushType === 'voip' ? voip_payload_limit : payload_limit;
  if (length > limit)
    return apnsError('PayloadTooLarge', `the payload has ${length} bytes; ${limit} are allowed`);
  const { text, value } = readBody(request);
  if (value === undefined) {
    return payload_not_json === 'accept'
      ? { text: text ?? '', mdm: undefined, hasAps: false }
      : apnsError('PayloadEmpty', 'the payload is no JSON object');
  }
  const mdm = typeof value.mdm === 'string' ? value.mdm : undefined;
  const hasAps = value.aps !== undefined;
  if (mdm !== undefined && hasAps && aps_beside_mdm === 'BadTopic')
    return apnsError('BadTopic', 'the payload has `aps` beside `mdm`');
  return { text: text!, mdm, hasAps };
}

interface Read {
  readonly text: string | undefined;
  /** Undefined where it is no JSON object. */
  readonly value: Readonly<Record<string, unknown>> | undefined;
}

/** Transports hand over a body that is sent again as the same bytes. */
const known = new WeakMap<Uint8Array, Read>();

function readBody(request: HttpRequest): Read {
  const before = known.get(request.body);
  if (before !== undefined) return before;
  const text = bodyText(request);
  const read = { text, value: text === undefined ? undefined : objectOf(text) };
  known.set(request.body, read);
  return read;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
