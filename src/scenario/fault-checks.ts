import type { Catalog } from '../engine/catalog.ts';
import { CONNECTION, type FaultAnswer, type FaultDefinition } from '../engine/faults/definition.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Finding } from './finding.ts';
import { operationFindings, whereFindings } from './where-checks.ts';

type Path = readonly (string | number)[];

/** Answers that apply to a connection before any request of it. */
const OF_CONNECTIONS = ['tls_alert', 'reset', 'empty_reply', 'stall', 'goaway', 'stream_limit'];
/** Answers in whose place nothing is said: there is nothing to wait for, to slow down, or to retry. */
const WITHOUT_RESPONSE = ['tls_alert', 'reset', 'empty_reply', 'stall', 'goaway', 'refused_stream'];
const OF_PAGES = ['stuck_cursor', 'sync_events'];

const wordOf = (answer: FaultAnswer | undefined): string =>
  answer === undefined ? '' : (Object.keys(answer)[0] ?? '');

/** All that the schema cannot see. */
export async function faultFindings(
  fault: FaultDefinition,
  path: Path,
  catalog: Catalog,
): Promise<readonly Finding[]> {
  const where =
    fault.where === undefined
      ? []
      : await whereFindings(fault.where, fault.on, [...path, 'where'], { catalog, servers: undefined });
  return [...placeFindings(fault, path, catalog), ...contradictions(fault, path), ...where];
}

/** What is applied, and whether it can be applied so. */
function placeFindings({ on, answer }: FaultDefinition, path: Path, catalog: Catalog): readonly Finding[] {
  const word = wordOf(answer);
  if (word === 'tls_alert' && on !== CONNECTION) {
    return [
      {
        path: [...path, 'on'],
        message: '`tls_alert` applies to before any request',
        hint: `a TLS alert goes with \`on: ${CONNECTION}\``,
      },
    ];
  }
  if (on === CONNECTION) {
    if (OF_CONNECTIONS.includes(word)) return [];
    return [
      {
        path: answer === undefined ? path : [...path, 'answer'],
        message: 'a connection has no request yet that could be answered so',
        hint: `\`on: ${CONNECTION}\` takes ${OF_CONNECTIONS.join(', ')}`,
      },
    ];
  }
  const matched = catalog.matching(on);
  if (matched.length === 0) return operationFindings(on, [...path, 'on'], catalog);
  if (OF_PAGES.includes(word) && !matched.some(({ operation }) => operation.alterPage !== undefined)) {
    return [
      {
        path: [...path, 'answer'],
        message: `${on} answers with no page of devices`,
        hint: `\`${word}\` applies to ${pagedOperations(catalog).join(' and ')}`,
      },
    ];
  }
  if (answer === undefined || !('error' in answer)) return [];
  const words = [...new Set(matched.flatMap(({ service }) => Object.keys(service.errors)))];
  if (words.includes(answer.error)) return [];
  return [
    {
      path: [...path, 'answer'],
      message: `no error is named ${JSON.stringify(answer.error)}`,
      hint: didYouMean(answer.error, words),
    },
  ];
}

/** Operations that answer with pages of devices. */
const pagedOperations = (catalog: Catalog): readonly string[] =>
  catalog.operations.flatMap(({ name, operation }) => (operation.alterPage === undefined ? [] : [name]));

/** Parts of a definition of which one makes another mean nothing. */
function contradictions(fault: FaultDefinition, path: Path): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (part: string, message: string, hint?: string): void => {
    findings.push({ path: [...path, part], message, ...(hint === undefined ? {} : { hint }) });
  };
  const { nth, times, after, until, rateLimit, answer, on } = fault;
  if (nth !== undefined && times !== undefined && times > 1) {
    say('times', `\`nth: ${nth}\` applies to once, not ${times} times`, 'leave out one of the two');
  }
  if (nth !== undefined && rateLimit !== undefined) {
    say(
      'nth',
      '`nth` applies to one request, and `rate_limit` those beyond a number',
      'leave out one of the two',
    );
  }
  if (after !== undefined && until !== undefined && emptySpan(after, until)) {
    say('until', '`until` is not later than `after`: the fault never applies to');
  }
  const word = wordOf(answer);
  if (WITHOUT_RESPONSE.includes(word)) {
    for (const [part, given] of [
      ['latency', fault.latency],
      ['bytes_per_second', fault.bytesPerSecond],
      ['retry_after', fault.retryAfter],
    ] as const) {
      if (given !== undefined) say(part, `after \`${word}\` nothing is answered that could have \`${part}\``);
    }
  } else if (
    fault.retryAfter !== undefined &&
    !('error' in (answer ?? {})) &&
    word !== 'status' &&
    rateLimit === undefined
  ) {
    say(
      'retry_after',
      '`retry_after` goes with an `answer` that is an error or a status, or with `rate_limit`',
    );
  }
  if (on === CONNECTION && rateLimit !== undefined) {
    say('rate_limit', 'a connection has no credential and no device to count by');
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
