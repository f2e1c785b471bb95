import type { Random } from '../../core/random.ts';
import type { Latency } from './definition.ts';

/** What timers can wait, in milliseconds. */
export const LONGEST_LATENCY = 24 * 24 * 60 * 60 * 1000;

/** Of the standard normal distribution, by Box and Muller. */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.fraction()));
  return radius * Math.cos(2 * Math.PI * random.fraction());
}

/** Whole milliseconds, drawn where the latency is a distribution. */
export function drawLatency(latency: Latency, random: Random): number {
  if (typeof latency === 'number') return latency;
  if ('uniform' in latency) {
    const [least, most] = latency.uniform;
    return Math.round(least + random.fraction() * (most - least));
  }
  const { median, sigma } = latency.log_normal;
  return Math.min(Math.round(median * Math.exp(sigma * normal(random))), LONGEST_LATENCY);
}
