const NEEDED =
  'Needed is an X.509 certificate with an RSA key, in PEM or DER: the server token is encrypted to it, and its private key stays with the MDM server.';

/** What was handed over cannot receive a server token. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  /** In plain words what was handed over. */
  readonly given: string;
  /** The command that makes what is needed of what was given. */
  readonly command: string;

  constructor(given: string, command: string) {
    super(`This is ${given}. ${NEEDED} Make one with: ${command}`);
    this.given = given;
    this.command = command;
  }
}

/** Key and certificate from nothing, the key without passphrase as MDM servers read it. */
export const MAKE_KEY_AND_CERTIFICATE =
  'openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 365 -subj /CN=mdm';
