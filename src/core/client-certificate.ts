import type { PushEnvironment } from './push-environment.ts';

/** What a client's certificate says, as plain data. Nothing of it is verified yet: not its times, not its issuer. */
export interface ClientCertificate {
  /** SHA-256 of its DER, hexadecimal in lower case. */
  readonly fingerprint: string;
  /** Hexadecimal in lower case. */
  readonly serialNumber: string;
  readonly commonName: string | undefined;
  /** The issuer's common name, for messages. */
  readonly issuer: string | undefined;
  /** Signed by the authority of this server. */
  readonly issuedHere: boolean;
  /** The UID of its subject: the topic of a push that names none. */
  readonly defaultTopic: string | undefined;
  /** Every topic that it allows: the UID, then those of the topic extensions. */
  readonly topics: readonly string[];
  /** By its extensions; both or none where it has both or none. */
  readonly environments: readonly PushEnvironment[];
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}
