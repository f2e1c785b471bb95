import type { DeviceFamily } from '../../organization/inventory/device-facts.ts';

/** What somebody wants in a first scenario. */
export interface Choices {
  readonly name: string;
  readonly orgName: string;
  readonly mdmServer: string;
  readonly deviceFamily: DeviceFamily;
  readonly devices: number;
}

/** A word that YAML cannot take for anything but text. */
const word = (text: string): string => (/^[A-Za-z][\w .&'-]*[\w.]$/.test(text) ? text : JSON.stringify(text));

/** A first scenario, commented, that verifies a whole enrollment. */
export function scenarioText({ name, orgName, mdmServer, deviceFamily, devices }: Choices): string {
  return `# yaml-language-server: $schema=./scenario.schema.json
# A scenario describes one organization of the simulated Apple, and what your MDM must send to it.
#   crabapple validate FILE          checks this file
#   crabapple serve FILE --watch     serves it, and follows your changes
#   crabapple exec FILE -- COMMAND   serves it, runs your tests, verifies the expectations below
name: ${word(name)}
seed: 1                                # the same seed makes the same devices, every time
# clock: 2026-03-02T08:00:00Z          # virtual time; without it, real time
organization:
  org_name: ${word(orgName)}
mdm_servers:
  - server_name: ${word(mdmServer)}    # its server token is generated: crabapple env shows it
devices:
  - generate: ${devices}
    device_family: ${deviceFamily}
# behavior:                           # where Apple leaves a choice: docs/fidelity.md lists every key
#   dep: { session_idle: 5m }
# faults:                              # what shall go wrong
#   - { on: dep.session, answer: T_C_NOT_SIGNED, times: 1 }
expect:
  - name: the MDM reads its account before it does anything else
    in_order: [dep.session, dep.account]
  - name: the MDM fetches its devices
    operation: dep.devices.fetch
  - name: a profile is defined that says where devices enroll
    operation: dep.profile.define
    fields:
      $.body.profile_name: present
      $.body.url: { matches: "^https://" }
  - name: no device is given up
    never: dep.devices.disown
`;
}
