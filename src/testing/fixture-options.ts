import type { Scenario } from '../scenario/generated/scenario-types.ts';
import type { ListenOptions } from '../server/open-server.ts';

/** What the organization of a test is made from. */
export type ScenarioOfTest =
  /** As in a scenario file. */
  | Scenario
  /** The text of a scenario file, or the path of one: of a single line that ends in `.yaml`, `.yml` or `.json`. */
  | string
  /** Where a scenario file is: `new URL('./school.yaml', import.meta.url)`. */
  | URL;

/** What the simulated Apple of tests is like. */
export interface FixtureOptions {
  /** One organization with an MDM server, named after the test, where not given. */
  readonly scenario?: ScenarioOfTest | undefined;
  /**
   * Where the simulated Apple listens: on a free port of this machine where not given; `{ tlsPort: 0 }` adds one that
   * speaks TLS. With `false` it is in memory alone, for MSW.
   */
  readonly server?: boolean | ListenOptions | undefined;
}
