import { shownSecond } from '../../api/clock.ts';
import { contentTokenRenewal, locationNamed } from '../../organization/content/actions.ts';
import { contentTokenFile, offeredToken } from '../../organization/content/content-token.ts';
import { renewal } from '../../organization/enrollment/actions.ts';
import { currentToken, type MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import type { ContentCipher } from '../../pki/algorithms.ts';
import type { EnvelopeForm } from '../../pki/enveloped-data.ts';
import type { ServerTokenContent } from '../../pki/server-token.ts';
import type { Behavior } from '../../services/behavior.ts';
import { ControlError } from './control-error.ts';
import { LOCATION, MDM_SERVER, namedServer } from './query.ts';
import { json, reply } from './reply.ts';
import { route } from './route.ts';
import { record, text } from './schema.ts';

export const readToken = route({
  name: 'token',
  scope: 'organization',
  method: 'GET',
  path: 'token',
  about: 'The current server token, as the encrypted file contains it',
  query: { mdm_server: MDM_SERVER },
  response: {
    about: 'the server token',
    schema: record({
      consumer_key: text(),
      consumer_secret: text(),
      access_token: text(),
      access_secret: text(),
      access_token_expiry: text(),
    }),
  },
  handler: ({ tenant, query }) => json(contentOf(namedServer(tenant.organization, query.mdm_server))),
});

export const issueToken = route({
  name: 'token.issue',
  scope: 'organization',
  method: 'POST',
  path: 'token',
  about: 'The server token file, encrypted for a certificate, as the portal provides it',
  query: {
    mdm_server: MDM_SERVER,
    // Apple's portal does so on every download: https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md
    renew: { kind: 'flag', about: 'issues a new token, which invalidates the current one' },
  },
  body: {
    type: 'application/x-pem-file',
    schema: text('an X.509 certificate with an RSA key, in PEM or DER'),
  },
  response: {
    about: 'the encrypted server token',
    type: 'application/pkcs7-mime',
    schema: text('S/MIME with enveloped data'),
  },
  async handler({ request, tenant: { organization }, query }) {
    const server = namedServer(organization, query.mdm_server);
    const form = formOf(organization.behavior);
    let file = await encrypted(server, request.body, form);
    if (query.renew) {
      // Only after the certificate has proved usable.
      organization.runDueTasks();
      organization.apply(renewal(organization, server));
      file = await encrypted(server, request.body, form);
    }
    return reply(200, 'application/pkcs7-mime', file, {
      'content-disposition': await disposition(organization, server),
    });
  },
});

function contentOf(server: MdmServer): ServerTokenContent {
  const token = currentToken(server);
  return {
    consumer_key: token.consumer_key,
    consumer_secret: token.consumer_secret,
    access_token: token.access_token,
    access_secret: token.access_secret,
    access_token_expiry: shownSecond(token.expiresAt) ?? '1970-01-01T00:00:00Z',
  };
}

const CIPHERS: Readonly<Record<Behavior['dep']['token_cipher'], ContentCipher>> = {
  aes128: 'aes-128-cbc',
  aes256: 'aes-256-cbc',
  '3des': 'des-ede3-cbc',
};

const formOf = ({ dep }: Behavior): EnvelopeForm => ({
  cipher: CIPHERS[dep.token_cipher],
  encoding: dep.token_encoding,
});

/** @throws ControlError for a certificate that nothing can be encrypted for */
async function encrypted(server: MdmServer, certificate: Uint8Array, form: EnvelopeForm): Promise<string> {
  const { CertificateError, encryptServerToken } = await import('../../pki/server-token.ts');
  try {
    return encryptServerToken(contentOf(server), certificate, form);
  } catch (error) {
    if (error instanceof CertificateError) {
      throw new ControlError(
        400,
        `the body is ${error.given}`,
        `send an X.509 certificate with an RSA key; this creates one: ${error.command}`,
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new ControlError(
      400,
      `cannot encrypt the token for this certificate: ${reason}`,
      'use an RSA key of 2048 bits or more',
    );
  }
}

async function disposition({ runtime }: Organization, server: MdmServer): Promise<string> {
  const { serverTokenFileName } = await import('../../pki/server-token.ts');
  const name = serverTokenFileName(server.serverName, runtime.clock.now());
  // Header fields are ASCII; RFC 6266 defines `filename*` for other characters.
  const plain = name.replace(/[^\x20-\x7e]/g, '_');
  return plain === name
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

export const issueContentToken = route({
  name: 'content_tokens.issue',
  scope: 'organization',
  method: 'POST',
  path: 'content-tokens',
  about:
    'The content token file of a location, as the portal provides it. If there are several tokens, the newest valid one',
  query: {
    location: LOCATION,
    renew: {
      kind: 'flag',
      about: 'issues a new content token; `new_token_revokes` sets whether it revokes the previous one',
    },
  },
  response: {
    about: 'the .vpptoken file',
    type: 'text/plain',
    schema: text('base64 of a JSON object with `token`, `expDate` and `orgName`'),
  },
  handler({ tenant: { organization }, query }) {
    const location = locationNamed(organization, query.location);
    if (query.renew) {
      organization.runDueTasks();
      organization.apply(contentTokenRenewal(organization, location));
    }
    const token = offeredToken(location.tokens, organization.runtime.clock.now())!;
    const file = contentTokenFile(token, organization.account.org_name);
    return reply(200, 'text/plain', file, {
      'content-disposition': 'attachment; filename="sToken.vpptoken"',
    });
  },
});
