import type { Host } from '../core/host.ts';
import type { Identifiers } from '../core/identifiers.ts';
import type { Random } from '../core/random.ts';
import type { Account } from './account.ts';
import type { Behavior } from './behavior.ts';
import type { Change } from './change.ts';
import type { OrganizationDefinition } from './definition.ts';
import type { Kind, MemberKinds, Members } from './members.ts';
import type { Organization } from './organization.ts';

/** When the initial state was made: dates in it depend on that. */
export interface StartTime {
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  readonly wallAt: number;
}

/** Input of the initial state of an area. */
export interface InitialContext {
  readonly definition: OrganizationDefinition;
  /** Sections of the scenario for areas outside of this folder. */
  readonly sections: Readonly<Record<string, unknown>>;
  /** Id from which generated credentials derive. */
  readonly organizationId: string;
  readonly account: Account;
  readonly host: Host;
  readonly startedAt: StartTime;
  /** Virtual and real time now: later than `startedAt` if a part of the state is reset. */
  readonly now: StartTime;
  /** Expiry of tokens without a date of their own, virtual time. */
  readonly expiry: number;
  /** Takes identifiers as a part of the initial state. */
  readonly identifiers: Identifiers;
  random(purpose: string): Random;
  /** The state of an area before this one in the list. */
  read<Reader>(area: AreaOf<Reader>): Reader;
}

/** Input of a reducer. */
export interface Context<State> {
  readonly state: State;
  /** Virtual time of the change. */
  readonly at: number;
  readonly behavior: Behavior;
  /** Takes identifiers as a part of the change. */
  readonly identifiers: Identifiers;
  /** Plans another change for a virtual time. */
  readonly plan: (at: number, change: Change) => void;
}

/** How each change of an area alters the state of the area. */
export type Reducers<AreaChange extends { readonly type: string }, State> = {
  readonly [Type in AreaChange['type']]: (
    context: Context<State>,
    change: Extract<AreaChange, { readonly type: Type }>,
  ) => void;
};

/** A portal action that cannot be performed; nothing was changed. */
export class ActionError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'ActionError';
    this.hint = hint;
  }
}

/**
 * The changes of each portal action of an area, by its name. An action changes nothing itself, and throws ActionError if
 * it cannot be performed.
 */
export type ActionTable<AreaActions> = {
  readonly [Name in keyof AreaActions]: (
    organization: Organization,
    argument: AreaActions[Name],
  ) => readonly Change[];
};

/** The readable form of a change that other changes can plan. */
export interface PlannableChange {
  readonly members: MemberKinds;
  /** @returns why the change cannot be planned in this state; undefined if it can */
  readonly problem?: (state: never, change: never) => string | undefined;
}

/** Areas that `reset` resets together. */
export type ResetPart = 'state' | 'clock' | 'faults';

/** One part of the state of an organization: its initial state, its reducers, and a description of its members. */
export interface Area {
  readonly name: string;
  /** Every member of the state. Both encodings derive from it. */
  readonly members: MemberKinds;
  /** Whether the members are under the name of the area in `state:` of a file, or at its top level. */
  readonly place: 'section' | 'top';
  readonly about?: string | undefined;
  /** The form of its section in a scenario file, under the name of the area. Without it the area has none. */
  readonly scenario?: Kind & { readonly kind: 'record' };
  readonly part: ResetPart;
  initialize(context: InitialContext): object;
  readonly reducers: Readonly<Record<string, (context: Context<never>, change: never) => void>>;
  /** The changes that other changes plan, by type. */
  readonly plannable: Readonly<Record<string, PlannableChange>>;
  /** The portal actions of the area, by name. */
  readonly actions: Readonly<
    Record<string, (organization: Organization, argument: never) => readonly Change[]>
  >;
  /** The form of the argument of each action. The scenario schema has those of the areas in this folder. */
  readonly actionArguments: Readonly<Record<string, Kind>>;
  /** Loads what the area needs before its state is replaced by this one. */
  prepare?(saved: never): Promise<void>;
}

/** An area whose state is read as `Reader`. */
export interface AreaOf<Reader> extends Area {
  readonly reader?: Reader;
}

interface AreaParts<State extends object, AreaChange extends { readonly type: string }> {
  readonly name: string;
  readonly members: Members<State>;
  readonly place?: Area['place'];
  readonly about?: string;
  readonly scenario?: Area['scenario'];
  readonly part?: ResetPart;
  readonly initialize: (context: InitialContext) => State;
  readonly reducers: Reducers<AreaChange, State>;
  readonly plannable?: Area['plannable'];
  readonly actions?: Area['actions'];
  readonly actionArguments?: Area['actionArguments'];
  readonly prepare?: (saved: Partial<State>) => Promise<void>;
}

/** Declares an area. `Reader` is what everything but its reducers sees of the state. */
export const area = <
  State extends object,
  AreaChange extends { readonly type: string },
  Reader = Readonly<State>,
>(
  parts: AreaParts<State, AreaChange>,
): AreaOf<Reader> =>
  ({
    place: 'section',
    part: 'state',
    plannable: {},
    actions: {},
    actionArguments: {},
    ...parts,
  }) as AreaOf<Reader>;
