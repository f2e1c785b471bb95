import type { PushCertificateFiles } from '../control/environment.ts';
import type { Organization } from '../organization/organization.ts';
import type { Authority } from '../pki/authority.ts';
import { wallClock } from '../runtime/wall-clock.ts';
import type { SimulatedApple } from '../simulated-apple.ts';
import { createPrivateFolder, type PrivateFolder } from './private-folder.ts';
import { writePushCertificate } from './push-certificate-files.ts';

/** The certificate authority of a server, made when it is first asked for. */
export interface Trust {
  /** Where it is kept, if it is. */
  readonly folder: string | undefined;
  /** Where files for programs under test are, as long as the server is. */
  readonly files: PrivateFolder;
  authority(): Promise<Authority>;
  /** A push certificate for programs under test: made when it is first asked for, since RSA keys take their time. */
  pushCertificate(organization: Organization): Promise<PushCertificateFiles>;
  /** Those that were made, by topic. */
  readonly pushCertificates: ReadonlyMap<string, PushCertificateFiles>;
}

const AUTHORITY_DAYS = 3650;

/** One for all servers of a simulated Apple: what it signed on one is good on the next. */
const authorities = new WeakMap<SimulatedApple, Promise<Authority>>();

function authorityInMemory(apple: SimulatedApple): Promise<Authority> {
  const made = authorities.get(apple) ?? makeAuthority(apple, undefined);
  authorities.set(apple, made);
  return made;
}

/** @param folder where the authority is kept; without one it lives as long as the simulated Apple */
export function createTrust(apple: SimulatedApple, folder?: string): Trust {
  const files = createPrivateFolder();
  const making = new Map<string, Promise<PushCertificateFiles>>();
  const pushCertificates = new Map<string, PushCertificateFiles>();
  let made: Promise<Authority> | undefined;
  const authority = (): Promise<Authority> => {
    made ??= folder === undefined ? authorityInMemory(apple) : makeAuthority(apple, folder);
    return made;
  };

  async function makePushCertificate(organization: Organization): Promise<PushCertificateFiles> {
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
      const written = making.get(topic) ?? makePushCertificate(organization);
      making.set(topic, written);
      return written;
    },
  };
}

async function makeAuthority(apple: SimulatedApple, folder: string | undefined): Promise<Authority> {
  const { validityAround } = await import('../pki/certificates.ts');
  const validity = validityAround(timesOf(apple), AUTHORITY_DAYS);
  const { createAuthority, loadAuthority } = await import('../pki/authority.ts');
  return folder === undefined ? createAuthority(validity) : loadAuthority(folder, validity);
}

/** Now, by the wall and by the clock of the default organization. */
export function timesOf({ tenants }: SimulatedApple): readonly number[] {
  const virtual = tenants.size === 0 ? [] : [tenants.default.organization.runtime.clock.now()];
  return [wallClock(), ...virtual];
}
