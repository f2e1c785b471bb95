// `import` of the packed package: a walk over real sockets, verified.
import { createCrabapple } from 'crabapple';
import { listen } from 'crabapple/server';
import { enrolledDevices, expectTen } from '../shared/dep-client.js';
import { scenario, serverToken } from '../shared/scenario.js';

const apple = await createCrabapple(scenario);
const server = await listen(apple, { port: 0 });
const found = expectTen(await enrolledDevices(fetch, server.url, serverToken));
await server.close();
const { status } = apple.verify();
if (status !== 'passed') throw new Error(`the verdict is ${status}`);
console.log(`esm: ${found}, ${status}`);
