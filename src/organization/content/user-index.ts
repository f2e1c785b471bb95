import type { UserStatus } from './definition.ts';

/** A person as an MDM registered them with a location. */
export interface ContentUser {
  readonly index: number;
  /** v1 `userId`. */
  readonly userId: number;
  readonly clientUserId: string;
  email: string | undefined;
  managedAppleId: string | undefined;
  /** The Apple Account that accepted the invitation or was named at registration. */
  appleAccount: string | undefined;
  status: UserStatus;
  /** The former record of the same clientUserId. */
  readonly former: ContentUser | undefined;
  /** Whether an Apple Account was ever linked: registration does not reuse such a record. */
  wasLinked: boolean;
  /** Replaced by an older record of the same person: v1 shows it as `Deleted`. */
  superseded: boolean;
  /** Version of the users of the location at the last change. */
  version: number;
}

export type UserReader = Readonly<ContentUser>;

/** Plain data. A former record is its index. */
export interface SavedUsers {
  readonly users: readonly (Readonly<Omit<ContentUser, 'former'>> & {
    readonly former: number | undefined;
  })[];
  readonly byClientUserId: readonly (readonly [clientUserId: string, user: number])[];
  readonly byAppleAccount: readonly (readonly [account: string, user: number])[];
}

/** More than any location has. */
export const MOST_USERS = 1_000_000;

/** The users of a location, in the order of registration. The last record of a clientUserId is the current one. */
export class UserIndex {
  readonly #users: ContentUser[] = [];
  readonly #byClientUserId = new Map<string, ContentUser>();
  readonly #byAppleAccount = new Map<string, ContentUser>();

  get all(): readonly ContentUser[] {
    return this.#users;
  }

  get(index: number): ContentUser | undefined {
    return this.#users[index];
  }

  /** The newest record of a clientUserId, retired or not. */
  find(clientUserId: string): ContentUser | undefined {
    return this.#byClientUserId.get(clientUserId);
  }

  /** The same, undefined if it is retired. */
  active(clientUserId: string): ContentUser | undefined {
    const user = this.#byClientUserId.get(clientUserId);
    return user === undefined || user.status === 'Retired' ? undefined : user;
  }

  /** The user that is linked with an Apple Account now. */
  linkedTo(appleAccount: string): ContentUser | undefined {
    return this.#byAppleAccount.get(appleAccount.toLowerCase());
  }

  add(user: Omit<ContentUser, 'index'>): ContentUser {
    const added = { ...user, index: this.#users.length };
    this.#users.push(added);
    this.#byClientUserId.set(user.clientUserId, added);
    return added;
  }

  save(): SavedUsers {
    const indexes = (users: ReadonlyMap<string, ContentUser>) =>
      [...users].map(([key, { index }]) => [key, index] as const);
    return {
      users: this.#users.map((user) => ({ ...user, former: user.former?.index })),
      byClientUserId: indexes(this.#byClientUserId),
      byAppleAccount: indexes(this.#byAppleAccount),
    };
  }

  restore({ users, byClientUserId, byAppleAccount }: SavedUsers): void {
    this.#users.length = 0;
    // A former record is always an older one.
    for (const { former, ...user } of users)
      this.#users.push({ ...user, former: former === undefined ? undefined : this.#users[former] });
    this.#byClientUserId.clear();
    for (const [key, index] of byClientUserId) this.#byClientUserId.set(key, this.#users[index]!);
    this.#byAppleAccount.clear();
    for (const [key, index] of byAppleAccount) this.#byAppleAccount.set(key, this.#users[index]!);
  }

  /** Makes an older record the current one of its clientUserId. */
  revive(user: ContentUser): void {
    this.#byClientUserId.set(user.clientUserId, user);
  }

  link(user: ContentUser, appleAccount: string): void {
    this.unlink(user);
    user.appleAccount = appleAccount;
    this.#byAppleAccount.set(appleAccount.toLowerCase(), user);
  }

  unlink(user: ContentUser): void {
    if (user.appleAccount === undefined) return;
    const key = user.appleAccount.toLowerCase();
    if (this.#byAppleAccount.get(key) === user) this.#byAppleAccount.delete(key);
  }
}

export interface UserIndexReader {
  readonly all: readonly UserReader[];
  get(index: number): UserReader | undefined;
  find(clientUserId: string): UserReader | undefined;
  active(clientUserId: string): UserReader | undefined;
  linkedTo(appleAccount: string): UserReader | undefined;
  save(): SavedUsers;
}
