import type { Service } from '../operation.ts';
import { operationsOf } from '../table.ts';
import { VPP_ERRORS } from '../vpp/errors.ts';
import { renderError } from '../vpp/v2/render.ts';
import { catalogOperations } from './catalog.ts';
import { fleetAuth } from './fleet-proxy.ts';
import { itunesLookup } from './itunes-lookup.ts';
import { lookup } from './lookup.ts';
import { METADATA_ROWS, metadataTable } from './table.ts';

/** What answers for the store. */
export const metadata: Service = {
  name: metadataTable.name,
  hosts: metadataTable.hosts,
  operations: operationsOf(METADATA_ROWS, { lookup, itunesLookup, ...catalogOperations, fleetAuth }),
  errors: VPP_ERRORS,
  renderError,
  unknownPath: 'CATALOG_40400',
  wrongMethod: 'WRONG_METHOD',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: 'CATALOG_40000',
  internalError: '9603',
  tooManyRequests: 'CATALOG_42900',
};
