import assert from 'node:assert/strict';
import { type Crabapple, createCrabapple, type HttpRequest, TenantError } from '../../src/index.ts';

const request = (path: string, headers: HttpRequest['headers'] = {}): HttpRequest => ({
  method: 'GET',
  scheme: 'https',
  authority: 'mdmenrollment.apple.com',
  path,
  query: '',
  headers,
  body: new Uint8Array(),
  transport: { name: 'test' },
});

describe('organizations', () => {
  let apple: Crabapple;

  beforeEach(async () => {
    apple = await createCrabapple({ name: 'First', devices: [{ generate: 3, device_family: 'Mac' }] });
  });

  afterEach(() => apple[Symbol.dispose]());

  it('contains the organization of the scenario as the default organization', () => {
    assert.equal(apple.organizations.size, 1);
    assert.equal(apple.organizations.default.id, 'first');
    assert.equal(apple.organizations.get('first'), apple.organizations.default);
    assert.equal(apple.organizations.get('unknown'), undefined);
  });

  it('adds organizations from an object or YAML text, each with its own credentials', async () => {
    const second = await apple.organizations.add({ name: 'Second' });
    const third = await apple.organizations.add('name: Third', { id: 'no-3' });
    assert.deepEqual(
      [...apple.organizations].map(({ id }) => id),
      ['first', 'second', 'no-3'],
    );
    const keys = [apple.organizations.default, second, third].map(
      ({ credentials }) => credentials.consumerKey,
    );
    assert.equal(new Set(keys).size, 3);
  });

  it('offers the members of the default organization', async () => {
    assert.equal(apple.credentials.consumerKey, apple.organizations.default.credentials.consumerKey);
    const other = await apple.organizations.add({ name: 'Other' }, { default: true });
    assert.equal(apple.credentials.consumerKey, other.credentials.consumerKey);
    assert.equal(apple.devices.size, 0);
  });

  it('removes an organization, but not the default one', async () => {
    const { id } = await apple.organizations.add({ name: 'Second' });
    apple.organizations.remove(id);
    assert.equal(apple.organizations.size, 1);
    assert.throws(() => apple.organizations.remove('first'), { name: 'TenantError', problem: 'is_default' });
    assert.throws(() => apple.organizations.remove(id), { name: 'TenantError', problem: 'unknown_id' });
  });

  it('rejects an id that is in use', async () => {
    await assert.rejects(apple.organizations.add({ name: 'Second' }, { id: 'first' }), TenantError);
  });

  it('removes an organization at the end of `await using`', async () => {
    {
      await using passing = await apple.organizations.add({ name: 'Passing' });
      assert.equal(apple.organizations.get('passing'), passing);
    }
    assert.equal(apple.organizations.get('passing'), undefined);
  });

  it('makes the oldest organization the default when the default one is disposed of', async () => {
    {
      using _ = await apple.organizations.add({ name: 'Passing' }, { default: true });
      assert.equal(apple.organizations.default.id, 'passing');
    }
    assert.equal(apple.organizations.default.id, 'first');
  });

  it('rejects calls on a removed organization', async () => {
    const left = await apple.organizations.add({ name: 'Left' });
    left[Symbol.dispose]();
    left[Symbol.dispose]();
    const another = await apple.organizations.add({ name: 'Left' });
    assert.equal(another.id, left.id);
    await assert.rejects(left.addDevices([{ generate: 1 }]), /the organization left was removed/);
    assert.equal(another.devices.size, 0);
  });

  it('returns 503 to every request after it was disposed of', async () => {
    const before = await apple.handle(request('/session'));
    assert.equal(before.kind === 'response' && before.status, 400);
    await apple[Symbol.asyncDispose]();
    await apple[Symbol.asyncDispose]();
    assert.equal(apple.organizations.size, 0);
    const after = await apple.handle(request('/session'));
    assert.equal(after.kind === 'response' && after.status, 503);
  });
});
