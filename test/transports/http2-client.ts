import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
  type OutgoingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2';

/** The response to one request, and how its stream was closed. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** How many DATA events it came in. */
  readonly pieces: number;
  /** Error code of RST_STREAM; 0 without one. */
  readonly code: number;
}

/** An HTTP/2 connection that records what the server sends. */
export class Http2Client {
  readonly session: ClientHttp2Session;
  readonly streamLimits: (number | undefined)[] = [];
  readonly goaways: { code: number; lastStream: number; debug: string }[] = [];
  readonly closed: Promise<void>;

  constructor(url: string, options: SecureClientSessionOptions = {}) {
    this.session = connect(url, options);
    this.session.on('error', () => {});
    this.session.on('remoteSettings', (settings) => this.streamLimits.push(settings.maxConcurrentStreams));
    this.session.on('goaway', (code, lastStream, debug) =>
      this.goaways.push({
        code,
        lastStream,
        debug: debug === undefined ? '' : Buffer.from(debug).toString(),
      }),
    );
    // Closed by either side, with or without an error.
    this.closed = new Promise((resolve) => this.session.once('close', resolve));
  }

  request(path: string, headers: OutgoingHttpHeaders = {}, body?: string | Uint8Array): Promise<Answer> {
    return new Promise((resolve) => {
      const stream = this.session.request({
        ':method': body === undefined ? 'GET' : 'POST',
        ':path': path,
        ...headers,
      });
      const chunks: Buffer[] = [];
      let responseHeaders: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
      stream.on('response', (fields) => {
        responseHeaders = fields;
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => {});
      stream.on('close', () =>
        resolve({
          status: responseHeaders[':status'],
          headers: responseHeaders,
          body: Buffer.concat(chunks).toString(),
          pieces: chunks.length,
          code: stream.rstCode,
        }),
      );
      stream.end(body);
    });
  }

  close(): void {
    this.session.close();
  }
}
