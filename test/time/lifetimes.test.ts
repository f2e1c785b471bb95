import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ConnectionHandler } from '../../src/engine/connection-policy.ts';
import { performAction } from '../../src/organization/actions.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { certificateFor, connectionWith } from '../apns/provider.ts';
import { keyPair, providerToken, publicPem } from '../apns/signing.ts';
import { CLOCKS, type Move, moves, Traveler } from './traveler.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-03-02T08:00:00Z');

const journeys = fc.array(moves, { maxLength: 12 });

/** After each move of a random journey, under each kind of clock. */
function always(
  what: string,
  scenario: object,
  begin: (traveler: Traveler) => Promise<(traveler: Traveler, move: Move) => Promise<void>>,
): void {
  for (const [name, clock] of Object.entries(CLOCKS)) {
    it(`${what}, under a ${name} clock`, async () => {
      await fc.assert(
        fc.asyncProperty(journeys, async (journey) => {
          const traveler = await Traveler.start(clock, scenario);
          const check = await begin(traveler);
          for (const move of journey) {
            traveler.move(move);
            assert.equal(traveler.organization.runtime.clock.now(), traveler.now);
            await check(traveler, move);
          }
        }),
        { numRuns: 40, seed: 51 },
      );
    });
  }
}

describe('lifetimes under any clock', () => {
  const EXPIRY = START + 5 * DAY;
  const CREDENTIALS = {
    consumer_key: 'CK_1',
    consumer_secret: 'CS_1',
    access_token: 'AT_1',
    access_secret: 'AS_1',
  };

  const serverUntil = (expiry: string) => ({
    mdm_servers: [{ server_name: 'MDM', server_token: { ...CREDENTIALS, access_token_expiry: expiry } }],
  });
  const FOR_EVER = serverUntil('8999-01-01');

  always('a session lives as long as it is not idle for ten minutes', FOR_EVER, async (traveler) => {
    let session: string = (await traveler.openSession()).body.auth_session_token;
    let usedAt = traveler.now;
    return async () => {
      const { status } = await traveler.dep(session, 'GET', '/account');
      assert.equal(status, traveler.now - usedAt < 10 * MINUTE ? 200 : 401);
      if (status === 401) session = (await traveler.openSession()).body.auth_session_token;
      usedAt = traveler.now;
    };
  });

  always(
    'a cursor is good for seven days',
    { devices: [{ generate: 3 }], behavior: { dep: { session_idle: '36500d' } } },
    async (traveler) => {
      const session = (await traveler.openSession()).body.auth_session_token;
      const { cursor } = (await traveler.dep(session, 'POST', '/server/devices', {})).body;
      const issuedAt = traveler.now;
      return async () => {
        const { text, status } = await traveler.dep(session, 'POST', '/devices/sync', { cursor });
        if (traveler.now - issuedAt > 7 * DAY) assert.equal(text, 'EXPIRED_CURSOR');
        else assert.equal(status, 200, text);
      };
    },
  );

  always(
    'a server token opens sessions until it expires, by honest clocks of clients',
    serverUntil(new Date(EXPIRY).toISOString()),
    async (traveler) => async () => {
      const { status } = await traveler.openSession();
      assert.equal(status, traveler.now < EXPIRY ? 200 : 403);
    },
  );

  always(
    'a content token is good until it expires',
    {
      locations: [{ name: 'HQ', content_tokens: [{ expires: new Date(EXPIRY).toISOString() }] }],
    },
    async (traveler) => async () => {
      const { status } = await traveler.content('GET', '/client/config');
      assert.equal(status === 200, traveler.now < EXPIRY);
    },
  );

  always(
    'an event of Apps and Books completes after its delay, not before',
    {
      locations: [
        { name: 'HQ', assets: [{ adam_id: 1, total: 5 }], content_tokens: [{ expires: '2999-01-01' }] },
      ],
      behavior: { vpp: { event_delay: '10m' } },
    },
    async (traveler) => {
      const assets = [{ adamId: '1', pricingParam: 'STDQ' }];
      const associated = await traveler.content('POST', '/assets/associate', {
        assets,
        serialNumbers: ['C02'],
      });
      const due = traveler.now + 10 * MINUTE;
      return async () => {
        const { body } = await traveler.content('GET', `/status?eventId=${associated.body.eventId}`);
        assert.equal(body.eventStatus, traveler.now >= due ? 'COMPLETE' : 'PENDING');
      };
    },
  );

  always(
    'a push that waits is delivered if its device comes back before it expires',
    { devices: [{ serial_number: 'SLEEPER', offline: true }] },
    async (traveler) => {
      const { push, enrollment } = traveler.organization;
      const registration = registrationOf(enrollment.inventory.find('SLEEPER')!);
      let sent = 0;
      const send = async (): Promise<number> => {
        // Another second each time: one that was seen before is carried over as it was then.
        sent += 1;
        const expiration = String(traveler.wallSeconds + 3600 + sent);
        const path = `/3/device/${push.registrations.token(registration)}`;
        const body = { mdm: push.registrations.magic(registration) };
        assert.equal((await traveler.ask('POST', path, { 'apns-expiration': expiration }, body)).status, 200);
        const { stored } = push.registrations.record(registration)!;
        // The hour of the client's clock is an hour of ours.
        const ahead = Number(expiration) * 1000 - traveler.wallNow;
        assert.equal(stored!.expiresAt, traveler.now + ahead);
        return stored!.expiresAt;
      };
      let expiresAt = await send();
      return async () => {
        const { counts } = push;
        const before = counts.deliveredFromStorage;
        performAction(traveler.organization, { bring_online: ['SLEEPER'] });
        assert.equal(counts.deliveredFromStorage - before, traveler.now < expiresAt ? 1 : 0);
        performAction(traveler.organization, { take_offline: ['SLEEPER'] });
        expiresAt = await send();
      };
    },
  );

  always(
    'a push certificate is good until its last moment, at the handshake and on a connection that is open',
    { devices: [{ serial_number: 'PUSHED' }] },
    async (traveler) => {
      const { push, enrollment } = traveler.organization;
      const registration = registrationOf(enrollment.inventory.find('PUSHED')!);
      const path = `/3/device/${push.registrations.token(registration)}`;
      const body = { mdm: push.registrations.magic(registration) };
      const topic = push.registrations.topic(registration);
      const connected = () =>
        connectionWith({ certificate: certificateFor(topic, { notAfter: START + 5 * DAY }) });
      const open = connected();
      return async () => {
        const isGood = traveler.now <= START + 5 * DAY;
        assert.equal(
          new ConnectionHandler(traveler.apple.engine).onConnection(connected()).kind,
          isGood ? 'serve' : 'close',
        );
        const outcome = await traveler.send('POST', path, {}, body, open);
        assert.equal(outcome.kind, isGood ? 'response' : 'goaway', outcome.why);
      };
    },
  );

  it('a provider token is good for an hour from when it was first shown', async () => {
    const APP = 'com.acme.app';
    const pair = await keyPair();
    const scenario = {
      devices: [{ serial_number: 'PUSHED', push_topic: APP }],
      push: { keys: [{ key_id: 'ABCDEFGH23', team_id: 'TEAMTEAM23', public_key: await publicPem(pair) }] },
    };
    await fc.assert(
      fc.asyncProperty(journeys, fc.constantFrom(...Object.values(CLOCKS)), async (journey, clock) => {
        const traveler = await Traveler.start(clock, scenario);
        const { push, enrollment } = traveler.organization;
        const registration = registrationOf(enrollment.inventory.find('PUSHED')!);
        const claims = { kid: 'ABCDEFGH23', iss: 'TEAMTEAM23', iat: traveler.wallSeconds };
        const authorization = `bearer ${await providerToken(pair, claims)}`;
        const send = () =>
          traveler.ask(
            'POST',
            `/3/device/${push.registrations.token(registration)}`,
            { authorization, 'apns-topic': APP, 'apns-push-type': 'alert' },
            { aps: { alert: 'x' } },
            connectionWith(),
          );
        const first = await send();
        assert.equal(first.status, 200, first.text);
        const shownAt = traveler.now;
        for (const move of journey) {
          traveler.move(move);
          const { status, text } = await send();
          if (traveler.now - shownAt > 60 * MINUTE) assert.match(text, /ExpiredProviderToken/);
          else assert.equal(status, 200, text);
        }
      }),
      { numRuns: 60, seed: 52 },
    );
  });
});
