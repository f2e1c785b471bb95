import type { AppleError } from '../../../core/apple-error.ts';
import { bodyText } from '../../../core/request.ts';
import type { Call } from '../../operation.ts';
import { vppError } from '../vpp-error.ts';

/** By behavior a member that Apple does not document is refused; clients send some of their own. */
export function strangeMember(
  { organization, request }: Pick<Call<unknown, unknown>, 'organization' | 'request'>,
  known: object,
): AppleError | undefined {
  if (organization.behavior.vpp.unknown_members === 'ignored') return undefined;
  const stranger = Object.keys(JSON.parse(bodyText(request) ?? '{}') as object).find(
    (name) => !Object.hasOwn(known, name),
  );
  return stranger === undefined
    ? undefined
    : vppError('9602', `Apple documents no member \`${stranger}\`; behavior refuses it`);
}
