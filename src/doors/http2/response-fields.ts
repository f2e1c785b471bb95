import type { OutgoingHttpHeaders } from 'node:http2';
import type { HeaderFields } from '../../http/request.ts';

/** Of a connection of HTTP/1, and malformed in HTTP/2 (RFC 9113 section 8.2.2). */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

export function responseFields(status: number, headers: HeaderFields): OutgoingHttpHeaders {
  const fields: OutgoingHttpHeaders = { ':status': status };
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !CONNECTION_FIELDS.has(name)) fields[name] = value;
  }
  return fields;
}
