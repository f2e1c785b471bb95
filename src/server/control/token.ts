import { shownSecond } from '../../api/instants.ts';
import type { Behavior } from '../../organization/behavior.ts';
import { currentToken, type MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { renewal } from '../../organization/portal/enrollment-action-table.ts';
import type { ContentCipher, EnvelopeForm } from '../../pki/enveloped-data.ts';
import type { ServerTokenContent } from '../../pki/server-token.ts';
import { ControlError } from './control-error.ts';
import { MDM_SERVER, namedServer } from './named-server.ts';
import { answer, json } from './reply.ts';
import { route } from './route.ts';
import { record, text } from './schema.ts';

export const readToken = route({
  name: 'token',
  scope: 'organization',
  method: 'GET',
  path: 'token',
  about: 'The server token in force, as it stands in the encrypted file',
  query: { mdm_server: MDM_SERVER },
  answer: {
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
  about: 'The server token file for a certificate, as the portal hands it out',
  query: {
    mdm_server: MDM_SERVER,
    // Apple's portal does so on every download: https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md
    renew: { kind: 'flag', about: 'issues a new token, which ends the one in force' },
  },
  body: {
    type: 'application/x-pem-file',
    schema: text('an X.509 certificate with an RSA key, in PEM or DER'),
  },
  answer: {
    about: 'the encrypted server token',
    type: 'application/pkcs7-mime',
    schema: text('S/MIME with enveloped data'),
  },
  async handler({ request, tenant: { organization }, query }) {
    const server = namedServer(organization, query.mdm_server);
    const form = formOf(organization.behavior);
    let file = await sealed(server, request.body, form);
    if (query.renew) {
      // Not before it is known that the certificate will do.
      organization.settle();
      organization.apply(renewal(organization, server));
      file = await sealed(server, request.body, form);
    }
    return answer(200, 'application/pkcs7-mime', file, {
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

/** @throws ControlError for a certificate that nothing can be encrypted to */
async function sealed(server: MdmServer, certificate: Uint8Array, form: EnvelopeForm): Promise<string> {
  const { encryptServerToken } = await import('../../pki/server-token.ts');
  const { CertificateError } = await import('../../pki/certificate-error.ts');
  try {
    return await encryptServerToken(contentOf(server), certificate, form);
  } catch (error) {
    if (error instanceof CertificateError) {
      throw new ControlError(
        400,
        `this is ${error.given}`,
        `needed is an X.509 certificate with an RSA key; make one with: ${error.command}`,
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new ControlError(
      400,
      `nothing can be encrypted to this certificate: ${reason}`,
      'its RSA key should have 2048 bits or more',
    );
  }
}

async function disposition({ runtime }: Organization, server: MdmServer): Promise<string> {
  const { serverTokenFileName } = await import('../../pki/server-token-file-name.ts');
  const name = serverTokenFileName(server.serverName, runtime.clock.now());
  // Header fields are ASCII; RFC 6266 has the rest.
  const plain = name.replace(/[^\x20-\x7e]/g, '_');
  return plain === name
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
