import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { topicFor } from '../../organization/push/initial-state.ts';
import type { Authority } from '../../pki/authority.ts';
import { bodyOf, jsonBodyOf } from './body.ts';
import type { PushCertificateRequest } from './body-schemas.ts';
import { ControlError } from './control-error.ts';
import { json, reply } from './reply.ts';
import { route } from './route.ts';
import { record, text } from './schema.ts';

const pushCertificateBody = async () => (await import('./body-schemas.ts')).pushCertificateBody;

const OPENING_BRACE = 0x7b;

export const issuePushCertificate = route({
  name: 'push_certificates.issue',
  scope: 'organization',
  method: 'POST',
  path: 'push-certificates',
  about:
    'Issues a push certificate. For a JSON object it has a new key. A CSR, or the push certificate request that a vendor signed, is sent as it is, with the members of the object as query parameters',
  query: {
    topic: { kind: 'text', about: "its topic; by default the organization's own" },
    new_topic: { kind: 'flag', about: 'a new topic' },
    environment: {
      kind: 'word',
      words: ['production', 'sandbox', 'both'],
      about: 'the environments in which it is valid',
    },
    days: {
      kind: 'integer',
      minimum: 1,
      maximum: 36_500,
      default: 365,
      about: 'validity in days',
    },
    expired: { kind: 'flag', about: 'its validity has ended already' },
  },
  body: jsonBodyOf(pushCertificateBody),
  response: {
    status: 201,
    about: 'the certificate with its key; for a CSR only the certificate, in PEM',
    schema: record({
      topic: text(),
      certificate: text('in PEM'),
      private_key: text('PKCS#8 in PEM'),
      pkcs12: text('both in base64, encrypted with the password'),
    }),
  },
  async handler({ request, query, tenant: { organization }, context: { options } }) {
    const authority = await options.authority();
    if (isSigningRequest(request)) {
      const { organization: _organization, ...members } = query;
      const wanted = (await pushCertificateBody()).safeParse(members);
      if (!wanted.success)
        throw new ControlError(400, wanted.error.issues[0]!.message, 'correct the query parameters');
      const publicKey = await publicKeyOf(request.body);
      const { certificate } = await issue(authority, organization, wanted.data, publicKey);
      return reply(201, 'application/x-pem-file', certificate);
    }
    return json(await issueWithNewKey(authority, organization, await wantedBy(request, query)), 201);
  },
});

/** JSON starts with a brace; a CSR or a signed request does not. */
const isSigningRequest = ({ body }: HttpRequest): boolean => {
  const first = body.find((byte) => byte > 0x20);
  return first !== undefined && first !== OPENING_BRACE;
};

/** @throws ControlError */
async function wantedBy(request: HttpRequest, query: object): Promise<PushCertificateRequest> {
  if (request.body.length > 0) return bodyOf(request, pushCertificateBody);
  const { organization: _organization, ...members } = query as { organization?: unknown };
  return (await pushCertificateBody()).parse(members);
}

/** @throws ControlError */
async function publicKeyOf(signingRequest: Uint8Array): Promise<Uint8Array> {
  const { isVendorRequest, PushRequestError, readSigningRequest, readVendorRequest } = await import(
    '../../pki/push-requests.ts'
  );
  try {
    return (
      isVendorRequest(signingRequest) ? readVendorRequest(signingRequest) : readSigningRequest(signingRequest)
    ).publicKey;
  } catch (error) {
    throw error instanceof PushRequestError ? new ControlError(400, error.message, error.hint) : error;
  }
}

async function issueWithNewKey(
  authority: Authority,
  organization: Organization,
  wanted: PushCertificateRequest,
): Promise<Record<string, string>> {
  const [{ generateRsaKey }, { writePkcs12 }] = await Promise.all([
    import('../../pki/push-certificates.ts'),
    import('../../pki/pkcs12.ts'),
  ]);
  const { privateKey, privateKeyPem, publicKey } = await generateRsaKey();
  const { topic, certificate } = await issue(authority, organization, wanted, publicKey);
  const file = await writePkcs12({ privateKey, certificatePem: certificate, name: topic }, wanted.password);
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
  wanted: PushCertificateRequest,
  publicKey: Uint8Array,
): Promise<{ topic: string; certificate: string }> {
  const [{ issuePushCertificate: write }, { pushCertificateValidity, validityBefore }] = await Promise.all([
    import('../../pki/push-certificates.ts'),
    import('../../pki/certificates.ts'),
  ]);
  const { clock } = organization.runtime;
  const [now, wall] = [clock.now(), clock.wallNow()];
  const topic = wanted.new_topic ? newTopic(organization) : (wanted.topic ?? organization.push.topic);
  const certificate = write(authority, {
    topic,
    moreTopics: wanted.more_topics,
    environment: wanted.environment,
    publicKey,
    validity: wanted.expired
      ? validityBefore([now, wall], wanted.days)
      : pushCertificateValidity(now, wall, wanted.days),
  });
  return { topic, certificate };
}

const newTopicCounts = new WeakMap<Organization, number>();

function newTopic(organization: Organization): string {
  const count = (newTopicCounts.get(organization) ?? 0) + 1;
  newTopicCounts.set(organization, count);
  return topicFor(organization.runtime.identifiers, `push topic ${count}`);
}
