import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { wallClock } from '../../core/wall-clock.ts';
import type { JournalEntry } from '../../engine/journal/entry.ts';
import { masksFor } from '../../engine/journal/secrets.ts';
import { formatProblems } from '../../scenario/reading/format.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { SERVICES } from '../../services/index.ts';
import { internalError } from '../errors.ts';
import { colorOn, createStyle, type Style } from '../terminal.ts';
import { createLineWriter, type Log } from './log.ts';
import { startText } from './start-text.ts';

/** The log for people, on standard output. */
export function createPrettyLog(color: boolean): Log {
  const style = createStyle(colorOn(process.stdout, color));
  const write = createLineWriter(process.stdout);
  return {
    started: (apple, server) => write(startText(apple, server, style)),
    exchange: (entry, several) => write(exchangeText(entry, several, style)),
    control: (request, outcome) => write(controlText(request, outcome, style)),
    reloaded: (file, organization) => write(style.good(`reloaded ${file}: ${organization} was reset`)),
    rejected(file, error) {
      const problems =
        error instanceof ScenarioError
          ? formatProblems(error, 'pretty', { color: colorOn(process.stdout, color) })
          : `${file}: ${error.message}\n`;
      write(`${problems}${style.bad(`${file} was not reloaded; its former content is still served`)}`);
    },
    notice: (message) => write(style.warned(message)),
    failure: (error) => write(style.bad(`${internalError(error)}\nplease report it`)),
    uncaught: (error) => write(style.bad(`${internalError(error)}\nthe server stops; please report it`)),
  };
}

const OPERATION_WIDTH = 26;
const METHOD_WIDTH = 6;
const INDENT = ' '.repeat(9);

/** Time, status, operation and request; the reason on a second line. */
export function exchangeText(entry: JournalEntry, several: boolean, style: Style): string {
  const { wallAt, organization, operation, request, response, ended, why, fault } = entry;
  let text = requestText(wallAt, response?.status, operation ?? '-', request, style);
  if (several) text += ` ${style.quiet(`(${organization ?? 'no organization'})`)}`;
  if (fault !== undefined) text += ` ${style.warned(`fault ${fault}`)}`;
  if (ended !== undefined) text += ` ${style.warned(ended)}`;
  return text + reasonText(why, style);
}

function controlText(request: HttpRequest, outcome: Outcome, style: Style): string {
  const status = outcome.kind === 'response' ? outcome.status : undefined;
  return requestText(wallClock(), status, 'control', request, style) + reasonText(outcome.why, style);
}

function requestText(
  wallAt: number,
  status: number | undefined,
  operation: string,
  { method, path, query }: Pick<HttpRequest, 'method' | 'path' | 'query'>,
  style: Style,
): string {
  const target = printable(query === '' ? path : `${path}?${masksFor(SERVICES).parameters(query)}`);
  const time = style.quiet(timeText(wallAt));
  return `${time} ${statusText(status, style)} ${operation.padEnd(OPERATION_WIDTH)} ${method.padEnd(METHOD_WIDTH)} ${target}`;
}

const reasonText = (why: string | undefined, style: Style): string =>
  why === undefined ? '' : `\n${INDENT}${style.quiet('why')} ${printable(why)}`;

function statusText(status: number | undefined, style: Style): string {
  if (status === undefined) return style.warned('---');
  return status < 400 ? style.good(String(status)) : style.bad(String(status));
}

const MAX_LENGTH = 2000;

let lastSecond = Number.NaN;
let lastTime = '';

/** Local time. The text is cached for a second, because formatting is slow. */
function timeText(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastTime = new Date(milliseconds).toTimeString().slice(0, 8);
  }
  return lastTime;
}

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Replaces control characters, with which a client could manipulate the terminal. */
function printable(text: string): string {
  const short = text.slice(0, MAX_LENGTH);
  return PRINTABLE_ASCII.test(short) ? short : short.replace(/[\p{Control}\p{Format}]/gu, '?');
}
