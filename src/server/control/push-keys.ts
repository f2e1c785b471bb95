import { shownInstant } from '../../api/clock.ts';
import type { Organization } from '../../organization/organization.ts';
import { keyIdFor } from '../../organization/push/initial-state.ts';
import type { PublicJwk, PushKey } from '../../organization/push/push-key.ts';
import { bodyOf, jsonBodyOf } from './body.ts';
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

const keyView = ({ keyId, teamId, environment, topics, relatedKey }: PushKey): Record<string, unknown> => ({
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
  response: {
    about: 'the keys',
    schema: record({
      keys: listOf(
        record({
          ...KEY,
          issued: flag('its private key was issued, or its public key is given in the scenario'),
          revoked: flag(),
        }),
      ),
    }),
  },
  handler: ({ tenant }) =>
    json({
      keys: [...tenant.organization.push.keys.values()].map((key) => ({
        ...keyView(key),
        issued: key.publicKey !== undefined,
        revoked: key.revoked,
      })),
    }),
});

/** Apple allows a team two keys, and two hundred keys for topics, in each environment. */
const MAX_KEYS = 404;

const keyRequestSchema = async () => (await import('../../scenario/schema/push.ts')).pushKeyRequestSchema;

export const issuePushKey = route({
  name: 'push_keys.issue',
  scope: 'organization',
  method: 'POST',
  path: 'push-keys',
  about:
    'Creates a key for provider tokens and returns its private key, which the developer portal does once',
  body: jsonBodyOf(keyRequestSchema),
  response: {
    status: 201,
    about: 'the key',
    schema: record({
      ...KEY,
      private_key: text('PKCS#8 in PEM: the content of the `.p8` file'),
      issued_at: textOrNull(),
    }),
  },
  async handler({ request, tenant: { organization } }) {
    const requested = request.body.length === 0 ? {} : await bodyOf(request, keyRequestSchema);
    const { publicKey, privateKey } = await generateKeyPair();
    const key = { ...chosenKey(organization, requested), publicKey };
    organization.apply({ type: 'push_key_issued', key });
    const issuedAt = shownInstant(organization.runtime.clock.now());
    return json({ ...keyView(key), private_key: privateKey, issued_at: issuedAt }, 201);
  },
});

interface KeyRequest {
  readonly key_id?: string | undefined;
  readonly team_id?: string | undefined;
  readonly environment?: PushKey['environment'] | undefined;
  readonly topics?: readonly string[] | undefined;
  readonly related_key?: string | undefined;
}

/** The named key; without a name the first whose private key was not issued; otherwise a new one. */
function chosenKey({ push, runtime }: Organization, requested: KeyRequest): PushKey {
  const isEmpty = Object.keys(requested).length === 0;
  const unissued = [...push.keys.values()].find(
    ({ publicKey, revoked }) => publicKey === undefined && !revoked,
  );
  const known =
    requested.key_id === undefined ? (isEmpty ? unissued : undefined) : push.keys.get(requested.key_id);
  if (known === undefined && push.keys.size >= MAX_KEYS)
    throw new ControlError(400, `the organization has ${MAX_KEYS} push keys`, 'use one of them');
  const keyId =
    known?.keyId ?? requested.key_id ?? keyIdFor(runtime.identifiers, `push key ${push.keys.size}`);
  return {
    keyId,
    teamId: requested.team_id ?? known?.teamId ?? push.teamId,
    environment: requested.environment ?? known?.environment ?? 'both',
    topics: requested.topics ?? known?.topics,
    relatedKey: requested.related_key ?? known?.relatedKey,
    publicKey: undefined,
    revoked: false,
  };
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

async function generateKeyPair(): Promise<{ readonly publicKey: PublicJwk; readonly privateKey: string }> {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await subtle.exportKey('jwk', pair.publicKey);
  const lines = base64(await subtle.exportKey('pkcs8', pair.privateKey)).match(/.{1,64}/g) ?? [];
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    privateKey: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
