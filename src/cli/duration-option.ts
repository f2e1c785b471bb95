import { InvalidArgumentError, type Option } from 'commander';
import { parseDuration } from '../core/duration.ts';
import { option } from './option.ts';

/** An option that takes a duration, held in milliseconds. */
export const durationOption = (flags: string, about: string): Option =>
  option(flags, about).argParser((text) => {
    const milliseconds = parseDuration(text);
    if (milliseconds !== undefined) return milliseconds;
    throw new InvalidArgumentError('A duration is written 500ms, 30s, 2m or 1m30s.');
  });
