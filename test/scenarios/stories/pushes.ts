import type { Example } from '../example.ts';
import { altered, followed, repeated, without } from '../mutation.ts';
import { push, wait, wave } from '../step.ts';

const MAC = 'C02PUSH00001';
const UNKNOWN_TOKEN = 'ab'.repeat(32);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const TOKEN_ROTATED: Example = {
  scenario: 'incidents/token-rotated',
  story: [
    push('push', MAC),
    push('push to the former token', MAC, { token: 'first' }),
    push('push to the new token', MAC),
  ],
  failing: {
    'pushes to a replaced token at most once': repeated('push to the former token'),
    'pushes to the new token': without('push to the new token'),
  },
};

export const MAGIC_ROTATED: Example = {
  scenario: 'incidents/magic-rotated',
  story: [push('push', MAC), push('push again', MAC)],
  failing: {
    'sends every push with the current PushMagic of the device': altered('push again', { magic: 'first' }),
    'pushes to the Mac again': without('push again'),
  },
};

export const BAD_DEVICE_TOKEN: Example = {
  scenario: 'incidents/bad-device-token',
  story: [push('push to an unknown token', MAC, { token: UNKNOWN_TOKEN }), push('push', MAC)],
  failing: {
    'drops a rejected token': repeated('push to an unknown token'),
    'gets no rejection for its topic or certificate': followed(
      'push',
      push('push', MAC, { topic: 'com.example.other' }),
    ),
    'delivers the other pushes': without('push'),
  },
};

export const RENEWED_WITH_ANOTHER_TOPIC: Example = {
  scenario: 'incidents/renewed-with-another-topic',
  story: [push('push', MAC), push('push after the renewal', MAC)],
  failing: {
    'uses a certificate with the topic that the devices enrolled with': altered('push after the renewal', {
      topic: 'com.apple.mgmt.External.00000000-0000-4000-8000-000000000000',
    }),
    'reaches the Mac': (story) =>
      altered('push', { token: UNKNOWN_TOKEN })(
        altered('push after the renewal', { token: UNKNOWN_TOKEN })(story),
      ),
  },
};

export const CERTIFICATE_EXPIRED: Example = {
  scenario: 'incidents/certificate-expired',
  story: [wait('an hour', HOUR), push('push', MAC)],
  failing: {
    'reaches the Mac with the renewed certificate': altered('push', { token: UNKNOWN_TOKEN }),
    'does not flood the service with delayed pushes': repeated('push', 2),
  },
};

export const SERVICE_IN_TROUBLE: Example = {
  scenario: 'incidents/service-in-trouble',
  story: [
    push('push into 429', MAC),
    wait('after 429', 15 * MINUTE),
    push('push into 503', MAC),
    wait('after 503', 15 * MINUTE),
    push('push into GOAWAY', MAC),
    push('push again', MAC),
  ],
  failing: {
    'waits before the next attempt': without('after 429'),
    'delivers the push eventually': without('push again'),
    'sends at most six pushes': repeated('push again', 3),
  },
};

export const DEVICE_OFFLINE: Example = {
  scenario: 'incidents/device-offline',
  story: [push('push', MAC), wait('an hour', HOUR), push('push once more', MAC), wait('two hours', 2 * HOUR)],
  failing: {
    'lets Apple store the push': altered('push', { expiration: 0 }),
    'does not repeat a stored push': repeated('push', 2),
    'sends every push with the PushMagic of the Mac': altered('push', { magic: 'another' }),
  },
};

export const WAVE: Example = {
  scenario: 'incidents/wave',
  story: [0, 1, 2, 3].flatMap((quarter) => [
    wave(`quarter ${quarter}`, quarter * 2500, 2500),
    wait(`after quarter ${quarter}`, 2 * MINUTE),
  ]),
  failing: {
    'wakes at most a quarter of the devices in the first minute': without('after quarter 0'),
    'pushes to every iPhone once': without('quarter 3'),
    'sends every push with the current PushMagic of the device': altered('quarter 3', { magic: 'another' }),
  },
};
