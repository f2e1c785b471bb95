/** One of Apple's errors as it stands on the wire. */
export interface ErrorRow {
  readonly status: number;
  /** The body, before a behavior key changes its form. */
  readonly body: string;
  readonly when: string;
  /** Apple's page or the public thread; `default` where it is our own choice (docs/fidelity.md). */
  readonly source: string;
}

export const rowOf = (table: Readonly<Record<string, ErrorRow>>, name: string): ErrorRow | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
