// `require` of the packed package, which is one of ES modules: the same walk from CommonJS.
const { createCrabapple } = require('crabapple');
const { listen } = require('crabapple/server');
const { enrolledDevices, expectTen } = require('../shared/dep-client.js');
const { scenario, serverToken } = require('../shared/scenario.js');

async function main() {
  const apple = await createCrabapple(scenario);
  const server = await listen(apple, { port: 0 });
  const found = expectTen(await enrolledDevices(fetch, server.url, serverToken));
  await server.close();
  const { status } = apple.verify();
  if (status !== 'passed') throw new Error(`the verdict is ${status}`);
  console.log(`require: ${found}, ${status}`);
}

void main();
