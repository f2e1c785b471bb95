import assert from 'node:assert/strict';
import { getResponse } from 'msw';
import { appleOf } from '../../src/api/apple.ts';
import type { HeaderFields } from '../../src/core/request.ts';
import { entryJson } from '../../src/engine/journal/view.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { apiDocument } from '../../src/server/control/openapi/document.ts';
import { openServer } from '../../src/server/open-server.ts';
import { SERVICES } from '../../src/services/index.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { appleHandlers } from '../../src/transports/msw/handlers.ts';
import { servicePage } from '../../tools/docs/service-pages.ts';
import { exchangeTypes } from '../../tools/exchange-types.ts';
import { requestOf, textOf } from '../dep/requests.ts';
import { counted, warranty, warrantyKey } from './toy-service.ts';

const SCENARIO = { name: 'Acme', clock: { at: '2026-03-02T08:00:00Z', rate: 0 } };

const FORM = 'application/x-www-form-urlencoded';

interface ToyResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly why: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every form are looked into
  readonly body: any;
}

/** A simulated Apple with the toy service beside Apple's own. */
class Toy {
  readonly apple: SimulatedApple;
  readonly failures: unknown[] = [];

  constructor() {
    this.apple = new SimulatedApple({
      services: [...SERVICES, warranty],
      onFailure: (error) => this.failures.push(error),
    });
  }

  static async of(scenario: object = {}): Promise<Toy> {
    const toy = new Toy();
    await toy.apple.addScenario({ ...SCENARIO, ...scenario }, { default: true });
    return toy;
  }

  get key(): string {
    return warrantyKey(this.apple.tenants.default.organization);
  }

  async call(
    method: string,
    path: string,
    body = '',
    headers: Record<string, string> = {},
  ): Promise<ToyResponse> {
    const request = requestOf(method, path, {
      body: new TextEncoder().encode(body),
      headers: { 'x-warranty-key': this.key, ...headers },
    });
    const outcome = await this.apple.handle(request);
    assert.ok(outcome.kind === 'response');
    const text = textOf(outcome);
    return {
      status: outcome.status,
      headers: outcome.headers,
      why: outcome.headers['x-crabapple-why'] ?? '',
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  plan(attributes: object, more: object = {}): Promise<ToyResponse> {
    return this.call(
      'PATCH',
      '/v9/plans/p1',
      JSON.stringify({ data: { type: 'plans', attributes, ...more } }),
    );
  }

  token(form: string): Promise<ToyResponse> {
    return this.call('POST', '/v9/token', form, { 'content-type': FORM });
  }
}

const problemsOf = async (work: Promise<unknown>): Promise<string> => {
  let message = '';
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ScenarioError, String(error));
    message = error.message;
    return true;
  });
  return message;
};

describe('a service registered from outside of src: requests', () => {
  it('routes PATCH with a JSON:API body and path placeholders', async () => {
    const devices = { data: [{ type: 'devices', id: 'C02ACME0001' }] };
    const { status, body } = await (await Toy.of()).plan(
      { level: 'gold', seats: 3 },
      { relationships: { devices } },
    );
    assert.equal(status, 200);
    const attributes = { level: 'gold', seats: 3, devices: 1 };
    assert.deepEqual(body, { data: { type: 'plans', id: 'p1', attributes } });
  });

  it('reads a form body, with a parameter that appears once or several times', async () => {
    const toy = await Toy.of();
    assert.deepEqual((await toy.token('grant_type=a+b&scope=x')).body, { grant_type: 'a b', scope: ['x'] });
    assert.deepEqual((await toy.token('grant_type=c&scope=x&scope=y')).body, {
      grant_type: 'c',
      scope: ['x', 'y'],
    });
  });

  for (const [what, body, why] of [
    [
      'a nested member',
      '{"data":{"attributes":{"seats":"3"}}}',
      '`data.attributes.seats` must be a whole number',
    ],
    [
      'a member of a list',
      '{"data":{"relationships":{"devices":{"data":[{"id":7}]}}}}',
      '`data.relationships.devices.data[0].id` must be text',
    ],
    ['an object that is a list', '{"data":[]}', '`data` must be an object, not a list'],
    ['a body that is no JSON', 'grant_type=x', 'the body is not JSON'],
  ] as const) {
    it(`returns the malformed-body error of the service for ${what}`, async () => {
      const response = await (await Toy.of()).call('PATCH', '/v9/plans/p1', body);
      assert.equal(response.status, 400);
      assert.equal(response.body.errors[0].code, 'BAD_BODY');
      assert.ok(response.why.startsWith(why), response.why);
    });
  }

  it('returns the wrong-method error of the service with Allow', async () => {
    const { status, headers } = await (await Toy.of()).call('GET', '/v9/plans/p1');
    assert.deepEqual([status, headers.allow], [405, 'PATCH']);
  });

  it('returns the unknown-path error of the service with the nearest path', async () => {
    const { status, body, why } = await (await Toy.of()).call('POST', '/v9/tokens');
    assert.deepEqual([status, body.errors[0].code], [404, 'NO_SUCH_PATH']);
    assert.match(why, /did you mean \/v9\/token\?/);
  });

  it('finds the organization by the credential of its scheme', async () => {
    const toy = await Toy.of();
    const other = await toy.apple.addScenario({ ...SCENARIO, name: 'Other' });
    const key = warrantyKey(other.organization);
    const response = await toy.call('POST', '/v9/token', 'grant_type=x', { 'x-warranty-key': key });
    assert.equal(response.status, 200);
    assert.equal([...toy.apple.journal.entries(other.id)].length, 1);
  });

  it('rejects an unknown credential with the nearest one', async () => {
    const toy = await Toy.of();
    const response = await toy.call('POST', '/v9/token', '', { 'x-warranty-key': toy.key.toUpperCase() });
    assert.equal(response.body.errors[0].code, 'BAD_KEY');
    assert.match(response.why, /it differs in case alone/);
  });
});

describe('a service registered from outside of src: scenarios', () => {
  it('has its behavior setting at the default and at another value', async () => {
    assert.equal((await (await Toy.of()).plan({ seats: 11 })).body.errors[0].code, 'TOO_MANY_SEATS');
    const generous = await Toy.of({ behavior: { warranty: { most_seats: 20 } } });
    assert.equal((await generous.plan({ seats: 11 })).status, 200);
  });

  it('reports a wrong behavior setting with the nearest name', async () => {
    const message = await problemsOf(Toy.of({ behavior: { warranty: { most_seat: 20 } } }));
    assert.match(message, /most_seats/);
    assert.match(await problemsOf(Toy.of({ behavior: { warranty: { most_seats: 0 } } })), /most_seats/);
  });

  it('injects faults by operation name, with its own errors and rate limits', async () => {
    const toy = await Toy.of({
      faults: [
        { on: 'warranty.token', times: 1, answer: 'SLOW_DOWN' },
        { on: 'warranty.plan.*', rate_limit: { requests: 1, per: '1m', by: 'device' } },
      ],
    });
    const statuses = [
      (await toy.token('grant_type=x')).status,
      (await toy.token('grant_type=x')).status,
      (await toy.plan({})).status,
      (await toy.plan({})).status,
    ];
    assert.deepEqual(statuses, [429, 200, 200, 429]);
  });

  it('reports wrong operations, errors and fields with the nearest name', async () => {
    const fault = (on: string, answer: string) => problemsOf(Toy.of({ faults: [{ on, answer }] }));
    assert.match(await fault('warranty.tokens', 'SLOW_DOWN'), /did you mean `?warranty\.token/);
    assert.match(await fault('warranty.token', 'SLOWDOWN'), /SLOW_DOWN/);
    const where = { '$.body.data.attributes.levle': { equals: 'gold' } };
    const expect = [{ operation: 'warranty.plan.update', where }];
    assert.match(await problemsOf(Toy.of({ expect })), /did you mean `?level/);
    const form = [{ operation: 'warranty.token', where: { '$.body.grant_typ': { equals: 'x' } } }];
    assert.match(await problemsOf(Toy.of({ expect: form })), /did you mean `?grant_type/);
  });

  it('verifies expectations on nested JSON and on form members', async () => {
    const toy = await Toy.of({
      expect: [
        {
          operation: 'warranty.plan.update',
          fields: { '$.body.data.attributes.level': { equals: 'gold' } },
        },
        { operation: 'warranty.token', where: { '$.body.grant_type': { equals: 'client credentials' } } },
        { operation: 'warranty.token', where: { '$.body.scope[*]': { equals: 'b' } } },
      ],
    });
    await toy.plan({ level: 'gold' });
    await toy.token('grant_type=client%20credentials&scope=a&scope=b');
    const { suites } = toy.apple.verify();
    assert.deepEqual(
      suites.flatMap(({ verdicts }) => verdicts.map(({ status }) => status)),
      ['passed', 'passed', 'passed'],
    );
  });

  it('is part of the JSON schema of scenarios', async () => {
    const { engine } = (await Toy.of()).apple;
    const text = JSON.stringify(await scenarioJsonSchema(engine.catalog));
    assert.match(text, /"most_seats":\{[^}]*seats of one plan \(default: 10\)/);
  });
});

describe('a service registered from outside of src: what is computed from it', () => {
  it('records exchanges with form members, and masks its secrets', async () => {
    const toy = await Toy.of();
    await toy.token('grant_type=x&client_secret=0123456789012345678901234567');
    const [entry] = [...toy.apple.journal.entries(toy.apple.tenants.default.id)];
    assert.equal(entry?.operation, 'warranty.token');
    const shown = entryJson(entry!, toy.apple.journal.masks);
    assert.doesNotMatch(JSON.stringify(shown), /456789/);
    assert.ok(!JSON.stringify(shown).includes(toy.key));
    const { body } = entryJson(entry!, undefined).request as { readonly body: Record<string, string> };
    assert.equal(body.grant_type, 'x');
  });

  it('waits for its exchanges', async () => {
    const toy = await Toy.of();
    await toy.plan({ level: 'gold' });
    const exchange = await toy.apple.waitFor('warranty.plan.update' as 'dep.account');
    assert.equal(exchange.path, '/v9/plans/p1');
    await assert.rejects(toy.apple.waitFor('warranty.plan.updat' as 'dep.account'), /warranty\.plan\.update/);
  });

  it('is described by OpenAPI: PATCH, media types, nested schema, errors, credential', async () => {
    const { engine } = (await Toy.of()).apple;
    const document = JSON.parse(JSON.stringify(await apiDocument(engine.services, [], '1')));
    const { patch } = document.paths['/v9/plans/{id}'];
    assert.equal(patch.operationId, 'warranty.plan.update');
    assert.deepEqual(patch.security, [{ warranty_key: [] }]);
    assert.deepEqual(Object.keys(patch.responses).sort(), ['200', '400', '401', '422', '500']);
    const [checked] = patch.requestBody.content['application/json'].schema.allOf;
    assert.deepEqual(checked.properties.data.properties.attributes.properties.seats, { type: 'integer' });
    assert.ok(document.paths['/v9/token'].post.requestBody.content[FORM]);
    assert.deepEqual(document.components.securitySchemes.warranty_key, {
      type: 'apiKey',
      in: 'header',
      name: 'X-Warranty-Key',
    });
  });

  it('has a docs page with its operations, errors, settings and fields, and typed exchanges', async () => {
    const page = servicePage(warranty);
    for (const word of [
      '# Warranty',
      '`PATCH /v9/plans/{id}`',
      'TOO_MANY_SEATS',
      'most_seats',
      'client_secret',
    ])
      assert.ok(page.includes(word), word);
    const types = exchangeTypes((await Toy.of()).apple.engine.catalog);
    assert.match(types, /export interface WarrantyPlanAttributes/);
    assert.match(types, /readonly 'warranty\.plan\.update': \{/);
  });

  it('is served by MSW handlers under its own host name and under a base URL', async () => {
    const toy = await Toy.of();
    const handlers = appleHandlers(appleOf(toy.apple), { hosts: ['http://localhost:8990'] });
    for (const origin of ['https://warranty.test', 'http://localhost:8990']) {
      const response = await getResponse(
        handlers,
        new Request(`${origin}/v9/plans/p1`, {
          method: 'PATCH',
          headers: { 'x-warranty-key': toy.key },
          body: JSON.stringify({ data: { attributes: { level: 'silver' } } }),
        }),
      );
      assert.equal(response?.status, 200, origin);
      assert.equal((await response!.json()).data.attributes.level, 'silver');
    }
  });

  it('is served over HTTP, with its operations in the control API', async () => {
    const toy = await Toy.of();
    const server = await openServer(toy.apple, { port: 0 });
    try {
      const response = await fetch(`${server.url}/v9/plans/p2`, {
        method: 'PATCH',
        headers: { 'x-warranty-key': toy.key, 'user-agent': 'toy' },
        body: JSON.stringify({ data: { attributes: {} } }),
      });
      assert.equal((await response.json()).data.id, 'p2');
      const document = await (await fetch(`${server.url}/_crabapple/openapi.json`)).json();
      assert.ok(document.paths['/v9/token']);
      const journal = await fetch(`${server.url}/_crabapple/journal?operation=warranty.plan.update`);
      assert.equal((await journal.json()).entries.length, 1);
    } finally {
      await server.close();
    }
  });
});

describe('the engine and the scheme of a service', () => {
  it('reads the credential of a request once, with faults, rate limits and matchers that use the sender', async () => {
    const toy = await Toy.of({
      faults: [{ on: 'warranty.*', rate_limit: { requests: 9, per: '1m', by: 'credential' } }],
      expect: [
        {
          operation: 'warranty.plan.update',
          where: { '$.body.data.id': { serial_of: 'mdm_server' } },
          times: { at_least: 0 },
        },
      ],
    });
    counted.reads = 0;
    await toy.plan({}, { id: 'C02ACME0001' });
    assert.equal(counted.reads, 1);
  });

  it('returns and records the internal error of the service if reading the credential throws', async () => {
    const toy = await Toy.of();
    const { status, body } = await toy.call('POST', '/v9/token', '', { 'x-warranty-key': 'explode' });
    assert.deepEqual([status, body.errors[0].code], [500, 'BROKEN']);
    const [entry] = [...toy.apple.journal.entries(toy.apple.tenants.default.id)];
    assert.equal(entry?.response?.status, 500);
    assert.match(String(toy.failures[0]), /the scheme exploded/);
  });

  for (const [what, method, path] of [
    ['a wrong method', 'GET', '/v9/token'],
    ['an unknown path', 'POST', '/v9/nowhere'],
  ] as const) {
    it(`answers ${what} if reading the credential throws`, async () => {
      const toy = await Toy.of();
      const { status } = await toy.call(method, path, '', { 'x-warranty-key': 'explode' });
      assert.ok(status === 405 || status === 404);
      assert.equal(toy.failures.length, 1);
    });
  }

  it('rejects and aborts requests if reading the credential throws', async () => {
    const toy = await Toy.of();
    const request = requestOf('POST', '/v9/token', { headers: { 'x-warranty-key': 'explode' } });
    assert.equal(toy.apple.engine.reject(request, 413, 'too large').status, 413);
    toy.apple.engine.aborted(request, 'client_gone');
    assert.equal([...toy.apple.journal.entries(toy.apple.tenants.default.id)].length, 2);
  });

  it('keeps what a journal listener throws from the request', async () => {
    const toy = await Toy.of();
    toy.apple.journal.onEntry(() => {
      throw new Error('a listener failed');
    });
    let seen = 0;
    toy.apple.journal.onEntry(() => {
      seen += 1;
    });
    assert.equal((await toy.token('grant_type=x')).status, 200);
    assert.equal(seen, 1);
    assert.match(String(toy.failures[0]), /a listener failed/);
  });
});

// TO BE COMPLETED BY THE LEAD once `Service.areas` exists: the toy service brings an area with a change, a portal action and
// a section of the scenario, and shows snapshot, export and `--data`.
