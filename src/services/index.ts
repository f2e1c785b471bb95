import { apns } from './apns/index.ts';
import { dep } from './dep/index.ts';
import type { Service } from './operation.ts';

/** Apple's services, each with its table of operations. */
export const SERVICES: readonly Service[] = [dep, apns];
