import type { Operation } from '../../src/engine/service.ts';
import { dep } from '../../src/services/dep/index.ts';

export const SERIAL = 'C02ACME00001';
export const PROFILE_UUID = 'ABCDEF0123456789ABCDEF0123456789';

/** Organization with one named device of each kind, one profile, a second MDM server. */
export const SCENARIO = {
  seed: 7,
  clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
  organization: { org_name: 'Acme Corp', org_email: 'mdm@acme.example' },
  mdm_servers: [
    {
      server_name: 'Acme MDM',
      profiles: [
        { profile_uuid: PROFILE_UUID, profile_name: 'Acme default', url: 'https://mdm.acme.example/enroll' },
      ],
    },
    { server_name: 'Second MDM' },
  ],
  devices: [
    { serial_number: SERIAL, device_family: 'Mac', asset_tag: 'A-1' },
    { serial_number: 'DMPACME00002', device_family: 'iPad' },
    { serial_number: 'F2LACME00003', device_family: 'iPhone', mdm_server: 'Second MDM' },
  ],
} as const;

/** What `X-Server-Protocol-Version` can be: absent, every version that changes something, and no number. */
export const VERSIONS = [undefined, 1, 2, 3, 7, 8, 9, 10, 'ten'] as const;

export const nameOfVersion = (version: number | string | undefined): string =>
  version === undefined ? 'no version' : `version ${version}`;

/** A request that the operation answers with what it is for. */
export interface GoodRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const GOOD: Readonly<Record<string, { readonly query?: string; readonly body?: object }>> = {
  'dep.devices.fetch': { body: {} },
  'dep.devices.details': { body: { devices: [SERIAL] } },
  'dep.devices.disown': { body: { devices: ['UNKNOWN'] } },
  'dep.device.replacement': { query: `?device=${SERIAL}` },
  'dep.device.activation_lock': { body: { device: SERIAL } },
  'dep.profile.define': { body: { profile_name: 'Acme', url: 'https://mdm.acme.example/enroll' } },
  'dep.profile.get': { query: `?profile_uuid=${PROFILE_UUID}` },
  'dep.profile.assign': { body: { profile_uuid: PROFILE_UUID, devices: [SERIAL] } },
  'dep.profile.remove': { body: { devices: [SERIAL] } },
  'dep.account_driven.set': { body: { mdm_service_discovery_url: 'https://mdm.acme.example/discover' } },
};

export const SESSION_OPERATIONS: readonly Operation[] = dep.operations.filter(
  ({ scheme }) => scheme.name === 'session',
);

export function goodRequest(operation: Operation, method: string = operation.methods[0]!): GoodRequest {
  const { query = '', body } = GOOD[operation.name] ?? {};
  return { method, path: operation.path + query, ...(body === undefined ? {} : { body }) };
}
