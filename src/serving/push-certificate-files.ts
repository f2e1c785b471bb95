import type { PushCertificateFiles } from '../control/environment.ts';
import type { Organization } from '../organization/organization.ts';
import type { Authority } from '../pki/authority.ts';
import type { PrivateFolder } from './private-folder.ts';

const DAYS = 365;

/** A push certificate of an organization's own topic with a fresh key, as files for programs under test. */
export async function writePushCertificate(
  authority: Authority,
  { push, runtime: { clock } }: Organization,
  folder: PrivateFolder,
): Promise<PushCertificateFiles> {
  const [{ generateRsaKey, issuePushCertificate }, { pushCertificateValidity }] = await Promise.all([
    import('../pki/push-certificates.ts'),
    import('../pki/certificates.ts'),
  ]);
  const { topic } = push;
  const { privateKeyPem, publicKey } = await generateRsaKey();
  const validity = pushCertificateValidity(clock.now(), clock.wallNow(), DAYS);
  const certificate = issuePushCertificate(authority, {
    topic,
    environment: 'production',
    publicKey,
    validity,
  });
  // A topic may be any text that a scenario gives.
  const name = topic.replace(/[^\w.-]/g, '_').slice(0, 100);
  return {
    certificateFile: folder.write(`${name}.cert.pem`, certificate),
    keyFile: folder.write(`${name}.key.pem`, privateKeyPem),
  };
}
