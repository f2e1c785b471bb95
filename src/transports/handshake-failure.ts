const NO_TRUST = 'the client does not trust the certificate: `crabapple env` prints how it is told to';

/** By OpenSSL's words, as Node has them in `code`. */
const WHY: Readonly<Record<string, string>> = {
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: NO_TRUST,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: NO_TRUST,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: NO_TRUST,
  ERR_SSL_HTTP_REQUEST: 'plain HTTP came to the TLS port: its URLs begin with https://',
  ERR_SSL_HTTPS_PROXY_REQUEST: 'CONNECT came to the TLS port: the proxy is another port, see --proxy-port',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the client speaks no TLS from 1.2 on',
};

/**
 * Why a handshake failed, for whoever runs the server; undefined where the peer merely went away, as one does that
 * looks whether a port is open.
 */
export function handshakeFailure({ code = '', message }: NodeJS.ErrnoException): string | undefined {
  if (!code.startsWith('ERR_SSL_')) return undefined;
  return WHY[code] ?? `the TLS handshake failed: ${message.trim().split(':').at(-2) ?? code}`;
}
