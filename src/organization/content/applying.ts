import type { Identifiers } from '../../core/identifiers.ts';
import type { Behavior } from '../behavior.ts';
import type { ContentChange } from './change.ts';
import type { ContentState, LocationState } from './location.ts';

/** What the appliers of Apps and Books work with. */
export interface ApplyingContent {
  readonly state: ContentState;
  readonly behavior: Behavior['vpp'];
  readonly identifiers: Identifiers;
  /** Managed Apple Accounts of the organization; undefined where every one is taken for its own. */
  readonly managedAccounts: ReadonlySet<string> | undefined;
  /** Lets a change happen at a virtual time. */
  readonly later: (at: number, change: ContentChange) => void;
  readonly knowsSerial: (serial: string) => boolean;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
}

export const locationOf = (
  { state }: ApplyingContent,
  { location }: { readonly location: number },
): LocationState => state.locations[location]!;
