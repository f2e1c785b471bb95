import type { Identifiers } from '../../core/identifiers.ts';
import { TAG_DIGITS, tagInAppleId } from '../../core/organization-tag.ts';
import type { InitialContext } from '../area.ts';
import { enrollmentArea } from '../enrollment/area.ts';
import type { PushState } from './area.ts';
import { Channels } from './channel.ts';
import { NewestPushes } from './newest-pushes.ts';
import type { PushKey, PushKeyDefinition } from './push-key.ts';
import { createPushMagics, createPushTokens } from './push-tokens.ts';
import { PushRates } from './registration-rows.ts';
import { Registrations } from './registrations.ts';

/** The form of every MDM topic: https://github.com/micromdm/micromdm/wiki/Push-Certificates */
const MDM_TOPIC = 'com.apple.mgmt.External.';

// Team and key ids are ten letters and digits, never 0, 1, I or O. The first six are the tag of the organization.
const TEN = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function tenCharacters(identifiers: Identifiers, label: string): string {
  const own = identifiers.bytes(label).slice(TAG_DIGITS, 10);
  return tagInAppleId(identifiers.tag) + Array.from(own, (byte) => TEN[byte % TEN.length]).join('');
}

export function uuidOf(identifiers: Identifiers, label: string): string {
  const digits = identifiers.hex(label, 32);
  const variant = '89AB'[Number.parseInt(digits[16]!, 16) & 3];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}

/** An MDM topic that no other organization has. Its UUID begins with the tag. */
export const topicFor = (identifiers: Identifiers, label: string): string =>
  MDM_TOPIC + identifiers.tag + uuidOf(identifiers, label).slice(TAG_DIGITS).toLowerCase();

export const keyIdFor = (identifiers: Identifiers, label: string): string =>
  tenCharacters(identifiers, label);

function keyOf(
  identifiers: Identifiers,
  teamId: string,
  definition: PushKeyDefinition,
  index: number,
): PushKey {
  return {
    keyId: definition.keyId ?? keyIdFor(identifiers, `push key ${index}`),
    teamId: definition.teamId ?? teamId,
    environment: definition.environment ?? 'both',
    topics: definition.topics,
    relatedKey: definition.relatedKey,
    publicKey: definition.publicKey,
    revoked: definition.revoked ?? false,
  };
}

const ONE_KEY: readonly PushKeyDefinition[] = [{}];

/** Keys, topic and registrations as the scenario describes them. */
export function createPushState(context: InitialContext): PushState {
  const { definition, identifiers, organizationId } = context;
  const { seed } = definition;
  const push = definition.push ?? {};
  const { inventory } = context.read(enrollmentArea);
  const topic = push.topic ?? topicFor(identifiers, 'push topic');
  const teamId = push.teamId ?? tenCharacters(identifiers, 'team');
  const magicOf = createPushMagics(seed, organizationId);
  const tokens = createPushTokens(seed, organizationId);
  const keys = (push.keys ?? ONE_KEY).map((key, index) => keyOf(identifiers, teamId, key, index));
  return {
    topic,
    teamId,
    tokens,
    registrations: new Registrations({ tokens, inventory, magicOf, topic }),
    newest: new NewestPushes(),
    rates: new PushRates(),
    keys: new Map(keys.map((key) => [key.keyId, key])),
    revokedCertificates: new Set(push.revokedCertificates),
    revokedTopics: new Set(push.revokedTopics),
    channels: new Channels(),
    ids: context.random('push ids').position(),
    counts: {
      accepted: 0,
      delivered: 0,
      deliveredFromStorage: 0,
      stored: 0,
      magicMismatches: 0,
      discarded: { overwritten: 0, expired: 0, unregistered: 0, not_stored: 0 },
    },
  };
}
