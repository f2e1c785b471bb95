import assert from 'node:assert/strict';
import { ROUTES } from '../../../src/server/control/routes.ts';
import { SERVICES } from '../../../src/services/index.ts';
import { type Answer, ControlClient } from './control-client.ts';

const METHODS = ['get', 'post', 'put', 'delete'];

describe('openapi.json', () => {
  let client: ControlClient;
  let answer: Answer;
  // biome-ignore lint/suspicious/noExplicitAny: a document of any form
  let operations: { path: string; method: string; operation: any }[];

  before(async () => {
    client = await ControlClient.of();
    answer = await client.request('GET', 'openapi.json');
    operations = Object.entries(answer.body.paths).flatMap(([path, item]) =>
      Object.entries(item as object).map(([method, operation]) => ({ path, method, operation })),
    );
  });

  it('is built once', async () => {
    assert.equal(answer.body.openapi, '3.1.0');
    assert.equal(answer.body.info.version, '1.2.3');
    assert.equal((await client.request('GET', 'openapi.json')).text, answer.text);
  });

  it('has every operation and every route', () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort();
    const served = [
      ...SERVICES.flatMap((service) =>
        service.operations.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`)),
      ),
      ...ROUTES.map(({ method, path }) => `${method} /_crabapple/${path}`),
    ].sort();
    assert.deepEqual(described, served);
  });

  it('has a method, a unique id and responses for every operation', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    const tags = answer.body.tags.map(({ name }: { name: string }) => name);
    for (const { method, operation } of operations) {
      assert.ok(METHODS.includes(method));
      assert.ok(operation.summary);
      assert.ok(operation.tags.every((tag: string) => tags.includes(tag)));
      const responses = Object.entries(operation.responses as Record<string, { description: string }>);
      assert.ok(responses.some(([status]) => status.startsWith('2')));
      assert.ok(
        responses.every(([status, { description }]) => /^[2-5]\d\d$/.test(status) && description !== ''),
      );
      const parameters = (operation.parameters ?? []).map(({ name }: { name: string }) => name);
      assert.equal(new Set(parameters).size, parameters.length);
    }
  });

  it('has no dangling reference', () => {
    const { schemas, securitySchemes } = answer.body.components;
    const references = [...answer.text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference!);
    assert.ok(references.length > 0);
    for (const reference of references) {
      const [, name] = /^#\/components\/schemas\/([A-Za-z0-9._-]+)$/.exec(reference) ?? [];
      assert.ok(name !== undefined && name in schemas, reference);
    }
    const names = operations.flatMap(({ operation }) => (operation.security ?? []).flatMap(Object.keys));
    assert.ok(names.length > 0 && names.every((name) => name in securitySchemes));
  });

  it('describes parameters, body, errors and security of a call', () => {
    const { get, post } = answer.body.paths['/profile'];
    assert.equal(post.operationId, 'dep.profile.define');
    assert.match(post.externalDocs.url, /define-profile$/);
    assert.match(post.responses['400'].description, /CONFIG_NAME_REQUIRED/);
    assert.ok(post.responses['400'].content['text/plain'].schema.enum.includes('MALFORMED_REQUEST_BODY'));
    assert.deepEqual(
      get.parameters.map(({ name }: { name: string }) => name),
      ['profile_uuid'],
    );
    const page =
      answer.body.paths['/server/devices'].post.responses['200'].content['application/json'].schema;
    assert.deepEqual(page.allOf, [
      { $ref: '#/components/schemas/dep.page' },
      {
        type: 'object',
        properties: { devices: { type: 'array', items: { $ref: '#/components/schemas/dep.device' } } },
      },
    ]);
    const details = answer.body.paths['/devices'].post.responses['200'].content['application/json'].schema;
    assert.deepEqual(details.properties.devices.additionalProperties, {
      $ref: '#/components/schemas/dep.device',
    });
  });
});
