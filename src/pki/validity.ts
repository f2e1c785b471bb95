import type { Validity } from './write-certificate.ts';

const DAY = 86_400_000;

/**
 * Programs verifier certificates by their own clock, which may be the wall's or a faked one set to the scenario's time:
 * a certificate for both is good at either.
 */
export function validityAround(times: readonly number[], days: number): Validity {
  return { notBefore: Math.min(...times) - DAY, notAfter: Math.max(...times) + days * DAY };
}

/** Over since a day by either clock. */
export function validityBefore(times: readonly number[], days: number): Validity {
  const notAfter = Math.min(...times) - DAY;
  return { notBefore: notAfter - days * DAY, notAfter };
}

/** Verified by us on the virtual clock, and looked at by its holder on another: so many days of ours, and good today. */
export function pushCertificateValidity(now: number, wall: number, days: number): Validity {
  return { notBefore: Math.min(now, wall) - DAY, notAfter: Math.max(now + days * DAY, wall + DAY) };
}
