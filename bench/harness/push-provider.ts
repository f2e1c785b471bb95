import { exportSPKI, generateKeyPair, SignJWT } from 'jose';

const KEY_ID = 'BENCHKEY01';
const TEAM_ID = 'BENCHTEAM1';

/** The topic of an app: h2load has no client certificate, which MDM pushes need. */
export const TOPIC = 'com.example.bench';

/** A push provider that uses a provider token. */
export interface PushProvider {
  /** The `push` section of the scenario. */
  readonly scenario: Readonly<Record<string, unknown>>;
  /** Header fields of each push; read them again within an hour, the lifetime of a token. */
  headers(): Promise<Record<string, string>>;
}

export async function createPushProvider(): Promise<PushProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return {
    scenario: {
      topic: TOPIC,
      team_id: TEAM_ID,
      keys: [{ key_id: KEY_ID, team_id: TEAM_ID, public_key: await exportSPKI(publicKey) }],
    },
    async headers() {
      const token = await new SignJWT({ iss: TEAM_ID })
        .setProtectedHeader({ alg: 'ES256', kid: KEY_ID })
        .setIssuedAt()
        .sign(privateKey);
      return {
        authorization: `bearer ${token}`,
        'apns-topic': TOPIC,
        'apns-push-type': 'alert',
        'apns-priority': '10',
      };
    },
  };
}
