import type { EnrollmentProfile } from '../definition.ts';

export interface StoredProfile {
  /** Counts from 0 within the organization. */
  readonly number: number;
  /** Index of the MDM server that defined it. */
  readonly server: number;
  readonly profileUuid: string;
  readonly profile: EnrollmentProfile;
}

/** Upper case without dashes: clients use the 32 digits in either case, some with dashes. */
const normalized = (profileUuid: string): string => profileUuid.replaceAll('-', '').toUpperCase();

/** Enrollment profiles. A profile never changes after it was defined. */
export class ProfileStore {
  readonly #profiles: StoredProfile[] = [];
  readonly #byUuid = new Map<string, StoredProfile>();
  #initial = 0;

  /** Profiles that are there now belong to the initial state: they are not saved. */
  markInitial(): void {
    this.#initial = this.#profiles.length;
  }

  /** Profiles that were defined after the initial state. */
  get added(): readonly StoredProfile[] {
    return this.#profiles.slice(this.#initial);
  }

  add(server: number, profileUuid: string, profile: EnrollmentProfile): StoredProfile {
    const stored = { number: this.#profiles.length, server, profileUuid, profile };
    this.#profiles.push(stored);
    this.#byUuid.set(normalized(profileUuid), stored);
    return stored;
  }

  get(number: number): StoredProfile | undefined {
    return this.#profiles[number];
  }

  find(profileUuid: string, matching: 'lenient' | 'exact'): StoredProfile | undefined {
    const stored = this.#byUuid.get(normalized(profileUuid));
    return matching === 'exact' && stored?.profileUuid !== profileUuid ? undefined : stored;
  }

  all(): readonly StoredProfile[] {
    return this.#profiles;
  }
}

export type ProfileReader = Omit<ProfileStore, 'add' | 'markInitial'>;
