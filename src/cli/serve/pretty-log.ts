import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { wallClock } from '../../core/wall-clock.ts';
import type { JournalEntry } from '../../engine/journal/entry.ts';
import { masksFor } from '../../engine/journal/secrets.ts';
import { formatProblems } from '../../scenario/reading/format.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { SERVICES } from '../../services/index.ts';
import { colorOn } from '../terminal.ts';
import { createLineWriter } from './line-writer.ts';
import type { Log } from './log.ts';
import { startText } from './start-text.ts';
import { createStyle, type Style } from './style.ts';

/** For people, on standard output; color on a terminal only. */
export function createPrettyLog(color: boolean): Log {
  const style = createStyle(colorOn(process.stdout, color));
  const say = createLineWriter(process.stdout);
  return {
    started: (apple, server) => say(startText(apple, server, style)),
    exchange: (entry, several) => say(exchangeText(entry, several, style)),
    control: (request, outcome) => say(controlText(request, outcome, style)),
    reloaded: (file, organization) => say(style.good(`reloaded ${file}: ${organization} begins anew`)),
    refused(file, error) {
      const problems =
        error instanceof ScenarioError
          ? formatProblems(error, 'pretty', { color: colorOn(process.stdout, color) })
          : `${file}: ${error.message}\n`;
      say(`${problems}${style.bad(`${file} was not reloaded; what it described before is still served`)}`);
    },
    notice: (message) => say(style.warned(message)),
    failure(error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say(
        style.bad(`a failure of Crabapple itself, please report it with what led here; it goes on\n${stack}`),
      );
    },
  };
}

const OPERATION_WIDTH = 26;
const METHOD_WIDTH = 6;
const MARGIN = ' '.repeat(9);

/** Time, status, operation, request; below it why it came out so. */
export function exchangeText(entry: JournalEntry, several: boolean, style: Style): string {
  const { wallAt, organization, operation, request, response, ended, why, fault } = entry;
  let text = beginning(wallAt, response?.status, operation ?? '-', request, style);
  if (several) text += ` ${style.quiet(`(${organization ?? 'nobody here'})`)}`;
  if (fault !== undefined) text += ` ${style.warned(`fault ${fault}`)}`;
  if (ended !== undefined) text += ` ${style.warned(ended)}`;
  return text + reason(why, style);
}

/** As a line of an exchange. */
export function controlText(request: HttpRequest, outcome: Outcome, style: Style): string {
  const code = outcome.kind === 'response' ? outcome.status : undefined;
  return beginning(wallClock(), code, 'control', request, style) + reason(outcome.why, style);
}

function beginning(
  wallAt: number,
  code: number | undefined,
  what: string,
  { method, path, query }: Pick<HttpRequest, 'method' | 'path' | 'query'>,
  style: Style,
): string {
  const asked = printable(query === '' ? path : `${path}?${masksFor(SERVICES).parameters(query)}`);
  const time = style.quiet(timeOf(wallAt));
  return `${time} ${status(code, style)} ${what.padEnd(OPERATION_WIDTH)} ${method.padEnd(METHOD_WIDTH)} ${asked}`;
}

const reason = (why: string | undefined, style: Style): string =>
  why === undefined ? '' : `\n${MARGIN}${style.quiet('why')} ${printable(why)}`;

function status(code: number | undefined, style: Style): string {
  if (code === undefined) return style.warned('---');
  return code < 400 ? style.good(String(code)) : style.bad(String(code));
}

const LONGEST = 2000;

let lastSecond = Number.NaN;
let lastTime = '';

/** Local time; many requests come within one second, and asking for its text takes long. */
function timeOf(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastTime = new Date(milliseconds).toTimeString().slice(0, 8);
  }
  return lastTime;
}

const PLAIN = /^[\x20-\x7e]*$/;

/** What a client sent shall not steer the terminal. */
function printable(text: string): string {
  const short = text.slice(0, LONGEST);
  return PLAIN.test(short) ? short : short.replace(/[\p{Control}\p{Format}]/gu, '?');
}
