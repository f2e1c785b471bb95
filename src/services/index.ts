import { apns } from './apns/index.ts';
import { dep } from './dep/index.ts';
import { metadata } from './metadata/index.ts';
import type { Service } from './operation.ts';
import { vppV1 } from './vpp/v1/index.ts';
import { vppV2 } from './vpp/v2/index.ts';

/** Apple's services, each with its table of operations. */
export const SERVICES: readonly Service[] = [dep, apns, vppV2, vppV1, metadata];
