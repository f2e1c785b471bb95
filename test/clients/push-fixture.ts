import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuedCertificate, IssuedKey, PushDevice } from './crabapple-control.ts';
import { CrabappleServer } from './crabapple-server.ts';
import type { CertificateFiles, ProviderKey, PushSettings } from './push-client.ts';

export const APP_TOPIC = 'com.example.orchard';
export const APP_DEVICE = 'C02ACME0009';
/** The time of the frozen virtual clock; a test advances it. */
export const NOW = Date.parse('2026-03-02T08:00:00.000Z');

export const PUSH_SCENARIO = `
name: Pushes of third-party clients
seed: 23
clock: { at: ${new Date(NOW).toISOString()}, rate: 0 }
organization: { org_name: Orchard School }
devices:
  - { serial_number: C02ACME0001, device_family: Mac }
  - { serial_number: C02ACME0002, device_family: Mac }
  - { serial_number: C02ACME0003, device_family: iPad }
  - { serial_number: ${APP_DEVICE}, device_family: iPhone, push_topic: ${APP_TOPIC} }
`;

/** `crabapple serve` for one push client, with the credentials and files that the client needs. */
export class PushFixture {
  readonly apple: CrabappleServer;
  #files = 0;

  private constructor(apple: CrabappleServer) {
    this.apple = apple;
  }

  static async start(tlsPort = '0', scenario = PUSH_SCENARIO): Promise<PushFixture> {
    return new PushFixture(await CrabappleServer.start(scenario, { tlsPort }));
  }

  get control() {
    return this.apple.control;
  }

  /** Settings without credentials, for the TLS port. */
  get settings(): PushSettings {
    const { tlsUrl, proxyUrl, caFile } = this.apple;
    const { port } = new URL(tlsUrl);
    return {
      url: `https://localhost:${port}`,
      host: 'localhost',
      port: Number(port),
      caFile,
      proxyUrl,
    };
  }

  async withCertificate(options: object = {}): Promise<PushSettings> {
    const issued = await this.control.pushCertificate(options);
    return { ...this.settings, topic: issued.topic, certificate: this.#certificateFiles(issued) };
  }

  async withKey(options: object = {}): Promise<PushSettings> {
    return {
      ...this.settings,
      topic: APP_TOPIC,
      providerKey: this.#keyFile(await this.control.pushKey(options)),
    };
  }

  device(serialNumber = 'C02ACME0001'): Promise<PushDevice> {
    return this.control.device(serialNumber);
  }

  stop() {
    return this.apple.stop();
  }

  #certificateFiles({ certificate, private_key, pkcs12 }: IssuedCertificate): CertificateFiles {
    return {
      certificateFile: this.#write('cert.pem', certificate),
      keyFile: this.#write('key.pem', private_key),
      pkcs12File: this.#write('both.p12', Buffer.from(pkcs12, 'base64')),
      bundleFile: this.#write('bundle.pem', certificate + private_key),
    };
  }

  #keyFile({ key_id, team_id, private_key }: IssuedKey): ProviderKey {
    return { file: this.#write('key.p8', private_key), keyId: key_id, teamId: team_id };
  }

  #write(name: string, content: string | Buffer): string {
    this.#files += 1;
    const file = join(this.apple.folder, `${this.#files}-${name}`);
    writeFileSync(file, content);
    return file;
  }
}
