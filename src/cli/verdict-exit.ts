import type { VerdictStatus } from '../verify/verdict.ts';

/** What a command ends with by the verdicts: all hold, some failed, some cannot be told. */
export const VERDICT_EXIT: Readonly<Record<VerdictStatus, number>> = { passed: 0, failed: 3, unknown: 4 };
