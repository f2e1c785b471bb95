import { nearestWord } from './matching/nearest-word.ts';

const MOST_COMPARED = 200;
const MOST_LOOKED_AT = 50_000;
const SHARED = 8;

/** A known credential that is similar to an unknown one. */
export interface NearCredential {
  readonly credential: string;
  readonly holder: string;
  /** Set if there is no other difference. */
  readonly differsIn?: 'case' | 'white space' | 'case and white space';
}

/** Finds an organization by its credentials. */
export class CredentialIndex {
  readonly #holders = new Map<string, string>();
  readonly #held = new Map<string, string[]>();

  holder(credential: string): string | undefined {
    return this.#holders.get(credential);
  }

  /** The given credentials that another organization holds. */
  taken(id: string, credentials: readonly string[]): readonly string[] {
    return credentials.filter((credential) => (this.#holders.get(credential) ?? id) !== id);
  }

  set(id: string, credentials: readonly string[]): void {
    this.delete(id);
    for (const credential of credentials) this.#holders.set(credential, id);
    this.#held.set(id, [...credentials]);
  }

  /** Takes the credentials from organizations that held them before. */
  add(id: string, credentials: readonly string[]): void {
    for (const credential of credentials) {
      if (this.#holders.get(credential) === id) continue;
      this.#holders.set(credential, id);
      this.#held.get(id)?.push(credential);
    }
  }

  delete(id: string): void {
    for (const credential of this.#held.get(id) ?? []) {
      if (this.#holders.get(credential) === id) this.#holders.delete(credential);
    }
    this.#held.delete(id);
  }

  /** The most similar credential of the same kind, for a hint. The search is bounded. */
  nearest(credential: string): NearCredential | undefined {
    const kind = credential.slice(0, credential.indexOf(':') + 1);
    const trimmed = credential.trimEnd();
    const folded = trimmed.toLowerCase();
    const alike: string[] = [];
    const others: string[] = [];
    let left = MOST_LOOKED_AT;
    for (const known of this.#holders.keys()) {
      if (left === 0) break;
      left -= 1;
      if (!known.startsWith(kind)) continue;
      if (known.length === trimmed.length && known.toLowerCase() === folded) {
        const inCase = trimmed === credential ? 'case' : 'case and white space';
        const differsIn = known === trimmed ? 'white space' : inCase;
        return { credential: known, holder: this.#holders.get(known)!, differsIn };
      }
      if (sharesAnEnd(known, credential, kind.length)) alike.push(known);
      else if (others.length < MOST_COMPARED) others.push(known);
    }
    const found = nearestWord(credential, [...alike, ...others].slice(0, MOST_COMPARED));
    if (found === undefined) return undefined;
    return { credential: found, holder: this.#holders.get(found)! };
  }
}

/** Whether two credentials of one kind share a prefix or a suffix. Generated ones share none. */
const sharesAnEnd = (one: string, other: string, kind: number): boolean =>
  one.startsWith(other.slice(kind, kind + SHARED), kind) || one.endsWith(other.slice(-SHARED));
