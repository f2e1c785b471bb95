// A page that has the simulated Apple within itself, from an object and from YAML, which is loaded when it is needed.
import { createCrabapple } from 'crabapple';
import { appleHandlers } from 'crabapple/msw';
import { getResponse } from 'msw';
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
    transport: { name: 'page' },
  });
  return new Response(outcome.body, { status: outcome.status, headers: outcome.headers });
};

/** The same by way of MSW, without the service worker that a page would have. */
const askHandlersOf = (apple) => {
  const handlers = appleHandlers(apple);
  return (address, init) => getResponse(handlers, new Request(address, init));
};

async function found(text, askOf) {
  const apple = await createCrabapple(text);
  const walk = await enrolledDevices(askOf(apple), 'https://mdmenrollment.apple.com', serverToken);
  const { status } = apple.verify();
  if (status !== 'passed') throw new Error(`the verdict is ${status}`);
  return `${expectTen(walk)}, ${status}`;
}

const output = document.querySelector('#found');
try {
  const results = [
    `from an object ${await found(scenario, askIn)}`,
    `from text ${await found(JSON.stringify(scenario), askIn)}`,
    `by MSW ${await found(scenario, askHandlersOf)}`,
  ];
  output.textContent = `page: ${results.join('; ')}`;
} catch (error) {
  output.textContent = `page failed: ${error.stack}`;
}
