import { randomBytes as systemRandomBytes } from 'node:crypto';
import { type EnvelopeForm, envelop, type RandomBytes } from './enveloped-data.ts';
import { readRecipient } from './recipient.ts';

export interface ServerTokenContent {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
  /** ISO 8601 in UTC; real ones have no fraction of a second: `2026-01-17T11:02:21Z`. */
  readonly access_token_expiry: string;
}

/**
 * As a real token has it. Older ones were encrypted with 3DES
 * (https://github.com/cmdmnt/commandment/blob/master/commandment/dep/smime.py).
 */
const DEFAULT_FORM: EnvelopeForm = { cipher: 'aes-128-cbc', encoding: 'ber' };

/**
 * The `.p7m` file that Apple Business Manager gives for an MDM server, after a real one
 * (https://github.com/petarov/apple-mdm-clients, device-assignment-client/src/test/resources).
 */
export async function encryptServerToken(
  content: ServerTokenContent,
  certificate: string | Uint8Array,
  form: Partial<EnvelopeForm> = {},
  randomBytes: RandomBytes = systemRandomBytes,
): Promise<string> {
  const recipient = await readRecipient(certificate);
  const message = new TextEncoder().encode(messageText(content));
  return smimeText(envelop(message, recipient, { ...DEFAULT_FORM, ...form }, randomBytes));
}

/** Header lines end in CRLF, the lines of the body in LF. */
function messageText(content: ServerTokenContent): string {
  // One by one: the order is Apple's, and nothing else that a caller keeps with its credentials may get in.
  const json = JSON.stringify({
    consumer_key: content.consumer_key,
    consumer_secret: content.consumer_secret,
    access_token: content.access_token,
    access_secret: content.access_secret,
    access_token_expiry: content.access_token_expiry,
  });
  return [
    'Content-Type: text/plain;charset=UTF-8\r\n',
    'Content-Transfer-Encoding: 7bit\r\n',
    '\r\n',
    '-----BEGIN MESSAGE-----\n',
    `${json}\n`,
    '-----END MESSAGE-----\n',
  ].join('');
}

const BASE64_LINE = /.{1,76}/g;

function smimeText(envelope: Uint8Array): string {
  const lines = [
    'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="smime.p7m"',
    'Content-Description: S/MIME Encrypted Message',
    '',
    ...(Buffer.from(envelope).toString('base64').match(BASE64_LINE) ?? []),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
