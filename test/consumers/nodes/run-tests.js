// The part of the suite in which Node's versions differ, under those that the suite itself does not run under.
import { spawnSync } from 'node:child_process';
import { NODES } from './nodes.js';

const TESTS = [
  'server',
  'server/start-and-stop',
  'transports/**/*',
  'apns/**/*',
  'pki/*',
  'transports/msw/handlers',
  'transports/msw/real-apple-guard',
  'cli/verdicts',
  'dep/session-oauth',
];
const own = process.versions.node.split('.')[0];
const count = { passed: 0, failed: 0, skipped: 0 };

for (const { version, program, missing } of NODES.filter((node) => node.major !== own)) {
  if (missing !== undefined) {
    count.skipped += 1;
    console.log(`skipped Node ${version}: ${missing}`);
    continue;
  }
  console.log(`-- Node ${version}`);
  const parameters = ['node_modules/mocha/bin/mocha.js', '--no-config', '--reporter', 'dot'];
  const tests = TESTS.map((test) => `build/test/${test}.test.js`);
  const { status } = spawnSync(program, [...parameters, '--timeout', '30000', ...tests], {
    stdio: 'inherit',
  });
  count[status === 0 ? 'passed' : 'failed'] += 1;
}
console.log(`suite by Node: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
// 75 is how a step says that it could not do all.
process.exitCode = count.failed > 0 ? 1 : count.skipped > 0 ? 75 : 0;
