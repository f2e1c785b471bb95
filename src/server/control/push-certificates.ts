import type * as z from 'zod/mini';
import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { topicFor } from '../../organization/push/beginning.ts';
import type { Authority } from '../../pki/authority.ts';
import { bodyOf, jsonBodyOf } from './body.ts';
import { ControlError } from './control-error.ts';
import { json, reply } from './reply.ts';
import { route } from './route.ts';
import { record, text } from './schema.ts';

const ONE_YEAR = 365;
const MAX_DAYS = 36_500;

// RFC 4524 section 3 has no limit for a UID in the subject of a certificate; clients have.
const TOPIC = /^[\x21-\x7e]{1,200}$/;

async function certificateSchema() {
  const [z, { described }] = await Promise.all([
    import('zod/mini'),
    import('../../scenario/schema/described.ts'),
  ]);
  const topic = z.string().check(z.regex(TOPIC, 'a topic is visible ASCII without spaces'));
  return z
    .strictObject({
      topic: described(z.optional(topic), "its topic; by default the organization's own"),
      new_topic: described(
        z._default(z.boolean(), false),
        'a new topic, as in a certificate that was created anew instead of renewed',
      ),
      more_topics: described(
        z._default(z.array(topic).check(z.maxLength(100)), []),
        'further topics, as certificates of apps list them',
      ),
      environment: z._default(z.enum(['production', 'sandbox', 'both']), 'production'),
      days: described(
        z._default(z.int().check(z.minimum(1), z.maximum(MAX_DAYS)), ONE_YEAR),
        'validity in days',
      ),
      expired: described(z._default(z.boolean(), false), 'its validity has ended already'),
      password: described(z._default(z.string().check(z.maxLength(1000)), ''), 'of the PKCS#12 file'),
    })
    .check(
      z.refine(({ topic, new_topic }) => topic === undefined || !new_topic, {
        message: 'has both `topic` and `new_topic`: give one of them',
      }),
    );
}

type CertificateRequest = z.output<Awaited<ReturnType<typeof certificateSchema>>>;

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
      maximum: MAX_DAYS,
      default: ONE_YEAR,
      about: 'validity in days',
    },
    expired: { kind: 'flag', about: 'its validity has ended already' },
  },
  body: jsonBodyOf(certificateSchema),
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
      const wanted = (await certificateSchema()).safeParse(members);
      if (!wanted.success)
        throw new ControlError(400, wanted.error.issues[0]!.message, 'correct the query parameters');
      const publicKey = await publicKeyOf(request.body);
      const { certificate } = await issue(authority, organization, wanted.data, publicKey);
      return reply(201, 'application/x-pem-file', certificate);
    }
    return json(await issueWithNewKey(authority, organization, await wantedBy(request, query)), 201);
  },
});

/** The first byte tells JSON from a CSR and a signed request. */
const isSigningRequest = ({ body }: HttpRequest): boolean => {
  const first = body.find((byte) => byte > 0x20);
  return first !== undefined && first !== OPENING_BRACE;
};

/** @throws ControlError */
async function wantedBy(request: HttpRequest, query: object): Promise<CertificateRequest> {
  if (request.body.length > 0) return bodyOf(request, certificateSchema);
  const { organization: _organization, ...members } = query as { organization?: unknown };
  return (await certificateSchema()).parse(members);
}

/** @throws ControlError */
async function publicKeyOf(signingRequest: Uint8Array): Promise<Uint8Array> {
  const [{ isVendorRequest, readVendorRequest }, { readSigningRequest }, { PushRequestError }] =
    await Promise.all([
      import('../../pki/vendor-request.ts'),
      import('../../pki/signing-request.ts'),
      import('../../pki/push-request-error.ts'),
    ]);
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
  wanted: CertificateRequest,
): Promise<Record<string, string>> {
  const [{ generateRsaKey }, { writePkcs12 }] = await Promise.all([
    import('../../pki/key-pairs.ts'),
    import('../../pki/pkcs12.ts'),
  ]);
  const { privateKey, privateKeyPem, publicKey } = await generateRsaKey();
  const { topic, certificate } = await issue(authority, organization, wanted, publicKey);
  const file = writePkcs12({ privateKey, certificatePem: certificate, name: topic }, wanted.password);
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
  wanted: CertificateRequest,
  publicKey: Uint8Array,
): Promise<{ topic: string; certificate: string }> {
  const [{ issuePushCertificate: write }, { pushCertificateValidity, validityBefore }] = await Promise.all([
    import('../../pki/push-certificate.ts'),
    import('../../pki/validity.ts'),
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
