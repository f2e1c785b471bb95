import { readFile } from 'node:fs/promises';
import { shownDevice } from '../../src/control/shown-device.ts';
import { type Crabapple, createCrabapple } from '../../src/crabapple.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import type { DeviceRef } from '../../src/organization/device-ref.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { requestOf, textOf } from '../dep/asking.ts';
import type { AppleSide, PushAddress } from './scripted-mdm.ts';

function addressOf(organization: Organization, device: DeviceRef): PushAddress {
  const { push_token, push_magic, push_topic } = shownDevice(organization, device);
  return { token: String(push_token), magic: String(push_magic), topic: String(push_topic) };
}

const encoder = new TextEncoder();

/** The simulated Apple of a scenario file, without a port. */
export async function appleOf(file: string): Promise<Crabapple> {
  const readText = (path: string) => readFile(path, 'utf8');
  return createCrabapple(await readText(file), {}, { file, readFile: readText });
}

/** A simulated Apple in this process, as a scripted MDM server reaches it. */
export function inProcess(apple: Crabapple): AppleSide {
  const { organization } = apple.tenants.default;
  return {
    url: 'http://apple.test',
    async send({ method, path, headers, body }) {
      const [plain = '', query = ''] = path.split('?');
      const outcome = await apple.handle({
        ...requestOf(method, plain, { body: encoder.encode(body ?? '') }),
        query,
        headers,
      });
      if (outcome.kind !== 'response') return undefined;
      return { status: outcome.status, headers: outcome.headers, text: textOf(outcome) };
    },
    async token(server) {
      // What is due in the portal by now is done.
      organization.settle();
      return currentToken(organization.enrollment.servers[server]!);
    },
    async contentToken() {
      organization.settle();
      return contentTokenFile(
        organization.content.locations[0]!.tokens.at(-1)!,
        organization.account.org_name,
      );
    },
    async advance(milliseconds) {
      organization.runtime.clock.advance(milliseconds);
    },
    async push(serial) {
      organization.settle();
      return addressOf(organization, organization.enrollment.inventory.find(serial)!);
    },
    async pushes(from, count) {
      const devices = [...organization.enrollment.inventory.all()].slice(from, from + count);
      return devices.map((device) => addressOf(organization, device));
    },
  };
}
