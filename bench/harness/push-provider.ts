import { exportSPKI, generateKeyPair, SignJWT } from 'jose';

const KEY_ID = 'BENCHKEY01';
const TEAM_ID = 'BENCHTEAM1';

/** The topic of an app, since h2load has no client certificate, which device management pushes need. */
export const TOPIC = 'com.example.bench';

/** Somebody who pushes with a provider token. */
export interface PushProvider {
  /** What a scenario says under `push`. */
  readonly scenario: Readonly<Record<string, unknown>>;
  /** Header fields of each push; to be asked for again within the hour for which a token is good. */
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
