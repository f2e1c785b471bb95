import type { Change } from '../change.ts';
import type { ContentState } from '../content/location.ts';
import type { BeginningCounts } from '../enrollment/saved.ts';
import type { EnrollmentState } from '../enrollment/state.ts';
import type { Numbering } from '../inventory/numbering.ts';
import type { PushState } from '../push/state.ts';
import type { PlannedChange } from '../saved.ts';
import { settleContent, tellContent } from './content.ts';
import { settleEnrollment, tellEnrollment } from './enrollment.ts';
import { deviceNamed, nameOfDevice } from './names.ts';
import { settlePush, tellPush } from './push.ts';
import type { OrganizationState, PlannedState } from './state.ts';
import { StateError } from './state-error.ts';

interface Areas {
  readonly enrollment: EnrollmentState;
  readonly push: PushState;
  readonly content: ContentState;
}

interface Told extends Areas {
  readonly beginning: BeginningCounts;
  readonly planned: readonly PlannedChange[];
}

interface Settled extends Areas {
  readonly numbering: Numbering;
  readonly later: (at: number, change: Change) => void;
}

type AreasTold = Required<Pick<OrganizationState, 'enrollment' | 'push' | 'locations' | 'planned'>>;

export type TellState = typeof tellState;
export type SettleState = typeof settleState;

export function tellState({ enrollment, push, content, beginning, planned }: Told): AreasTold {
  const { inventory } = enrollment;
  return {
    planned: planned.flatMap(({ at, change }): PlannedState[] => {
      if (change.type === 'throttle_ended')
        return [{ at, throttleEnds: change.devices.map((ref) => nameOfDevice(inventory, ref)) }];
      if (change.type !== 'content_event_processed') return [];
      return [{ at, eventProcessed: { location: change.location, eventId: change.eventId } }];
    }),
    enrollment: tellEnrollment(enrollment, beginning),
    push: tellPush(push, inventory),
    locations: tellContent(content),
  };
}

/** Makes areas that are at their beginning what a file tells of them. @throws StateError */
export function settleState(told: OrganizationState, areas: Settled): void {
  const { enrollment, push, content, numbering, later } = areas;
  const { inventory } = enrollment;
  if (told.enrollment !== undefined)
    below('enrollment', () => settleEnrollment(enrollment, told.enrollment!, numbering));
  if (told.push !== undefined) below('push', () => settlePush(push, told.push!, inventory));
  if (told.locations !== undefined) below('locations', () => settleContent(content, told.locations!));
  told.planned?.forEach(({ at, throttleEnds, eventProcessed }, index) => {
    if (throttleEnds !== undefined) {
      const devices = throttleEnds.map((name, place) =>
        deviceNamed(inventory, name, ['planned', index, 'throttle_ends', place]),
      );
      later(at, { type: 'throttle_ended', devices });
    }
    if (eventProcessed === undefined) return;
    if (content.locations[eventProcessed.location]?.events.has(eventProcessed.eventId) !== true)
      throw new StateError(['planned', index, 'event_processed'], 'no location has such an event');
    later(at, { type: 'content_event_processed', ...eventProcessed });
  });
}

function below(member: string, settle: () => void): void {
  try {
    settle();
  } catch (error) {
    if (error instanceof StateError) throw new StateError([member, ...error.path], error.message);
    throw error;
  }
}
