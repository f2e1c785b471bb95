import { APPROACH, type FaultAnswer, type FaultDefinition } from '../engine/faults/definition.ts';
import { didYouMean } from '../engine/matching/nearest-word.ts';
import { ERRORS } from '../services/errors.ts';
import { operationsOf } from './operations.ts';
import type { Finding, Path } from './reading/problem.ts';
import { operationFindings, whereFindings } from './where-checks.ts';

/** Answers that can apply to a connection before its first request. */
const OF_CONNECTIONS = ['tls_alert', 'reset', 'empty_reply', 'stall', 'goaway', 'stream_limit'];
/** Answers without a response, so that latency, pace and Retry-After have no meaning. */
const WITHOUT_RESPONSE = ['tls_alert', 'reset', 'empty_reply', 'stall', 'goaway', 'refused_stream'];
const OF_PAGES = ['stuck_cursor', 'sync_events'];

const PAGES: ReadonlySet<string> = new Set(['dep.devices.fetch', 'dep.devices.sync']);

const wordOf = (answer: FaultAnswer | undefined): string =>
  answer === undefined ? '' : (Object.keys(answer)[0] ?? '');

/** Checks what the schema of a fault cannot. */
export async function faultFindings(fault: FaultDefinition, path: Path): Promise<readonly Finding[]> {
  const where =
    fault.where === undefined
      ? []
      : await whereFindings(fault.where, fault.on, [...path, 'where'], undefined);
  return [...placeFindings(fault, path), ...contradictions(fault, path), ...where];
}

/** Reports operations that do not exist, and answers that cannot apply to the operation. */
function placeFindings({ on, answer }: FaultDefinition, path: Path): readonly Finding[] {
  const word = wordOf(answer);
  if (word === 'tls_alert' && on !== APPROACH) {
    return [
      {
        path: [...path, 'on'],
        message: '`tls_alert` applies before the first request',
        hint: `use \`on: ${APPROACH}\` for a TLS alert`,
      },
    ];
  }
  if (on === APPROACH) {
    if (OF_CONNECTIONS.includes(word)) return [];
    return [
      {
        path: answer === undefined ? path : [...path, 'answer'],
        message: 'a connection without a request cannot get this answer',
        hint: `\`on: ${APPROACH}\` takes ${OF_CONNECTIONS.join(', ')}`,
      },
    ];
  }
  const matched = operationsOf(on);
  if (matched.length === 0) return operationFindings(on, [...path, 'on']);
  if (OF_PAGES.includes(word) && !matched.some(({ name }) => PAGES.has(name))) {
    return [
      {
        path: [...path, 'answer'],
        message: `${on} does not return a page of devices`,
        hint: `\`${word}\` applies to ${[...PAGES].join(' and ')}`,
      },
    ];
  }
  if (answer === undefined || !('error' in answer)) return [];
  const words = [...new Set(matched.flatMap(({ service }) => Object.keys(ERRORS[service.name])))];
  if (words.includes(answer.error)) return [];
  return [
    {
      path: [...path, 'answer'],
      message: `no error is named ${JSON.stringify(answer.error)}`,
      hint: didYouMean(answer.error, words),
    },
  ];
}

/** Reports parts of a fault that contradict each other. */
function contradictions(fault: FaultDefinition, path: Path): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (part: string, message: string, hint?: string): void => {
    findings.push({ path: [...path, part], message, ...(hint === undefined ? {} : { hint }) });
  };
  const { nth, times, after, until, rateLimit, answer, on } = fault;
  if (nth !== undefined && times !== undefined && times > 1) {
    say('times', `\`nth: ${nth}\` applies once, not ${times} times`, 'remove one of the two');
  }
  if (nth !== undefined && rateLimit !== undefined) {
    say(
      'nth',
      '`nth` applies to one request, and `rate_limit` to the requests above a limit',
      'remove one of the two',
    );
  }
  if (after !== undefined && until !== undefined && emptySpan(after, until)) {
    say('until', '`until` is not later than `after`: the fault never applies');
  }
  const word = wordOf(answer);
  if (WITHOUT_RESPONSE.includes(word)) {
    for (const [part, given] of [
      ['latency', fault.latency],
      ['bytes_per_second', fault.bytesPerSecond],
      ['retry_after', fault.retryAfter],
    ] as const) {
      if (given !== undefined) say(part, `\`${word}\` sends no response, so \`${part}\` has no effect`);
    }
  } else if (
    fault.retryAfter !== undefined &&
    !('error' in (answer ?? {})) &&
    word !== 'status' &&
    rateLimit === undefined
  ) {
    say('retry_after', '`retry_after` needs an `answer` that is an error or a status, or a `rate_limit`');
  }
  if (on === APPROACH && rateLimit !== undefined) {
    say('rate_limit', 'a connection has no credential and no device that `rate_limit` could count by');
  }
  return findings;
}

function emptySpan(
  after: NonNullable<FaultDefinition['after']>,
  until: NonNullable<FaultDefinition['until']>,
): boolean {
  if ('at' in after) return 'at' in until && until.at <= after.at;
  return 'elapsed' in until && until.elapsed <= after.elapsed;
}
