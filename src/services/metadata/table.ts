import { OnDemand } from '../../core/on-demand.ts';
import type { OperationRow, ServiceTable } from '../operation.ts';
import { rowsOf, type TableRows } from '../table.ts';
import { LOOKUP_PATH } from '../vpp/v2/endpoints.ts';
import { metadataKeyCredential } from './credentials.ts';
import { METADATA_HOSTS } from './hosts.ts';

const get = (name: string, path: string): OperationRow => ({
  name: `vpp.metadata.${name}`,
  methods: ['GET'],
  path,
});

const inStorefront = (name: string, path: string): OperationRow => get(name, `/v1/catalog/{country}/${path}`);

export const METADATA_ROWS = {
  lookup: get('lookup', LOOKUP_PATH),
  itunesLookup: get('itunes', '/lookup'),
  ownedApps: inStorefront('owned_apps', 'stoken-authenticated-apps'),
  ownedBooks: inStorefront('owned_books', 'stoken-authenticated-books'),
  purchases: inStorefront('purchases', 'stoken-authenticated-purchases'),
  apps: inStorefront('apps', 'apps'),
  app: inStorefront('app', 'apps/{id}'),
  books: inStorefront('books', 'books'),
  book: inStorefront('book', 'books/{id}'),
  genres: inStorefront('genres', 'genres'),
  genre: inStorefront('genre', 'genres/{id}'),
  search: inStorefront('search', 'search'),
  storefronts: get('storefronts', '/v1/storefronts'),
  storefront: get('storefront', '/v1/storefronts/{id}'),
  test: get('test', '/v1/test'),
  fleetAuth: { name: 'vpp.metadata.fleet_auth', methods: ['POST'], path: '/api/vpp/v1/auth' },
} as const satisfies TableRows;

/** What the store tells of apps and books, by each of its three ways. */
export const metadataTable: ServiceTable = {
  name: 'vpp',
  hosts: METADATA_HOSTS,
  rows: rowsOf(METADATA_ROWS),
  credentials: ({ definition }) =>
    (definition.metadataKeys ?? []).map(({ key_id }) => metadataKeyCredential(key_id)),
  service: new OnDemand(async () => (await import('../vpp/index.ts')).metadata),
};
