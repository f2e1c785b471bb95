// A page that has the simulated Apple within itself, from an object and from YAML, which is loaded when it is needed.
import { createCrabapple } from 'crabapple';
import { enrolledDevices, expectTen } from '../shared/dep-client.js';
import { scenario, serverToken } from '../shared/scenario.js';

const encoder = new TextEncoder();

/** Of the shape of `fetch`, with no network behind it. */
const askIn = (apple) => async (address, init) => {
  const { host, pathname, search } = new URL(address);
  const outcome = await apple.handle({
    method: init.method ?? 'GET',
    scheme: 'https',
    authority: host,
    path: pathname,
    query: search.slice(1),
    headers: init.headers,
    body: encoder.encode(init.body ?? ''),
    entrance: { door: 'page' },
  });
  return new Response(outcome.body, { status: outcome.status, headers: outcome.headers });
};

async function found(text) {
  const apple = await createCrabapple(text);
  const walk = await enrolledDevices(askIn(apple), 'https://mdmenrollment.apple.com', serverToken);
  const { status } = apple.verify();
  if (status !== 'passed') throw new Error(`the verdict is ${status}`);
  return `${expectTen(walk)}, ${status}`;
}

const output = document.querySelector('#found');
try {
  const ofObject = await found(scenario);
  const ofYaml = await found(JSON.stringify(scenario));
  output.textContent = `page: ${ofObject}; from text: ${ofYaml}`;
} catch (error) {
  output.textContent = `page failed: ${error.stack}`;
}
