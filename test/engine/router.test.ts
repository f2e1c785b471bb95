import assert from 'node:assert/strict';
import type { HttpRequest } from '../../src/core/request.ts';
import { createMatcher } from '../../src/engine/router.ts';
import type { Operation, Service } from '../../src/engine/service.ts';
import { dep } from '../../src/services/dep/index.ts';
import { requestOf } from '../dep/requests.ts';

const operation = (name: string, path: string, ...methods: Operation['methods']): Operation => ({
  ...dep.operations[0]!,
  name,
  methods,
  path,
});

const PUSH: Service = {
  ...dep,
  hosts: ['push.test.apple.com'],
  operations: [
    operation('push.send', '/3/device/{token}', 'POST'),
    operation('push.exact', '/3/device/status', 'GET'),
  ],
};

const match = createMatcher([dep, PUSH]);

const seen = (method: string, path: string, authority = '127.0.0.1:8990'): unknown => {
  const request: HttpRequest = { ...requestOf(method, path), authority };
  const found = match(request);
  switch (found.kind) {
    case 'operation':
      return [found.route.operation.name, { ...found.parameters }];
    case 'wrong_method':
      return [405, ...found.methods];
    case 'unserved_host':
      return [501, found.host];
    case 'unknown_path':
      return 404;
  }
};

const CASES: readonly (readonly [requested: Parameters<typeof seen>, found: unknown])[] = [
  [
    ['GET', '/session'],
    ['dep.session', {}],
  ],
  [
    ['POST', '/profile'],
    ['dep.profile.define', {}],
  ],
  [
    ['GET', '/profile'],
    ['dep.profile.get', {}],
  ],
  [
    ['PUT', '/profile/devices'],
    ['dep.profile.assign', {}],
  ],
  [
    ['POST', '/profile/devices'],
    ['dep.profile.assign', {}],
  ],
  [
    ['DELETE', '/profile/devices'],
    ['dep.profile.remove', {}],
  ],
  [
    ['PATCH', '/profile/devices'],
    [405, 'POST', 'PUT', 'DELETE'],
  ],
  [
    ['get', '/session'],
    [405, 'GET'],
  ],
  [['GET', '/session/'], 404],
  [['GET', '/SESSION'], 404],
  [['GET', ''], 404],
  [['GET', '/__proto__'], 404],
  [
    ['POST', '/3/device/abc'],
    ['push.send', { token: 'abc' }],
  ],
  [
    ['POST', '/3/device/a%2Fb'],
    ['push.send', { token: 'a/b' }],
  ],
  [
    ['POST', '/3/device/%'],
    ['push.send', { token: '%' }],
  ],
  [
    ['POST', '/3/device/'],
    ['push.send', { token: '' }],
  ],
  [['POST', '/3/device/a/b'], 404],
  [
    ['GET', '/3/device/status'],
    ['push.exact', {}],
  ],
  // A path that stands in the table exactly is never a place of a pattern.
  [
    ['POST', '/3/device/status'],
    [405, 'GET'],
  ],
  [
    ['GET', '/session', 'mdmenrollment.apple.com'],
    ['dep.session', {}],
  ],
  [
    ['GET', '/session', 'MDMenrollment.apple.com:443'],
    ['dep.session', {}],
  ],
  [['GET', '/session', 'push.test.apple.com'], 404],
  [['POST', '/3/device/abc', 'mdmenrollment.apple.com'], 404],
  [
    ['GET', '/session', 'gdmf.apple.com'],
    [501, 'gdmf.apple.com'],
  ],
  [
    ['GET', '/session', 'gdmf.apple.com.evil.test'],
    ['dep.session', {}],
  ],
];

describe('the matcher', () => {
  for (const [requested, found] of CASES)
    it(`${requested.join(' ')} is ${JSON.stringify(found)}`, () =>
      assert.deepEqual(seen(...requested), found));

  it('finds every operation of the table by each of its methods', () => {
    for (const { name, methods, path } of dep.operations)
      for (const method of methods) assert.deepEqual(seen(method, path), [name, {}]);
  });
});
