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
    'a token that is gone is asked for once at most': repeated('push to the former token'),
    'the new token is used': without('push to the new token'),
  },
};

export const MAGIC_ROTATED: Example = {
  scenario: 'incidents/magic-rotated',
  story: [push('push', MAC), push('push again', MAC)],
  failing: {
    'every push has the magic that the device has': altered('push again', { magic: 'first' }),
    'the Mac is pushed to again': without('push again'),
  },
};

export const BAD_DEVICE_TOKEN: Example = {
  scenario: 'incidents/bad-device-token',
  story: [push('push to an unknown token', MAC, { token: UNKNOWN_TOKEN }), push('push', MAC)],
  failing: {
    'a token that is refused is forgotten': repeated('push to an unknown token'),
    'nothing but tokens is refused': followed('push', push('push', MAC, { topic: 'com.example.other' })),
    'the others get their pushes': without('push'),
  },
};

export const RENEWED_WITH_ANOTHER_TOPIC: Example = {
  scenario: 'incidents/renewed-with-another-topic',
  story: [push('push', MAC), push('push after the renewal', MAC)],
  failing: {
    'the certificate has the topic that devices enrolled with': altered('push after the renewal', {
      topic: 'com.apple.mgmt.External.00000000-0000-4000-8000-000000000000',
    }),
    'the Mac is reached': (story) =>
      altered('push', { token: UNKNOWN_TOKEN })(
        altered('push after the renewal', { token: UNKNOWN_TOKEN })(story),
      ),
  },
};

export const CERTIFICATE_EXPIRED: Example = {
  scenario: 'incidents/certificate-expired',
  story: [wait('an hour', HOUR), push('push', MAC)],
  failing: {
    'the Mac is reached with the renewed certificate': altered('push', { token: UNKNOWN_TOKEN }),
    'what had waited is no storm': repeated('push', 2),
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
    'it waits before it tries again': without('after 429'),
    'it gets through in the end': without('push again'),
    'it does not storm': repeated('push again', 3),
  },
};

export const DEVICE_OFFLINE: Example = {
  scenario: 'incidents/device-offline',
  story: [push('push', MAC), wait('an hour', HOUR), push('push once more', MAC), wait('two hours', 2 * HOUR)],
  failing: {
    'a push may wait for the Mac': altered('push', { expiration: 0 }),
    'one that waits is not sent again and again': repeated('push', 2),
    'every push is of use to the Mac': altered('push', { magic: 'another' }),
  },
};

export const WAVE: Example = {
  scenario: 'incidents/wave',
  story: [0, 1, 2, 3].flatMap((quarter) => [
    wave(`quarter ${quarter}`, quarter * 2500, 2500),
    wait(`after quarter ${quarter}`, 2 * MINUTE),
  ]),
  failing: {
    'not more than a quarter of them are woken in the first minute': without('after quarter 0'),
    'every iPhone is pushed to once': without('quarter 3'),
    'every push has the magic that the device has': altered('quarter 3', { magic: 'another' }),
  },
};
