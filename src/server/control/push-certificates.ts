import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { topicFor } from '../../organization/push/initial-state.ts';
import type { Authority } from '../../pki/authority.ts';
import { bodyOf } from './body.ts';
import { ControlError } from './control-error.ts';
import type { PushCertificateWish } from './push-certificate-body.ts';
import { answer, json } from './reply.ts';
import { route } from './route.ts';
import { record, text } from './schema.ts';

const OPENING_BRACE = 0x7b;

export const issuePushCertificate = route({
  name: 'push_certificates.issue',
  scope: 'organization',
  method: 'POST',
  path: 'push-certificates',
  about:
    'A push certificate: with a fresh key for a JSON object, or for a CSR or the request that a vendor signed, which come as they are with the members of the object in the query',
  query: {
    topic: { kind: 'text', about: "what it is good for; the organization's own where not given" },
    new_topic: { kind: 'flag', about: 'a topic that nobody has' },
    environment: {
      kind: 'word',
      words: ['production', 'sandbox', 'both'],
      about: 'where it is good',
    },
    days: { kind: 'integer', minimum: 1, maximum: 36_500, default: 365, about: 'how long it is good' },
    expired: { kind: 'flag', about: 'it is over already' },
  },
  body: { type: 'application/json', schema: bodySchema },
  answer: {
    status: 201,
    about: 'the certificate with its key; for a request the certificate alone, in PEM',
    schema: record({
      topic: text(),
      certificate: text('in PEM'),
      private_key: text('PKCS#8 in PEM'),
      pkcs12: text('both in base64, under the password'),
    }),
  },
  async handler({ request, query, tenant: { organization }, surroundings: { options } }) {
    const authority = await options.authority();
    if (isRequest(request)) {
      const { pushCertificateSchema } = await import('./push-certificate-body.ts');
      const { organization: _organization, ...asked } = query;
      const wish = pushCertificateSchema.safeParse(asked);
      if (!wish.success)
        throw new ControlError(400, wish.error.issues[0]!.message, 'see the query of the call');
      const publicKey = await keyOfRequest(request.body);
      const { certificate } = await issue(authority, organization, wish.data, publicKey);
      return answer(201, 'application/x-pem-file', certificate);
    }
    return json(await withFreshKey(authority, organization, await wishOf(request, query)), 201);
  },
});

async function bodySchema() {
  const [{ partSchema }, { pushCertificateSchema }] = await Promise.all([
    import('./part-schema.ts'),
    import('./push-certificate-body.ts'),
  ]);
  return partSchema(pushCertificateSchema);
}

/** JSON is told from everything that is signed by its first byte. */
const isRequest = ({ body }: HttpRequest): boolean => {
  const first = body.find((byte) => byte > 0x20);
  return first !== undefined && first !== OPENING_BRACE;
};

/** @throws ControlError */
async function wishOf(request: HttpRequest, query: object): Promise<PushCertificateWish> {
  const { pushCertificateSchema } = await import('./push-certificate-body.ts');
  if (request.body.length > 0) return bodyOf(request, pushCertificateSchema);
  const { organization: _organization, ...asked } = query as { organization?: unknown };
  return pushCertificateSchema.parse(asked);
}

/** @throws ControlError */
async function keyOfRequest(given: Uint8Array): Promise<Uint8Array> {
  const [{ isVendorRequest, readVendorRequest }, { readSigningRequest }, { PushRequestError }] =
    await Promise.all([
      import('../../pki/vendor-request.ts'),
      import('../../pki/signing-request.ts'),
      import('../../pki/push-request-error.ts'),
    ]);
  try {
    return (isVendorRequest(given) ? readVendorRequest(given) : readSigningRequest(given)).publicKey;
  } catch (error) {
    throw error instanceof PushRequestError ? new ControlError(400, error.message, error.hint) : error;
  }
}

async function withFreshKey(
  authority: Authority,
  organization: Organization,
  wish: PushCertificateWish,
): Promise<Record<string, string>> {
  const [{ generateRsaKey }, { writePkcs12 }] = await Promise.all([
    import('../../pki/key-pairs.ts'),
    import('../../pki/pkcs12.ts'),
  ]);
  const { privateKey, privateKeyPem, publicKey } = await generateRsaKey();
  const { topic, certificate } = await issue(authority, organization, wish, publicKey);
  const file = writePkcs12({ privateKey, certificatePem: certificate, name: topic }, wish.password);
  return {
    topic,
    certificate,
    private_key: privateKeyPem,
    pkcs12: Buffer.from(file).toString('base64'),
  };
}

async function issue(
  authority: Authority,
  organization: Organization,
  wish: PushCertificateWish,
  publicKey: Uint8Array,
): Promise<{ topic: string; certificate: string }> {
  const [{ issuePushCertificate: write }, { pushCertificateValidity, validityBefore }] = await Promise.all([
    import('../../pki/push-certificate.ts'),
    import('../../pki/validity.ts'),
  ]);
  const { clock } = organization.runtime;
  const [now, wall] = [clock.now(), clock.wallNow()];
  const topic = wish.new_topic ? newTopic(organization) : (wish.topic ?? organization.push.topic);
  const certificate = write(authority, {
    topic,
    moreTopics: wish.more_topics,
    environment: wish.environment,
    publicKey,
    validity: wish.expired
      ? validityBefore([now, wall], wish.days)
      : pushCertificateValidity(now, wall, wish.days),
  });
  return { topic, certificate };
}

const topicsMade = new WeakMap<Organization, number>();

function newTopic(organization: Organization): string {
  const count = (topicsMade.get(organization) ?? 0) + 1;
  topicsMade.set(organization, count);
  return topicFor(organization.runtime.identifiers, `push topic ${count}`);
}
