import { sha256 } from '../core/digest.ts';
import { slug } from '../engine/tenants.ts';

/** By what a test is known. */
export interface TestName {
  /** As seen from the folder of the project, so that it is the same on every machine. */
  readonly file: string;
  /** Of the suites around it from the outermost to the innermost, and its own. */
  readonly titles: readonly string[];
}

const LONGEST_SLUG = 48;
const DIGITS = 8;

const encoder = new TextEncoder();

/** The same for the same test in every run, and another for every other test. */
export function organizationId({ file, titles }: TestName): string {
  const whole = [file.replaceAll('\\', '/'), ...titles].join('\n');
  const digits = sha256(encoder.encode(whole)).slice(0, DIGITS);
  return `${slug(titles.at(-1) ?? '').slice(0, LONGEST_SLUG)}-${digits}`;
}
