import { EXAMPLES } from './examples.ts';
import { without } from './mutation.ts';
import { overHttp } from './over-http.ts';
import { play } from './scripted-mdm.ts';

/**
 * A scripted MDM server as a program, for `crabapple exec FILE -- node build/test/scenarios/play.js SCENARIO`. It skips the
 * steps that are named after the scenario.
 */
const [scenario, ...left] = process.argv.slice(2);
const example = EXAMPLES.find((known) => known.scenario === scenario);
const url = process.env.CRABAPPLE_URL;
if (example === undefined || url === undefined) {
  process.stderr.write('usage: CRABAPPLE_URL=… play SCENARIO [STEP TO SKIP]…\n');
  process.exitCode = 2;
} else {
  await play(without(...left)(example.story), overHttp(url));
  process.stdout.write(`${example.scenario}: all steps done\n`);
}
