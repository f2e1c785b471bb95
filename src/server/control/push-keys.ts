import { shownInstant } from '../../api/instants.ts';
import type { Organization } from '../../organization/organization.ts';
import { keyIdFor } from '../../organization/push/initial-state.ts';
import type { PublicJwk, PushKey } from '../../organization/push/push-key.ts';
import { bodyOf } from './body.ts';
import { ControlError } from './control-error.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { flag, listOf, record, type Schema, text, textOrNull } from './schema.ts';

const KEY = {
  key_id: text(),
  team_id: text(),
  environment: text('production, sandbox or both'),
  'topics?': listOf(text()),
  'related_key?': text(),
} as const satisfies Record<string, Schema>;

const shown = ({ keyId, teamId, environment, topics, relatedKey }: PushKey): Record<string, unknown> => ({
  key_id: keyId,
  team_id: teamId,
  environment,
  topics,
  related_key: relatedKey,
});

export const listPushKeys = route({
  name: 'push_keys',
  scope: 'organization',
  method: 'GET',
  path: 'push-keys',
  about: 'Keys for provider tokens, as the developer portal lists them',
  answer: {
    about: 'the keys',
    schema: record({
      keys: listOf(
        record({
          ...KEY,
          issued: flag('its private key was handed out, or its public one given'),
          revoked: flag(),
        }),
      ),
    }),
  },
  handler: ({ tenant }) =>
    json({
      keys: [...tenant.organization.push.keys.values()].map((key) => ({
        ...shown(key),
        issued: key.publicKey !== undefined,
        revoked: key.revoked,
      })),
    }),
});

/** Two kinds of keys at most for a team, and two hundred for topics, in each environment. */
const MOST_KEYS = 404;

export const issuePushKey = route({
  name: 'push_keys.issue',
  scope: 'organization',
  method: 'POST',
  path: 'push-keys',
  about: 'Makes a key for provider tokens and hands out its private half, as the developer portal does once',
  body: { type: 'application/json', schema: keyJsonSchema },
  answer: {
    status: 201,
    about: 'the key',
    schema: record({
      ...KEY,
      private_key: text('PKCS#8 in PEM: the content of the `.p8` file'),
      issued_at: textOrNull(),
    }),
  },
  async handler({ request, tenant: { organization } }) {
    const { pushKeyRequestSchema } = await import('../../scenario/schema/push.ts');
    const asked = request.body.length === 0 ? {} : await bodyOf(request, pushKeyRequestSchema);
    const { publicKey, privateKey } = await freshPair();
    const key = { ...chosenKey(organization, asked), publicKey };
    organization.apply({ type: 'push_key_issued', key });
    const issuedAt = shownInstant(organization.runtime.clock.now());
    return json({ ...shown(key), private_key: privateKey, issued_at: issuedAt }, 201);
  },
});

async function keyJsonSchema(): Promise<Schema> {
  const { partSchema } = await import('./part-schema.ts');
  const { pushKeyRequestSchema } = await import('../../scenario/schema/push.ts');
  return partSchema(pushKeyRequestSchema);
}

interface Asked {
  readonly key_id?: string | undefined;
  readonly team_id?: string | undefined;
  readonly environment?: PushKey['environment'] | undefined;
  readonly topics?: readonly string[] | undefined;
  readonly related_key?: string | undefined;
}

/** The key that is named; else the first whose private half nobody has, else a new one. */
function chosenKey({ push, runtime }: Organization, asked: Asked): PushKey {
  const named = Object.keys(asked).length > 0;
  const waiting = [...push.keys.values()].find(
    ({ publicKey, revoked }) => publicKey === undefined && !revoked,
  );
  const kept = asked.key_id === undefined ? (named ? undefined : waiting) : push.keys.get(asked.key_id);
  if (kept === undefined && push.keys.size >= MOST_KEYS)
    throw new ControlError(400, `the organization has ${MOST_KEYS} push keys`, 'use one of them');
  const keyId = kept?.keyId ?? asked.key_id ?? keyIdFor(runtime.identifiers, `push key ${push.keys.size}`);
  return {
    keyId,
    teamId: asked.team_id ?? kept?.teamId ?? push.teamId,
    environment: asked.environment ?? kept?.environment ?? 'both',
    topics: asked.topics ?? kept?.topics,
    relatedKey: asked.related_key ?? kept?.relatedKey,
    publicKey: undefined,
    revoked: false,
  };
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

async function freshPair(): Promise<{ readonly publicKey: PublicJwk; readonly privateKey: string }> {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await subtle.exportKey('jwk', pair.publicKey);
  const lines = base64(await subtle.exportKey('pkcs8', pair.privateKey)).match(/.{1,64}/g) ?? [];
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    privateKey: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
