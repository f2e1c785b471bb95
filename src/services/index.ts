import { apnsTable } from './apns/table.ts';
import { depTable } from './dep/table.ts';
import { metadataTable } from './metadata/table.ts';
import type { ServiceTable } from './operation.ts';
import { vppV1Table } from './vpp/v1/table.ts';
import { vppV2Table } from './vpp/v2/table.ts';

/** Apple's services, each with its table of operations. */
export const TABLES: readonly ServiceTable[] = [depTable, apnsTable, vppV2Table, vppV1Table, metadataTable];
