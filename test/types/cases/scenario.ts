import { createCrabapple, type Scenario } from 'crabapple';

/** The types accept what a scenario file accepts. */
export const whole: Scenario = {
  name: 'Types',
  seed: 7,
  clock: { at: '2026-03-02T08:00:00Z', rate: 2 },
  client_time: 'virtual',
  credentials: 'generate',
  depsim: false,
  organization: { org_name: 'Acme', org_type: 'edu', terms: 'expired', beta_tokens: null },
  mdm_servers: [{ server_name: 'Acme MDM', profiles: [{ profile_name: 'One', url: 'https://mdm.example' }] }],
  devices: [
    { serial_number: 'C02ACME0001', device_family: 'Mac' },
    { generate: 5, device_family: 'iPad' },
  ],
  push: { keys: [{ environment: 'sandbox' }] },
  locations: [{ name: 'Headquarters', assets: [{ adam_id: 361309726, total: 5 }, { generate: 3 }] }],
  apps: [{ adam_id: '361309726', name: 'Pages' }],
  managed_apple_accounts: ['one@example.org'],
  webhooks: { allow_http: true },
  behavior: { dep: { session_idle: '5m', limit_default: 10, cursor_stuck: true } },
  faults: [
    { on: 'dep.*', answer: 'T_C_NOT_SIGNED', times: 1, after: '1h', latency: { uniform: ['1s', '2s'] } },
  ],
  server_faults: [{ on: 'connection', answer: { tls_alert: 'unknown_ca' } }],
  timeline: [
    { after: { operation: 'dep.profile.assign' }, add_devices: [{ generate: 10 }] },
    { at: '2026-03-03', set_faults: [{ on: 'apns.push', answer: { status: 503 } }] },
    { after: '1h30m', clear_faults: true },
  ],
  expect: [
    { operation: 'dep.profile.define', times: { at_least: 1 }, fields: { '$.body.org_magic': 'present' } },
    { never: 'dep.devices.disown' },
    { in_order: ['dep.session', 'dep.account'], adjacent: true },
  ],
  allow_silent: true,
};

// One that is made beside its use is checked by `satisfies`, and may be constant in depth.
export const constant = {
  name: 'Constant',
  devices: [{ generate: 1, device_family: 'Mac' }],
} as const satisfies Scenario;
void createCrabapple(constant);
void createCrabapple('name: Text');

// @ts-expect-error a scenario has a name
void createCrabapple({});
// @ts-expect-error no such key
void createCrabapple({ name: 'x', sed: 7 });
// @ts-expect-error no such family of devices
void createCrabapple({ name: 'x', devices: [{ generate: 1, device_family: 'Mcintosh' }] });
// @ts-expect-error devices by the number have no serial number
void createCrabapple({ name: 'x', devices: [{ generate: 1, serial_number: 'C02ACME0001', udid: 'x' }] });
// @ts-expect-error no such model
void createCrabapple({ name: 'x', devices: [{ generate: 1, model: 'Newton' }] });
// @ts-expect-error no such behavior
void createCrabapple({ name: 'x', behavior: { dep: { limit_defaul: 1 } } });
// @ts-expect-error no such word of a behavior
void createCrabapple({ name: 'x', behavior: { dep: { field_gating: 'sometimes' } } });
// @ts-expect-error no duration
void createCrabapple({ name: 'x', behavior: { dep: { session_idle: 'soon' } } });
// @ts-expect-error no such operation
void createCrabapple({ name: 'x', faults: [{ on: 'dep.sesion', answer: 'T_C_NOT_SIGNED' }] });
// @ts-expect-error no such error of Apple's
void createCrabapple({ name: 'x', faults: [{ on: 'dep.session', answer: 'T_C_NOT_SINGED' }] });
// @ts-expect-error no such error of Apps and Books
void createCrabapple({ name: 'x', faults: [{ on: 'vpp.*', answer: 9999 }] });
// @ts-expect-error no such TLS alert
void createCrabapple({ name: 'x', faults: [{ on: 'connection', answer: { tls_alert: 'unkown_ca' } }] });
// @ts-expect-error no such operation
void createCrabapple({ name: 'x', expect: [{ never: 'dep.devices.disow' }] });
// @ts-expect-error no such matcher
void createCrabapple({ name: 'x', expect: [{ operation: 'dep.session', each: { '$.path': { equal: 1 } } }] });
// @ts-expect-error no such word of a matcher
void createCrabapple({ name: 'x', expect: [{ operation: 'dep.session', each: { '$.path': 'presnt' } }] });
// @ts-expect-error a list is no matcher; `one_of` takes one
void createCrabapple({ name: 'x', expect: [{ operation: 'dep.session', each: { '$.path': ['/session'] } }] });
// @ts-expect-error no such word within `not`
void createCrabapple({ name: 'x', expect: [{ never: 'dep.*', where: { '$.path': { not: 'absnt' } } }] });
// @ts-expect-error no location
void createCrabapple({ name: 'x', expect: [{ operation: 'dep.session', each: { path: 'present' } }] });
// @ts-expect-error no such action
void createCrabapple({ name: 'x', timeline: [{ after: '1h', add_device: [{ generate: 1 }] }] });
// @ts-expect-error an entry of the timeline has a time
void createCrabapple({ name: 'x', timeline: [{ expire_terms: true }] });
// @ts-expect-error an entry of the timeline has an action
void createCrabapple({ name: 'x', timeline: [{ after: '1h' }] });
// @ts-expect-error no such option
void createCrabapple({ name: 'x' }, { journals: { entries: 1, bytes: 1 } });
