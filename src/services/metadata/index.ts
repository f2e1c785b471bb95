import type { Service } from '../../engine/service.ts';
import { isMetadataError, VPP_ERRORS } from '../vpp/errors.ts';
import { renderError } from '../vpp/render.ts';
import { METADATA_HOSTS, metadataKeyCredential } from './authenticate.ts';
import { catalogOperations } from './catalog.ts';
import { fleetAuth } from './fleet-auth.ts';
import { itunesLookup } from './itunes-lookup.ts';
import { lookup } from './lookup.ts';

/** What the store publishes about apps and books. Fields and behavior settings are those of `vpp`. */
export const metadata: Service = {
  name: 'metadata',
  title: 'Apps and Books metadata',
  about: 'Names, versions and prices of apps and books, by each of the three APIs of the store',
  hosts: METADATA_HOSTS,
  operations: [lookup, itunesLookup, ...catalogOperations, fleetAuth],
  fields: {},
  errors: VPP_ERRORS,
  errorRoles: {
    unknownPath: 'CATALOG_40400',
    wrongMethod: 'WRONG_METHOD',
    bodyTooLarge: 'BODY_TOO_LARGE',
    malformedBody: 'CATALOG_40000',
    internalError: '9603',
    tooManyRequests: 'CATALOG_42900',
  },
  renderError,
  credentials: {
    all: ({ definition }) =>
      (definition.metadataKeys ?? []).map(({ key_id }) => metadataKeyCredential(key_id)),
  },
  // Fleet sends the content token in it: https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go
  secretHeaders: ['vpp-token'],
  docs: { page: 'metadata', errors: isMetadataError },
};
