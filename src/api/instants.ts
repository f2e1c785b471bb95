import { instant, preciseInstant } from '../core/clock.ts';

/** The furthest time that a JavaScript Date can show. */
const LAST_TIME = 8_640_000_000_000_000;

const showable = (milliseconds: number): boolean => Math.abs(milliseconds) <= LAST_TIME;

/** With milliseconds; null where a time lies beyond what can be shown, as that of a very long duration. */
export const shownInstant = (milliseconds: number): string | null =>
  showable(milliseconds) ? preciseInstant(milliseconds) : null;

/** In whole seconds, as Apple prints it; null for a time that never was. */
export const shownSecond = (milliseconds: number | undefined): string | null =>
  milliseconds !== undefined && milliseconds !== 0 && showable(milliseconds) ? instant(milliseconds) : null;
