import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallClock } from '../core/wall-clock.ts';
import type { Organization } from '../organization/organization.ts';
import type { Authority } from '../pki/authority.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import type { PushCertificateFiles } from './control/environment.ts';

/** The certificate authority of a server and the push certificates for programs under test. Created on first use. */
export interface Certificates {
  /** The folder in which the authority is stored; undefined if it is not stored. */
  readonly folder: string | undefined;
  /** Files for programs under test, removed with the server. */
  readonly files: PrivateFolder;
  authority(): Promise<Authority>;
  /** A push certificate for the topic of an organization. Not created in advance: an RSA key takes time. */
  pushCertificate(organization: Organization): Promise<PushCertificateFiles>;
  /** The push certificates created so far, by topic. */
  readonly pushCertificates: ReadonlyMap<string, PushCertificateFiles>;
}

/** @param folder where the authority is stored; without one it lives as long as the simulated Apple */
export function createCertificates(apple: SimulatedApple, folder?: string): Certificates {
  const files = createPrivateFolder();
  const pending = new Map<string, Promise<PushCertificateFiles>>();
  const pushCertificates = new Map<string, PushCertificateFiles>();
  let created: Promise<Authority> | undefined;
  const authority = (): Promise<Authority> => {
    created ??= folder === undefined ? authorityInMemory(apple) : createAuthority(apple, folder);
    return created;
  };

  async function createPushCertificate(organization: Organization): Promise<PushCertificateFiles> {
    const written = await writePushCertificate(await authority(), organization, files);
    pushCertificates.set(organization.push.topic, written);
    return written;
  }

  return {
    folder,
    files,
    authority,
    pushCertificates,
    pushCertificate(organization) {
      const { topic } = organization.push;
      const written = pending.get(topic) ?? createPushCertificate(organization);
      pending.set(topic, written);
      return written;
    },
  };
}

const AUTHORITY_DAYS = 3650;

/** One authority for all servers of a simulated Apple: certificates of one server are valid on the next. */
const authorities = new WeakMap<SimulatedApple, Promise<Authority>>();

function authorityInMemory(apple: SimulatedApple): Promise<Authority> {
  const authority = authorities.get(apple) ?? createAuthority(apple, undefined);
  authorities.set(apple, authority);
  return authority;
}

async function createAuthority(apple: SimulatedApple, folder: string | undefined): Promise<Authority> {
  const { validityAround } = await import('../pki/certificates.ts');
  const validity = validityAround(currentTimes(apple), AUTHORITY_DAYS);
  const pki = await import('../pki/authority.ts');
  return folder === undefined ? pki.createAuthority(validity) : pki.loadAuthority(folder, validity);
}

/** Real time, and virtual time of the default organization: certificates must be valid at both. */
export function currentTimes({ tenants }: SimulatedApple): readonly number[] {
  const virtual = tenants.size === 0 ? [] : [tenants.default.organization.runtime.clock.now()];
  return [wallClock(), ...virtual];
}

const PUSH_CERTIFICATE_DAYS = 365;

/** Writes a push certificate with a new key for the topic of an organization. */
async function writePushCertificate(
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
  const validity = pushCertificateValidity(clock.now(), clock.wallNow(), PUSH_CERTIFICATE_DAYS);
  const certificate = issuePushCertificate(authority, {
    topic,
    environment: 'production',
    publicKey,
    validity,
  });
  // A scenario may set any text as topic.
  const name = topic.replace(/[^\w.-]/g, '_').slice(0, 100);
  return {
    certificateFile: folder.write(`${name}.cert.pem`, certificate),
    keyFile: folder.write(`${name}.key.pem`, privateKeyPem),
  };
}

/** A temporary folder that only its owner may read. Created with the first file, removed at the latest on exit. */
export interface PrivateFolder {
  /** @returns the path of the file */
  write(name: string, text: string): string;
  remove(): void;
}

function createPrivateFolder(): PrivateFolder {
  let folder: string | undefined;
  const remove = (): void => {
    process.off('exit', remove);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  };
  return {
    write(name, text) {
      if (folder === undefined) {
        folder = mkdtempSync(join(tmpdir(), 'crabapple-'));
        process.once('exit', remove);
      }
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
    remove,
  };
}
