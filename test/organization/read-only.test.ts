import assert from 'node:assert/strict';
import type { Organization } from '../../src/organization/organization.ts';
import { organizationOf } from './organization-of.ts';

/** Writes that only reducers may do. The type check fails if one of them is accepted here. */
const WRITES: readonly ((organization: Organization) => unknown)[] = [
  // @ts-expect-error an inventory is read-only outside of reducers
  ({ enrollment }) => enrollment.inventory.edit(1, {}),
  // @ts-expect-error
  ({ enrollment }) => enrollment.inventory.writeRare(1, {}),
  // @ts-expect-error
  ({ enrollment }) => enrollment.inventory.add({}),
  // @ts-expect-error
  ({ enrollment }) => enrollment.profiles.add(0, '', {}),
  // @ts-expect-error
  ({ enrollment }) => enrollment.servers[0]?.log.append({}),
  // @ts-expect-error
  ({ enrollment }) => enrollment.servers[0]?.log.foldBefore(0),
  // @ts-expect-error
  ({ enrollment }) => enrollment.servers[0]?.sessions.clear(),
  // @ts-expect-error
  ({ enrollment }) => enrollment.servers[0]?.tokens.pop(),
  (organization) => {
    // @ts-expect-error
    organization.enrollment.terms = 'expired';
  },
  // @ts-expect-error
  ({ push }) => push.registrations.touch(1),
  // @ts-expect-error
  ({ push }) => push.newest.write(1, {}),
  // @ts-expect-error
  ({ push }) => push.keys.clear(),
  (organization) => {
    // @ts-expect-error
    organization.push.counts.accepted = 0;
  },
  // @ts-expect-error
  ({ content }) => content.locations[0]?.assets.add({}),
  // @ts-expect-error
  ({ content }) => content.locations[0]?.assignments.remove(0, 0, 0),
  // @ts-expect-error
  ({ content }) => content.locations[0]?.users.link({}, ''),
  (organization) => {
    // @ts-expect-error
    organization.content.locations[0]!.versions.users = 0;
  },
];

describe('the state of an organization', () => {
  it('is read-only outside of reducers: the type check rejects every other write', () => {
    assert.equal(WRITES.length, 17);
  });

  it('does not share mutable parts with its compact encoding', () => {
    const organization = organizationOf({
      devices: [{ serial_number: 'ONE1' }],
      locations: [{ name: 'HQ' }],
    });
    const saved = organization.serialize();
    const before = structuredClone(saved);
    organization.apply({ type: 'terms_expired' });
    organization.apply({ type: 'session_opened', server: 0, token: 't', alone: false });
    organization.apply({ type: 'content_token_revoked', location: 0 });
    organization.apply({ type: 'content_version_changed', location: 0, dataSet: 'users' });
    organization.apply({ type: 'push_counted', registration: 0 });
    organization.apply({
      type: 'push_discarded',
      registration: 2,
      push: { apnsId: 'a', topic: 't', payload: '', at: 0 },
      reason: 'not_stored',
    });
    assert.deepEqual(saved, before);
    assert.notDeepEqual(organization.serialize().areas, before.areas);
  });
});
