import { EXAMPLES } from '../scenarios/examples.ts';
import type { Story } from '../scenarios/step.ts';

/** Which example is played, and how. Plain data, as it goes to other processes. */
export interface Telling {
  /** Below `scenarios/`, without `.yaml`. */
  readonly scenario: string;
  /** The expectation that the MDM server of the story fails; none where not given. */
  readonly failing?: string | undefined;
}

/** What was verified, in both forms: for programs and for people. */
export interface Told {
  readonly json: unknown;
  readonly pretty: string;
}

/** A way to the simulated Apple, from start to verdict. */
export interface Way {
  readonly name: string;
  /** Made ready once for all tellings. */
  open?(context: Mocha.Context): Promise<void>;
  tell(telling: Telling): Promise<Told>;
  close?(): Promise<void>;
}

export const fileOf = ({ scenario }: Telling): string => `scenarios/${scenario}.yaml`;

export function storyOf({ scenario, failing }: Telling): Story {
  const example = EXAMPLES.find((known) => known.scenario === scenario);
  if (example === undefined) throw new Error(`no example ${scenario}`);
  if (failing === undefined) return example.story;
  const row = example.failing[failing];
  if (row === undefined) throw new Error(`${scenario} expects nothing named "${failing}"`);
  return (typeof row === 'function' ? row : row.by)(example.story);
}
