import { InvalidArgumentError, Option } from 'commander';

const NO = new Set(['', '0', 'false', 'no', 'off']);

/** An option that is an environment variable as well: `--ready-file` is `CRABAPPLE_READY_FILE`. */
export function option(flags: string, about: string): Option {
  const declared = new Option(flags, about);
  const variable = `CRABAPPLE_${declared.name().replaceAll('-', '_').toUpperCase()}`;
  const isFlag = !declared.required && !declared.optional;
  // Commander takes any value of a flag's variable as a yes, and an empty one as a value.
  const given = process.env[variable];
  const isUnset = given !== undefined && (isFlag ? NO.has(given.toLowerCase()) : given === '');
  return isUnset ? declared : declared.env(variable);
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes a free one.');
}

/** `2197,443`: several ports; `off`: none. */
export function portNumbers(text: string): readonly number[] {
  return text === 'off' ? [] : text.split(',').map((each) => portNumber(each.trim()));
}

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number from 1.');
}

export function httpUrl(text: string): string {
  if (/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('A URL begins with http:// or https://, as http://127.0.0.1:8990 does.');
}

/** Of an option that may be given again and again; in the environment its values stand between commas. */
export function listed(text: string, before: readonly string[] | undefined): readonly string[] {
  const values = text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return [...(before ?? []), ...values];
}
