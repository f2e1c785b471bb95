import { headerFields, type ReadFields } from '../header-fields.ts';

export interface RequestFields extends ReadFields {
  /** As `content-length` says it. */
  readonly length: number | undefined;
  /** Why a request with these fields is malformed; undefined where it is not. */
  readonly problem: string | undefined;
}

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const NO_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;
const LENGTH = /^\d{1,15}$/;

/** RFC 9113 section 8.2.2. */
const OF_HTTP1: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** The header fields of a request after its pseudo-header fields, and whether HTTP/2 allows them. */
export function requestFields(raw: readonly string[], from: number): RequestFields {
  const read = headerFields(raw, from);
  const length = read.headers['content-length'];
  return {
    ...read,
    length: length !== undefined && LENGTH.test(length) ? Number(length) : undefined,
    problem: problemIn(raw, from) ?? repeatedLength(read),
  };
}

/** RFC 9110 section 8.6. */
const repeatedLength = ({ repeated }: ReadFields): string | undefined =>
  repeated?.includes('content-length') ? 'content-length comes more than once' : undefined;

function problemIn(raw: readonly string[], from: number): string | undefined {
  for (let index = from; index < raw.length; index += 2) {
    const problem = fieldProblem(raw[index]!, raw[index + 1]!);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** RFC 9113 sections 8.2 and 8.3. */
function fieldProblem(name: string, value: string): string | undefined {
  if (name.startsWith(':')) return `the pseudo-header field ${name} comes after other fields`;
  if (!NAME.test(name)) {
    return NAME.test(name.toLowerCase())
      ? `the field name ${name} has capitals`
      : `${JSON.stringify(name)} is no name of a header field`;
  }
  if (NO_VALUE.test(value))
    return `the value of ${name} begins or ends with white space, or has a line end in it`;
  if (OF_HTTP1.has(name)) return `${name} is a field of HTTP/1, which HTTP/2 does not have`;
  if (name === 'te' && value !== 'trailers') return 'te may be "trailers" and nothing else';
  if (name === 'content-length' && !LENGTH.test(value)) return 'content-length is no number';
  return undefined;
}
