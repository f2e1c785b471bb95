import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Push, PushClient, PushResult, PushSettings } from './push-client.ts';

const run = promisify(execFile);

function installedCurl(): string | undefined {
  try {
    const text = execFileSync('curl', ['--version'], { encoding: 'utf8' });
    return /\bHTTP2\b/.test(text) ? /^curl (\S+)/.exec(text)?.[1] : undefined;
  } catch {
    return undefined;
  }
}

const version = installedCurl();

/** Separates the responses in the output of curl. */
const SEPARATOR = '\n--- %{http_version} %{num_connects} ---\n';

export interface CurlRequest {
  readonly path: string;
  readonly method?: string;
  /** Header lines as sent, duplicates included. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

export interface CurlResponse extends PushResult {
  readonly httpVersion: string;
  readonly newConnections: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Redirects Apple's host name to the server with `--connect-to`. */
function connection({ host, port, caFile, certificate }: PushSettings): readonly string[] {
  return [
    ...['--silent', '--show-error', '--include', '--http2', '--cacert', caFile, '--max-time', '20'],
    ...['--connect-to', `::${host}:${port}`, '--write-out', SEPARATOR],
    ...(certificate === undefined
      ? []
      : ['--cert', certificate.certificateFile, '--key', certificate.keyFile]),
  ];
}

/** Sends the requests over one connection, one after the other. */
export async function curl(
  settings: PushSettings,
  requests: readonly CurlRequest[],
  origin = 'https://api.push.apple.com',
): Promise<readonly CurlResponse[]> {
  const parameters = requests.flatMap(({ path, method = 'POST', headers = [], body = '' }, index) => [
    ...(index === 0 ? [] : ['--next']),
    ...connection(settings),
    ...['--request', method, ...headers.flatMap((line) => ['--header', line])],
    ...['--data-binary', body, `${origin}${path}`],
  ]);
  const { stdout } = await run('curl', parameters, { encoding: 'utf8' });
  return stdout
    .split(/(?<= ---)\n/)
    .filter((text) => text !== '')
    .map(parseResponse);
}

function parseResponse(text: string): CurlResponse {
  const [, httpVersion, connects] = /\n--- (\S+) (\d+) ---$/.exec(text)!;
  const [head, ...rest] = text.slice(0, text.lastIndexOf('\n--- ')).split('\r\n\r\n');
  const [first, ...lines] = head!.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = rest.join('\r\n\r\n');
  return {
    status: Number(first!.split(' ')[1]),
    httpVersion: httpVersion!,
    newConnections: Number(connects),
    headers,
    body,
    ...(headers['apns-id'] === undefined ? {} : { apnsId: headers['apns-id'] }),
    ...(body === '' ? {} : (JSON.parse(body) as object)),
  };
}

const HEADERS = {
  topic: 'apns-topic',
  pushType: 'apns-push-type',
  priority: 'apns-priority',
  collapseId: 'apns-collapse-id',
  apnsId: 'apns-id',
  expiration: 'apns-expiration',
} as const satisfies Partial<Record<keyof Push, string>>;

export const headersOf = (push: Push): readonly string[] =>
  Object.entries(HEADERS).flatMap(([name, field]) => {
    const value = push[name as keyof typeof HEADERS];
    return value === undefined ? [] : [`${field}: ${value}`];
  });

export const curlClient: PushClient = {
  name: `curl ${version ?? ''}`,
  settableFields: ['topic', 'pushType', 'priority', 'collapseId', 'apnsId', 'expiration'],
  failures: {
    goaway: /curl: \(\d+\)/,
    rejectedCertificate: /curl: \(\d+\)/,
    closed: /curl: \(\d+\)/,
    alertExpired: /certificate expired|certificate verification failed/,
    alertInternalError: /alert internal error/,
  },
  prepare(context) {
    if (version !== undefined) return;
    console.log('curl: SKIPPED, curl with HTTP/2 is not installed');
    context.skip();
  },
  start: (settings) => ({
    output: '',
    async send(push) {
      const request = {
        path: `/3/device/${push.token}`,
        headers: headersOf(push),
        body: JSON.stringify(push.payload),
      };
      try {
        return (await curl(settings, [request]))[0]!;
      } catch (error) {
        return { error: (error as Error).message };
      }
    },
    async stop() {},
  }),
};
