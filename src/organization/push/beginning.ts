import type { Identifiers } from '../../core/identifiers.ts';
import { TAG_DIGITS, tagInAppleId } from '../../core/organization-tag.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { InventoryReader } from '../inventory/inventory.ts';
import { Channels } from './channel.ts';
import type { PushDefinition, PushKeyDefinition } from './definition.ts';
import { NewestPushes } from './newest-pushes.ts';
import type { PushKey } from './push-key.ts';
import { createPushMagics } from './push-magic.ts';
import { PushRates } from './push-rates.ts';
import type { PushTokens } from './push-tokens.ts';
import { Registrations } from './registrations.ts';
import type { PushState } from './state.ts';

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

export interface PushOrigin {
  readonly definition: PushDefinition;
  readonly runtime: Runtime;
  readonly organization: string;
  readonly tokens: PushTokens;
  readonly inventory: InventoryReader;
}

/** What the push service knows before anything happened. */
export function createPushState(origin: PushOrigin): PushState {
  const { definition, runtime, organization, tokens, inventory } = origin;
  const { identifiers, seed } = runtime;
  const topic = definition.topic ?? topicFor(identifiers, 'push topic');
  const teamId = definition.teamId ?? tenCharacters(identifiers, 'team');
  const magicOf = createPushMagics(seed, organization);
  const keys = (definition.keys ?? ONE_KEY).map((key, index) => keyOf(identifiers, teamId, key, index));
  return {
    topic,
    teamId,
    registrations: new Registrations({ tokens, inventory, magicOf, topic }),
    newest: new NewestPushes(),
    rates: new PushRates(),
    keys: new Map(keys.map((key) => [key.keyId, key])),
    revokedCertificates: new Set(definition.revokedCertificates),
    revokedTopics: new Set(definition.revokedTopics),
    channels: new Channels(),
    ids: runtime.random('push ids'),
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
