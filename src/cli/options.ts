import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../core/duration.ts';

const FALSE = new Set(['', '0', 'false', 'no', 'off']);

/** An option with an environment variable: `--ready-file` is also `CRABAPPLE_READY_FILE`. */
export function option(flags: string, about: string): Option {
  const declared = new Option(flags, about);
  const variable = `CRABAPPLE_${declared.name().replaceAll('-', '_').toUpperCase()}`;
  const isFlag = !declared.required && !declared.optional;
  // Commander treats any value of a flag's variable as true, and an empty variable as a value.
  const value = process.env[variable];
  const isUnset = value !== undefined && (isFlag ? FALSE.has(value.toLowerCase()) : value === '');
  return isUnset ? declared : declared.env(variable);
}

/** An option that takes a duration; its value is in milliseconds. */
export const durationOption = (flags: string, about: string): Option =>
  option(flags, about).argParser((text) => {
    const milliseconds = parseDuration(text);
    if (milliseconds !== undefined) return milliseconds;
    throw new InvalidArgumentError('Expected a duration such as 500ms, 30s, 2m or 1m30s.');
  });

export const noColorOption = (): Option => option('--no-color', 'do not use color');

export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535; 0 selects a free port.');
}

/** `2197,443`: several ports; `off`: none. */
export function portNumbers(text: string): readonly number[] {
  return text === 'off' ? [] : text.split(',').map((each) => portNumber(each.trim()));
}

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

export function httpUrl(text: string): string {
  if (/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Expected a URL such as http://127.0.0.1:8990.');
}

/** Parses a repeatable option; its environment variable separates the values with commas. */
export function listed(text: string, before: readonly string[] | undefined): readonly string[] {
  const values = text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return [...(before ?? []), ...values];
}
