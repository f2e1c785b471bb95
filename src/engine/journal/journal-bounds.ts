/** How much a journal keeps: what comes beyond pushes the oldest out. */
export interface JournalBounds {
  readonly entries: number;
  readonly bytes: number;
}
