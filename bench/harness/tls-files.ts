import { createAuthority, issueServerCertificate } from '../../src/pki/authority.ts';
import { validityAround } from '../../src/pki/certificates.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

/** Certificate and key files like those of Crabapple, for the servers to compare with. */
export function writeTlsFiles(folder: TemporaryFolder): readonly [certificate: string, key: string] {
  const validity = validityAround([Date.now()], 2);
  const { certificate, privateKey } = issueServerCertificate(
    createAuthority(validity),
    ['localhost', '127.0.0.1'],
    validity,
  );
  return [folder.write('certificate.pem', certificate), folder.write('key.pem', privateKey)];
}
