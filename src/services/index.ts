import { type Catalog, catalogOf } from '../engine/catalog.ts';
import type { Service } from '../engine/service.ts';
import { apns } from './apns/index.ts';
import { dep } from './dep/index.ts';
import { metadata } from './metadata/index.ts';
import { vpp } from './vpp/index.ts';
import { vppV1 } from './vpp-v1/index.ts';

/** Apple's services. */
export const SERVICES: readonly Service[] = [dep, apns, vpp, vppV1, metadata];

/** Their operations, fields and behavior settings by name. */
export const CATALOG: Catalog = catalogOf(SERVICES);
