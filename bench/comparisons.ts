import { account } from './comparisons/account.ts';
import { devices } from './comparisons/devices.ts';
import { inProcess } from './comparisons/in-process.ts';
import { licenses } from './comparisons/licenses.ts';
import { msw } from './comparisons/msw.ts';
import { organizations } from './comparisons/organizations.ts';
import { pushes } from './comparisons/pushes.ts';
import { start } from './comparisons/start.ts';
import { verified } from './comparisons/verified.ts';
import type { Comparison } from './harness/comparison.ts';

export const COMPARISONS: readonly Comparison[] = [
  start,
  inProcess,
  account,
  devices,
  verified,
  pushes,
  organizations,
  licenses,
  msw,
];
