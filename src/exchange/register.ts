import { nearestWord } from '../matching/nearest-word.ts';

const MOST_COMPARED = 200;

/** Which organization holds which credential. */
export class CredentialRegister {
  readonly #holders = new Map<string, string>();
  readonly #held = new Map<string, string[]>();

  holder(credential: string): string | undefined {
    return this.#holders.get(credential);
  }

  /** Those of the credentials that another organization holds. */
  taken(id: string, credentials: readonly string[]): readonly string[] {
    return credentials.filter((credential) => (this.#holders.get(credential) ?? id) !== id);
  }

  set(id: string, credentials: readonly string[]): void {
    this.delete(id);
    for (const credential of credentials) this.#holders.set(credential, id);
    this.#held.set(id, [...credentials]);
  }

  /** Whoever held one of them before, holds it no longer. */
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

  /** The most alike of the same kind, for a hint; the search is bounded. */
  nearest(credential: string): { readonly credential: string; readonly holder: string } | undefined {
    const kind = credential.slice(0, credential.indexOf(':') + 1);
    const among: string[] = [];
    for (const known of this.#holders.keys()) {
      if (known.startsWith(kind)) among.push(known);
      if (among.length === MOST_COMPARED) break;
    }
    const found = nearestWord(credential, among);
    return found === undefined ? undefined : { credential: found, holder: this.#holders.get(found)! };
  }
}
