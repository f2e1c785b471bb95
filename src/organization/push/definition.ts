import type { PushKey } from './push-key.ts';

/** A key as a file describes it; what is left out is derived from the seed. */
export type PushKeyDefinition = {
  readonly [Name in keyof PushKey]?: PushKey[Name] | undefined;
};

/** What a scenario says of the push service. */
export interface PushDefinition {
  readonly topic?: string | undefined;
  readonly teamId?: string | undefined;
  /** One team-scoped key for both environments where none is given. */
  readonly revokedCertificates?: readonly string[] | undefined;
  readonly revokedTopics?: readonly string[] | undefined;
  readonly keys?: readonly PushKeyDefinition[] | undefined;
}
