import type { Crabapple } from '../../src/index.ts';
import { formatReport } from '../../src/verify/report/formats.ts';
import { jsonReport } from '../../src/verify/report/json.ts';
import { EXAMPLES } from '../scenarios/examples.ts';
import { portalOf } from '../scenarios/portal.ts';
import type { AppleSide } from '../scenarios/scripted-mdm.ts';
import { sendByFetch } from '../scenarios/send-by-fetch.ts';
import type { Story } from '../scenarios/step.ts';

/** One run of an example scenario. Plain data: it is passed to other processes. */
export interface ExampleRun {
  /** Path below `scenarios/`, without `.yaml`. */
  readonly scenario: string;
  /** The expectation that the scripted MDM server fails; none by default. */
  readonly failing?: string | undefined;
}

/** The report of a run in two formats. */
export interface Reports {
  readonly json: unknown;
  readonly pretty: string;
}

/** One way to run Crabapple with an MDM server: over HTTP or within MSW. */
export interface Integration {
  readonly name: string;
  /** Called once before all runs. */
  open?(context: Mocha.Context): Promise<void>;
  run(example: ExampleRun): Promise<Reports>;
  close?(): Promise<void>;
}

export const fileOf = ({ scenario }: ExampleRun): string => `scenarios/${scenario}.yaml`;

/** The steps of the scripted MDM server. */
export function stepsOf({ scenario, failing }: ExampleRun): Story {
  const example = EXAMPLES.find((known) => known.scenario === scenario);
  if (example === undefined) throw new Error(`there is no example ${scenario}`);
  if (failing === undefined) return example.story;
  const mutation = example.failing[failing];
  if (mutation === undefined) throw new Error(`${scenario} has no expectation named "${failing}"`);
  return (typeof mutation === 'function' ? mutation : mutation.by)(example.story);
}

const DEP_URL = 'https://mdmenrollment.apple.com';

function appleUrl(path: string): string {
  if (path.startsWith('/3/device/')) return 'https://api.push.apple.com';
  return path.startsWith('/mdm/') ? 'https://vpp.itunes.apple.com' : DEP_URL;
}

/** Sends requests to Apple's host names with the global `fetch`, for MSW to intercept. */
export const atAppleHosts = (apple: Crabapple): AppleSide => ({
  ...portalOf(apple),
  url: DEP_URL,
  send: (sent) => sendByFetch(appleUrl(sent.path), sent),
});

export function reportsOf(apple: Crabapple): Reports {
  const report = apple.verify();
  return { json: jsonReport(report), pretty: formatReport(report, 'pretty') };
}

const TIMES: ReadonlySet<string> = new Set(['at', 'wall_at']);

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Removes the times, which differ between runs. */
export const withoutTimes = ({ json, pretty }: Reports): Reports => ({
  json: JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (TIMES.has(key) ? undefined : value)).replace(
      INSTANT,
      'TIME',
    ),
  ),
  pretty: pretty.replace(INSTANT, 'TIME'),
});
