import type { AppleError } from '../../core/apple-error.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { MetadataKey } from '../../organization/definition.ts';
import type { Organization } from '../../organization/organization.ts';
import { vppError } from '../vpp/errors.ts';
import { isForFleetProxy } from './authenticate.ts';

const ALGORITHM = 'ES256';

function bearer(request: HttpRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization?.trim() ?? '')?.[1];
}

/** Undefined if the token is valid: https://developer.apple.com/documentation/devicemanagement/generating-developer-tokens */
export async function developerTokenProblem(
  organization: Organization,
  request: HttpRequest,
): Promise<AppleError | undefined> {
  if (organization.behavior.vpp.developer_token === 'any' || isForFleetProxy(request)) return undefined;
  const token = bearer(request);
  if (token === undefined)
    return invalidToken('the Authorization header must be `Bearer` and a developer token');
  const { decodeJwt, decodeProtectedHeader } = await import('jose');
  let header: { alg?: string; kid?: string };
  let team: string | undefined;
  try {
    header = decodeProtectedHeader(token);
    team = decodeJwt(token).iss;
  } catch {
    return invalidToken('the developer token is no JWT');
  }
  if (header.alg !== ALGORITHM)
    return invalidToken(`the developer token is signed with ${header.alg}, not ${ALGORITHM}`);
  if (header.kid === undefined || team === undefined) {
    return invalidToken('the developer token needs `kid` in its header and `iss` in its claims');
  }
  const keys = organization.definition.metadataKeys ?? [];
  if (keys.length === 0 || organization.behavior.vpp.developer_token === 'shape') return undefined;
  const key = keys.find(({ key_id }) => key_id === header.kid);
  if (key === undefined) return invalidToken(`no metadata key has the id ${header.kid.slice(0, 20)}`);
  if (key.team_id !== team)
    return invalidToken(`the key ${key.key_id} is of the team ${key.team_id}, not ${team.slice(0, 20)}`);
  return verified(organization, token, key);
}

async function verified(
  { runtime }: Organization,
  token: string,
  key: MetadataKey,
): Promise<AppleError | undefined> {
  const { importSPKI, jwtVerify } = await import('jose');
  // The client's timestamp is translated into virtual time by the offset of its first use.
  const at = runtime.clock.now() - runtime.clientTimes.toVirtual(token, 0);
  try {
    const publicKey = await importSPKI(key.public_key, ALGORITHM);
    await jwtVerify(token, publicKey, { algorithms: [ALGORITHM], currentDate: new Date(at) });
    return undefined;
  } catch (error) {
    return invalidToken(`the developer token is not valid: ${(error as Error).message}`);
  }
}

const invalidToken = (why: string): AppleError => vppError('CATALOG_40100', why);
