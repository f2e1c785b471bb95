import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { performAction } from '../../src/organization/actions.ts';
import { renewal } from '../../src/organization/enrollment/actions.ts';
import { Organization } from '../../src/organization/organization.ts';
import { keyIdFor, topicFor } from '../../src/organization/push/initial-state.ts';
import { type RegistrationNumber, registrationOf } from '../../src/organization/push/registration.ts';
import { nextSessionToken } from '../../src/services/dep/credentials.ts';
import { CATALOG } from '../../src/services/index.ts';

const organizationOf = (id: string, seed: string): Organization =>
  new Organization(
    id,
    {
      name: id,
      seed,
      clock: { at: Date.parse('2026-03-02T08:00:00Z'), rate: 0 },
      account: {},
      terms: 'accepted',
      accountDrivenEnrollment: true,
      activationLock: true,
      depsim: false,
      mdmServers: [{ server_name: 'first' }, { server_name: 'second' }],
      devices: [{ generate: 50 }],
      push: { keys: [{}, {}] },
      locations: [{ name: 'Berlin' }, { name: 'Hamburg', content_tokens: [{}, {}] }],
      behavior: { dep: { renewal_consumer_key: 'new' } },
    },
    { behavior: CATALOG.behavior },
  );

const devicesOf = ({ enrollment }: Organization) => [...enrollment.inventory.all()];

const tokenOf = ({ push }: Organization, registration: RegistrationNumber): string => {
  const token = push.registrations.token(registration);
  assert(token !== undefined);
  return token;
};

const tokensOf = (organization: Organization): string[] =>
  devicesOf(organization).map((device) => tokenOf(organization, registrationOf(device)));

const serialNumbersOf = ({ enrollment }: Organization, devices: readonly number[]): string[] =>
  devices.map((device) => enrollment.inventory.facts(device).serial_number);

const consumerKeysOf = (organization: Organization): string[] =>
  organization.enrollment.servers.flatMap(({ tokens }) => tokens.map((token) => token.consumer_key));

const contentTokensOf = (organization: Organization): string[] =>
  organization.content.locations.flatMap(({ tokens }) => tokens.map(({ token }) => token));

/** How each kind of generated credential looks, and where its tag is, as `docs/fidelity.md` says. */
interface Kind {
  readonly form: RegExp;
  /** The tag of a credential, in hexadecimal and lower case. */
  readonly tagOf: (credential: string) => string;
  /** Credentials that the organization starts with, and those that it issues later. */
  readonly generate: (organization: Organization) => readonly string[];
}

const sixFrom =
  (start: number) =>
  (credential: string): string =>
    credential.slice(start, start + 6);

const tagOfAppleId = (id: string): string =>
  id.slice(0, 6).replaceAll('G', '0').replaceAll('H', '1').toLowerCase();

const KINDS: Readonly<Record<string, Kind>> = {
  'consumer key': {
    form: /^CK_[0-9a-f]{64}$/,
    tagOf: sixFrom(3),
    generate: (organization) => [
      ...consumerKeysOf(organization),
      renewal(organization, organization.enrollment.servers[0]!).credentials.consumer_key,
    ],
  },
  'session token': {
    form: /^\d{13}O1O[0-9A-F]{32}O[0-9A-F]{64}O[0-9A-F]{64}$/,
    tagOf: (token) => sixFrom(16)(token).toLowerCase(),
    generate: (organization) => [nextSessionToken(organization), nextSessionToken(organization)],
  },
  'content token': {
    form: /^[A-Za-z0-9+/]{86}==$/,
    tagOf: sixFrom(0),
    generate: (organization) => {
      performAction(organization, { renew_content_token: { location: 'Berlin' } });
      return contentTokensOf(organization);
    },
  },
  'MDM topic': {
    form: /^com\.apple\.mgmt\.External\.[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    tagOf: sixFrom('com.apple.mgmt.External.'.length),
    generate: ({ push, runtime }) => [push.topic, topicFor(runtime.identifiers, 'push topic 1')],
  },
  'team id and key id': {
    form: /^[A-HJ-NP-Z2-9]{10}$/,
    tagOf: tagOfAppleId,
    generate: ({ push, runtime }) => [
      push.teamId,
      ...push.keys.keys(),
      keyIdFor(runtime.identifiers, 'push key 2'),
    ],
  },
  'device token': {
    form: /^[0-9a-f]{64}$/,
    tagOf: sixFrom(0),
    generate: (organization) => {
      const atFirst = tokensOf(organization);
      const rotated = devicesOf(organization).slice(0, 2);
      performAction(organization, { rotate_push_tokens: serialNumbersOf(organization, rotated) });
      return [...atFirst, ...tokensOf(organization).slice(0, 2)];
    },
  },
};

const anyId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/);
const anySeed = fc.string();
const twoIds = fc.uniqueArray(anyId, { minLength: 2, maxLength: 2 });
const RUNS = { numRuns: 40 };

describe('generated credentials of an organization', () => {
  for (const [name, { form, tagOf, generate }] of Object.entries(KINDS)) {
    it(`${name}: has the recorded form and carries the tag at its documented place`, () => {
      fc.assert(
        fc.property(anyId, anySeed, (id, seed) => {
          const tag = createHash('sha256').update(id).digest('hex').slice(0, 6);
          for (const credential of generate(organizationOf(id, seed))) {
            assert.match(credential, form);
            assert.equal(tagOf(credential), tag);
          }
        }),
        RUNS,
      );
    });

    it(`${name}: is the same for the same seed and id, and never the same twice`, () => {
      fc.assert(
        fc.property(twoIds, anySeed, ([id, otherId], seed) => {
          const credentials = generate(organizationOf(id!, seed));
          assert.deepEqual(generate(organizationOf(id!, seed)), credentials);
          const others = generate(organizationOf(otherId!, seed));
          assert.equal(new Set([...credentials, ...others]).size, credentials.length + others.length);
        }),
        RUNS,
      );
    });
  }

  it('go on with the tag of the id that they were generated for, under another id', () => {
    const organization = organizationOf('acme', '7');
    const state = organization.readable();
    const renamed = new Organization(
      'other',
      { ...organization.definition, state },
      { behavior: CATALOG.behavior },
    );
    for (const { generate } of Object.values(KINDS))
      assert.deepEqual(generate(renamed), generate(organizationOf('acme', '7')));
  });

  it('are those of the scenario where it has some', () => {
    const { definition } = organizationOf('acme', '7');
    const token = 'ab'.repeat(32);
    const { push, content } = new Organization('acme', {
      ...definition,
      devices: [{ serial_number: 'C02ACME0001', push_token: token }],
      push: { topic: 'com.apple.mgmt.External.acme', teamId: 'TEAM000001', keys: [{ keyId: 'KEY0000001' }] },
      locations: [{ name: 'Berlin', content_tokens: [{ token: 'given' }] }],
    });
    assert.equal(push.registrations.token(push.registrations.find(token)!), token);
    assert.equal(push.topic, 'com.apple.mgmt.External.acme');
    assert.equal(push.teamId, 'TEAM000001');
    assert.deepEqual([...push.keys.keys()], ['KEY0000001']);
    assert.deepEqual(
      content.locations.map(({ tokens }) => tokens.map((known) => known.token)),
      [['given']],
    );
  });
});

describe('device tokens', () => {
  it('identify their device or user, and nothing in another organization or with another seed', () => {
    fc.assert(
      fc.property(twoIds, anySeed, fc.nat({ max: 49 }), ([id, otherId], seed, place) => {
        const organization = organizationOf(id!, seed);
        const others = [organizationOf(otherId!, seed), organizationOf(id!, `${seed}!`)];
        const device = devicesOf(organization)[place]!;
        const [serial = ''] = serialNumbersOf(organization, [device]);
        const user = registrationOf(device, 'user');
        const userToken = createHash('sha256').update(seed).digest('hex');
        const known = (token: string, registration: RegistrationNumber): void => {
          assert.equal(organization.push.registrations.find(token), registration);
          assert.equal(organization.push.registrations.find(token.toUpperCase()), registration);
          for (const { push } of others) assert.equal(push.registrations.find(token), undefined);
        };
        const generated = tokenOf(organization, registrationOf(device));
        known(generated, registrationOf(device));
        performAction(organization, {
          register_push: [{ serial_number: serial, channel: 'user', push_token: userToken }],
        });
        known(userToken, user);
        performAction(organization, { rotate_push_tokens: [serial, userToken] });
        known(tokenOf(organization, registrationOf(device)), registrationOf(device));
        known(tokenOf(organization, user), user);
        for (const former of [generated, userToken])
          assert.equal(organization.push.registrations.find(former), undefined);
      }),
      RUNS,
    );
  });
});
