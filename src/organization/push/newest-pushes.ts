import { readUuid, writeUuid } from '../../core/hexadecimal.ts';
import type { DiscardReason, PushFate, RegistrationNumber } from './registration.ts';
import { RegistrationRows, type SavedRows } from './registration-rows.ts';

/** The newest push to a registration, and what happened to it. A file may leave out part of it. */
export interface NewestPush {
  readonly apnsId: string | undefined;
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  readonly fate: PushFate | undefined;
  readonly reason: DiscardReason | undefined;
  readonly woke: boolean;
}

/** Plain data. */
export interface SavedNewestPushes {
  readonly rows: SavedRows;
  readonly otherIds: readonly (readonly [RegistrationNumber, apnsId: string])[];
}

/** In the order of their codes; 0 means that a row is not written. */
const ID_FORMS = ['unwritten', 'none', 'lower', 'upper', 'other'] as const;
const FATES = [undefined, 'delivered', 'stored', 'discarded'] as const satisfies readonly (
  | PushFate
  | undefined
)[];
const REASONS = [
  undefined,
  'overwritten',
  'expired',
  'unregistered',
  'not_stored',
] as const satisfies readonly (DiscardReason | undefined)[];

/** Offsets of the members in a row. */
const ID_FORM = 0;
const FATE = 1;
const REASON = 2;
const WOKE = 3;
const AT = 4;
const ID = 12;
const WIDTH = 28;

const OTHER = ID_FORMS.indexOf('other');

/** The newest push to each registration that had one, in rows without objects. */
export class NewestPushes {
  readonly #rows = new RegistrationRows(WIDTH);
  /** Ids that are not a UUID in one case: clients may mix cases, and get back what they sent. */
  readonly #otherIds = new Map<RegistrationNumber, string>();

  of(registration: RegistrationNumber): NewestPush | undefined {
    const page = this.#rows.page(registration);
    if (page === undefined) return undefined;
    const row = this.#rows.offset(registration);
    const form = ID_FORMS[page.getUint8(row + ID_FORM)]!;
    if (form === 'unwritten') return undefined;
    return {
      apnsId: form === 'other' ? this.#otherIds.get(registration) : idIn(page, row + ID, form),
      at: page.getFloat64(row + AT),
      fate: FATES[page.getUint8(row + FATE)],
      reason: REASONS[page.getUint8(row + REASON)],
      woke: page.getUint8(row + WOKE) === 1,
    };
  }

  write(registration: RegistrationNumber, { apnsId, at, fate, reason, woke }: NewestPush): void {
    const page = this.#rows.touch(registration);
    const row = this.#rows.offset(registration);
    if (page.getUint8(row + ID_FORM) === OTHER) this.#otherIds.delete(registration);
    const form = apnsId === undefined ? 'none' : (writeUuid(apnsId, page, row + ID) ?? 'other');
    if (form === 'other') this.#otherIds.set(registration, apnsId!);
    page.setUint8(row + ID_FORM, ID_FORMS.indexOf(form));
    page.setUint8(row + FATE, FATES.indexOf(fate));
    page.setUint8(row + REASON, REASONS.indexOf(reason));
    page.setUint8(row + WOKE, woke ? 1 : 0);
    page.setFloat64(row + AT, at);
  }

  /** The registrations that had a push. */
  registrations(): Iterable<RegistrationNumber> {
    return this.#rows.written();
  }

  save(): SavedNewestPushes {
    return { rows: this.#rows.save(), otherIds: [...this.#otherIds] };
  }

  /** Of pushes in their initial state. */
  restore({ rows, otherIds }: SavedNewestPushes): void {
    this.#rows.restore(rows);
    for (const [registration, apnsId] of otherIds) this.#otherIds.set(registration, apnsId);
  }
}

function idIn(page: DataView, offset: number, form: 'none' | 'lower' | 'upper'): string | undefined {
  if (form === 'none') return undefined;
  const id = readUuid(page, offset);
  return form === 'upper' ? id.toUpperCase() : id;
}

export type NewestPushReader = Omit<NewestPushes, 'write' | 'restore'>;
