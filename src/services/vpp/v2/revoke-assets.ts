import { revocablePairs } from '../../../organization/content/process-assets.ts';
import { operation } from '../../operation.ts';
import { VPP_PAGES } from '../pages.ts';
import { vppError } from '../vpp-error.ts';
import { writeScheme } from './authenticate.ts';
import { requestEvent } from './event.ts';
import { emptyIn, tooManyIn, twiceIn } from './lists.ts';
import { strangeMember } from './strangers.ts';

const BODY = { clientUserIds: 'texts', serialNumbers: 'texts' } as const;

export const revokeAssets = operation({
  about: 'Takes everything that can be taken back from users and devices',
  scheme: writeScheme,
  body: BODY,
  errors: ['9701', '9702', '9704', '9705', '9719'],
  source: VPP_PAGES.revoke,
  handler(call) {
    const { organization, body, caller } = call;
    const { vpp } = organization.behavior;
    const { clientUserIds = [], serialNumbers = [] } = body;
    const users = {
      member: 'clientUserIds',
      limit: vpp.max_revoke_client_user_ids,
      tooMany: '9701',
      twice: '9704',
    } as const;
    const serials = {
      member: 'serialNumbers',
      limit: vpp.max_revoke_serial_numbers,
      tooMany: '9702',
      twice: '9705',
    } as const;
    const problem =
      strangeMember(call, BODY) ?? tooManyIn(clientUserIds, users) ?? tooManyIn(serialNumbers, serials);
    if (problem !== undefined) return problem;
    if (clientUserIds.length + serialNumbers.length === 0) {
      return vppError('9719', 'neither `clientUserIds` nor `serialNumbers` names anybody');
    }
    const doubled =
      twiceIn(clientUserIds, users) ??
      twiceIn(serialNumbers, serials) ??
      emptyIn(clientUserIds, 'clientUserIds') ??
      emptyIn(serialNumbers, 'serialNumbers');
    if (doubled !== undefined) return doubled;
    const request = { kind: 'revoke', type: 'REVOKE', clientUserIds, serialNumbers } as const;
    return requestEvent(organization, caller, revocablePairs(caller.location, request), request);
  },
});
