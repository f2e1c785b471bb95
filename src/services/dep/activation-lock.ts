import { explained } from '../../core/outcome.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import type { Organization } from '../../organization/organization.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './dep-error.ts';
import { accessible, whyNotAccessible } from './device-results.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';

type LockResult =
  | 'SUCCESS'
  | 'NOT_ACCESSIBLE'
  | 'ORG_NOT_SUPPORTED'
  | 'DEVICE_NOT_SUPPORTED'
  | 'DEVICE_ALREADY_LOCKED'
  | 'FAILED';

function lockResult(organization: Organization, device: DeviceRef | undefined): LockResult {
  if (device === undefined) return 'NOT_ACCESSIBLE';
  const { inventory } = organization.enrollment;
  const forced = organization.behavior.dep.activation_lock;
  if (forced !== 'by_state') return forced;
  if (!organization.definition.activationLock) return 'ORG_NOT_SUPPORTED';
  // Apple TV has no activation lock: https://support.apple.com/guide/deployment/depf4ab94ef1/web
  if (inventory.facts(device).device_family === 'AppleTV') return 'DEVICE_NOT_SUPPORTED';
  return inventory.rare(device).activationLocked ? 'DEVICE_ALREADY_LOCKED' : 'SUCCESS';
}

export const activationLock = operation({
  about: 'Locks a device to the organization',
  scheme: sessionScheme,
  body: { device: 'text', escrow_key: 'text', lost_message: 'text' },
  errors: [],
  source: ADE_PAGES.activationLock,
  handler({ organization, body, caller: { server } }) {
    const serial = body.device ?? '';
    if (serial === '') return depError('MALFORMED_REQUEST_BODY', '`device` must name a serial number');
    const device = accessible(organization, server.index, serial);
    const result = lockResult(organization, device);
    if (result === 'SUCCESS' && device !== undefined) {
      organization.apply({
        type: 'activation_locked',
        device,
        // micromdm sends "" for what is not set: https://github.com/micromdm/micromdm/blob/main/dep/activation_lock.go
        escrowKey: body.escrow_key || undefined,
        lostMessage: body.lost_message || undefined,
      });
    }
    const why = device === undefined ? whyNotAccessible(organization, serial) : undefined;
    return explained(json(organization, { serial_number: serial, response_status: result }), why);
  },
});
