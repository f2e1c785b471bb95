import { AppleError } from '../../core/apple-error.ts';
import { jsonBody } from '../../engine/body.ts';
import { operation } from '../../engine/service.ts';
import type { RequestUser } from '../../organization/content/event.ts';
import { writeScheme } from './authenticate.ts';
import { vppError } from './errors.ts';
import { requestEvent } from './events.ts';
import { VPP_PAGES } from './pages.ts';
import { isEmail, tooManyIn, twiceIn, unknownMember } from './request-checks.ts';

const BODY = { users: 'objects' } as const;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** null counts as absent. */
function userOf(member: Readonly<Record<string, unknown>>): RequestUser | AppleError {
  const clientUserId = member.clientUserId ?? undefined;
  const email = member.email ?? undefined;
  const managedAppleId = member.managedAppleId ?? undefined;
  if (!isText(clientUserId)) return vppError('9602', 'an element of `users` has no `clientUserId` in text');
  if (email !== undefined && !(typeof email === 'string' && isEmail(email))) {
    return vppError('9717', `the e-mail address of ${clientUserId.slice(0, 80)} is none`, {
      clientUserIds: [clientUserId],
    });
  }
  if (managedAppleId !== undefined && !isText(managedAppleId)) {
    return vppError('9602', `\`managedAppleId\` of ${clientUserId.slice(0, 80)} is no text`);
  }
  return { clientUserId, email: email as string | undefined, managedAppleId };
}

const manage = (type: 'CREATE' | 'UPDATE' | 'RETIRE', about: string) =>
  operation({
    name: `vpp.users.${type.toLowerCase()}`,
    methods: ['POST'],
    path: `/mdm/v2/users/${type.toLowerCase()}`,
    about,
    scheme: writeScheme,
    body: jsonBody(BODY),
    errors: ['9602', '9714', '9715', '9717', '9720'],
    source: VPP_PAGES.managingUsers,
    handler(call) {
      const { organization, body, caller } = call;
      const members = body.users ?? [];
      const rule = {
        member: 'users',
        limit: organization.behavior.vpp.max_users,
        tooMany: '9714',
        twice: '9715',
      } as const;
      const problem = unknownMember(call, BODY) ?? tooManyIn(members, rule);
      if (problem !== undefined) return problem;
      if (members.length === 0) return vppError('9720', '`users` is missing or empty');
      const users: RequestUser[] = [];
      for (const member of members) {
        const user = userOf(member);
        if (user instanceof AppleError) return user;
        users.push(user);
      }
      const doubled = twiceIn(
        users.map(({ clientUserId }) => clientUserId),
        rule,
      );
      return doubled ?? requestEvent(organization, caller, users.length, { kind: 'users', type, users });
    },
  });

export const createUsers = manage('CREATE', 'Registers users');
export const updateUsers = manage('UPDATE', 'Changes e-mail addresses and Managed Apple Accounts of users');
export const retireUsers = manage('RETIRE', 'Retires users and revokes their assets');
