import type { AppleError } from '../../core/apple-error.ts';
import type { PushEnvironment } from '../../core/push-environment.ts';
import { nearestWord } from '../../engine/matching/nearest-word.ts';
import type { Organization } from '../../organization/organization.ts';
import type { PushKey } from '../../organization/push/push-key.ts';
import { apnsError } from './errors.ts';
import type { ProviderToken } from './provider-token.ts';
import type { PushConnection } from './push-connection.ts';

/** The key of a token, before its signature is checked. */
export function keyOf({ push, behavior }: Organization, token: ProviderToken): PushKey | AppleError {
  const key = push.keys.get(token.keyId);
  if (key === undefined) {
    const nearest = nearestWord(token.keyId, [...push.keys.keys()]);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    return apnsError('InvalidProviderToken', `no push key has the id ${token.keyId.slice(0, 40)}${hint}`);
  }
  if (key.revoked) return apnsError('InvalidProviderToken', `the push key ${key.keyId} is revoked`);
  if (key.teamId !== token.teamId) {
    return apnsError(
      'InvalidProviderToken',
      `iss is ${token.teamId.slice(0, 40)}; the push key ${key.keyId} is of team ${key.teamId}`,
    );
  }
  if (behavior.apns.iat === 'integer' && !Number.isInteger(token.issuedAt))
    return apnsError('InvalidProviderToken', `iat ${token.issuedAt} is no whole number`);
  return key;
}

export const wrongSignature = ({ keyId, publicKey }: PushKey): AppleError =>
  apnsError(
    'InvalidProviderToken',
    publicKey === undefined
      ? `no private key was handed out for the push key ${keyId} yet: \`crabapple push-key\` does`
      : `the provider token is not signed with the push key ${keyId}`,
  );

/** Checks the age on the virtual clock: `iat` is translated from the clock of the client. */
function ageProblem({ behavior, runtime }: Organization, token: ProviderToken): AppleError | undefined {
  const { token_max_age, future_iat } = behavior.apns;
  const age = runtime.clock.now() - runtime.clientTimes.toVirtual(token.text, token.issuedAt * 1000);
  // A token of exactly an hour is accepted: https://github.com/jchambers/pushy verifies so.
  if (age > token_max_age) {
    return apnsError('ExpiredProviderToken', `the provider token is ${Math.round(age / 1000)} s old`);
  }
  if (-age > token_max_age) {
    return apnsError(future_iat, `iat of the provider token is ${Math.round(-age / 1000)} s ahead`);
  }
  return undefined;
}

/**
 * The rules of one connection: the first push binds its team, keys other than the first must be related to it, and
 * a key changes its token every 20 minutes at most.
 * https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
 */
function connectionProblem(
  { behavior, runtime }: Organization,
  token: ProviderToken,
  key: PushKey,
  connection: PushConnection,
): AppleError | undefined {
  const now = runtime.clock.now();
  const { token_update_interval: interval } = behavior.apns;
  const { firstKey, tokens } = connection;
  if (firstKey !== undefined && firstKey.keyId !== key.keyId) {
    // https://developer.apple.com/forums/thread/687789
    if (firstKey.teamId !== key.teamId) {
      return apnsError(
        'InvalidProviderToken',
        `team ${firstKey.teamId} pushed first on this connection; ${key.teamId} needs one of its own`,
      );
    }
    const related = firstKey.relatedKey === key.keyId || key.relatedKey === firstKey.keyId;
    if (!related || (firstKey.topics === undefined) !== (key.topics === undefined)) {
      return apnsError(
        'UnrelatedKeyIdInToken',
        `key ${firstKey.keyId} pushed first on this connection, and ${key.keyId} is not related to it`,
      );
    }
  }
  if (now < connection.rejectsUntil) {
    return apnsError(
      'TooManyProviderTokenUpdates',
      `a provider token came too soon; this connection rejects all tokens for ${Math.ceil((connection.rejectsUntil - now) / 1000)} s`,
    );
  }
  const current = tokens.get(key.keyId);
  if (current?.token === token.text) return undefined;
  // https://developer.apple.com/forums/thread/702056
  if (current !== undefined && interval > 0 && now - current.since < interval) {
    // The connection is of no use until then: https://developer.apple.com/forums/thread/675879
    connection.rejectsUntil = current.since + interval;
    return apnsError(
      'TooManyProviderTokenUpdates',
      `another provider token after ${Math.round((now - current.since) / 1000)} s on one connection`,
    );
  }
  connection.firstKey ??= key;
  tokens.set(key.keyId, { token: token.text, since: now });
  return undefined;
}

/** The checks that follow a valid signature. */
export function tokenProblem(
  organization: Organization,
  token: ProviderToken,
  key: PushKey,
  environment: PushEnvironment,
  connection: PushConnection | undefined,
): AppleError | undefined {
  const aged = ageProblem(organization, token);
  if (aged !== undefined) return aged;
  if (key.environment !== 'both' && key.environment !== environment) {
    return apnsError(
      organization.behavior.apns.environment_key_reason,
      `the push key ${key.keyId} is for ${key.environment}, and this is ${environment}`,
    );
  }
  return connection === undefined ? undefined : connectionProblem(organization, token, key, connection);
}
