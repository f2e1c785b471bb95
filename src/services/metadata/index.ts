import type { Service } from '../operation.ts';
import { renderError } from '../vpp/v2/render.ts';
import { catalogueOperations } from './catalogue.ts';
import { metadataKeyCredential } from './catalogue-scheme.ts';
import { fleetAuth } from './fleet-proxy.ts';
import { METADATA_HOSTS } from './hosts.ts';
import { itunesLookup } from './itunes-lookup.ts';
import { lookup } from './lookup.ts';

/** What the store tells of apps and books, by each of its three ways. */
export const metadata: Service = {
  name: 'vpp',
  hosts: METADATA_HOSTS,
  operations: [lookup, itunesLookup, ...catalogueOperations, fleetAuth],
  credentials: ({ definition }) =>
    (definition.metadataKeys ?? []).map(({ key_id }) => metadataKeyCredential(key_id)),
  renderError,
  unknownPath: 'CATALOGUE_40400',
  wrongMethod: 'WRONG_METHOD',
  bodyTooLarge: 'BODY_TOO_LARGE',
  malformedBody: 'CATALOGUE_40000',
  internalError: '9603',
  tooManyRequests: 'CATALOGUE_42900',
};
