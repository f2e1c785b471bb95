import type { AppleError } from '../../core/apple-error.ts';
import { type Response, respond } from '../../core/outcome.ts';
import { type HttpRequest, queryParameters, queryValues } from '../../core/request.ts';
import { type Call, type Operation, operation, type Reply } from '../../engine/service.ts';
import type { App } from '../../organization/content/app.ts';
import { vppError } from '../vpp/errors.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { type CatalogVisitor, catalogScheme, isOwner } from './authenticate.ts';
import { developerTokenProblem } from './developer-token.ts';
import { appIn, COUNTRIES, idsIn } from './known-app.ts';
import { resource } from './resource.ts';

type CatalogCall = Call<CatalogVisitor, unknown>;
type Find = (call: CatalogCall, country: string) => Reply;

const json = (value: unknown): Response =>
  respond(200, { 'content-type': 'application/json;charset=utf-8' }, JSON.stringify(value));

/** Members of `extend` and of `extend[apps]`, `extend[books]`. */
function extended(request: HttpRequest): ReadonlySet<string> {
  return new Set(
    queryParameters(request)
      .filter(([name]) => /^extend(\[\w+\])?$/.test(name))
      .flatMap(([, value]) => value.split(',')),
  );
}

const isBook = (app: App): boolean => app.kind === 'epubBook';

function found(call: CatalogCall, country: string, ids: readonly string[], kind: (app: App) => boolean) {
  const { organization, request, caller } = call;
  const owner = isOwner(organization, caller.token);
  return ids
    .flatMap((id) => appIn(organization, id, { country, owner }) ?? [])
    .filter(kind)
    .map((app) => resource(organization, country, app, extended(request)));
}

/** Unknown ids are left out of the list: https://developer.apple.com/documentation/devicemanagement/get-your-apps-metadata */
const several =
  (kind: (app: App) => boolean): Find =>
  (call, country) =>
    json({ data: found(call, country, idsIn(queryValues(call.request, 'ids')), kind) });

const single =
  (kind: (app: App) => boolean): Find =>
  (call, country) => {
    const { id = '' } = call.parameters;
    const data = found(call, country, [id], kind);
    return data.length === 0
      ? vppError('CATALOG_40400', `the store has no ${id.slice(0, 40)} in ${country}`)
      : json({ data });
  };

/** What the locations of the organization own. */
const purchases: Find = (call, country) => {
  const owned = call.organization.content.locations.flatMap(({ assets }) =>
    assets.all.map(({ adamId }) => adamId),
  );
  const requested = idsIn(queryValues(call.request, 'ids'));
  const ids = [...new Set(owned)]
    .filter((id) => requested.length === 0 || requested.includes(id))
    .slice(0, 500);
  return json({ data: found(call, country, ids, () => true) });
};

const GENRES = ['Productivity', 'Business', 'Education', 'Utilities', 'Graphics & Design', 'Reference'];

const genre = (country: string, name: string, index: number) => ({
  attributes: { name },
  href: `/v1/catalog/${country}/genres/${6000 + index}`,
  id: String(6000 + index),
  type: 'genres',
});

const genres: Find = (_, country) => json({ data: GENRES.map((name, index) => genre(country, name, index)) });

const oneGenre: Find = ({ parameters: { id = '' } }, country) => {
  const index = Number(id) - 6000;
  const name = GENRES[index];
  return name === undefined
    ? vppError('CATALOG_40400', `no genre has the id ${id.slice(0, 40)}`)
    : json({ data: [genre(country, name, index)] });
};

/** Searches the apps of the scenario and those of the organization. */
const search: Find = (call, country) => {
  const { organization, request } = call;
  const term = (queryValues(request, 'term')[0] ?? '').toLowerCase();
  if (term === '') return vppError('CATALOG_40000', 'the parameter `term` is missing');
  const owned = organization.content.locations.flatMap(({ assets }) =>
    assets.all.map(({ adamId }) => adamId),
  );
  const named = (organization.definition.apps ?? []).map(({ adam_id }) => adam_id);
  const data = found(call, country, [...new Set([...named, ...owned])], (app) =>
    app.name.toLowerCase().includes(term),
  ).slice(0, 25);
  const of = (type: string) => data.filter((item) => item.type === type);
  return json({ results: { apps: { data: of('apps') }, books: { data: of('books') } } });
};

function accessProblem({ organization, caller }: CatalogCall, owners: boolean): AppleError | undefined {
  if (organization.behavior.vpp.catalog_access === 'forbidden') {
    return vppError('CATALOG_40300', 'the behavior setting catalog_access is forbidden');
  }
  return owners && !isOwner(organization, caller.token)
    ? vppError('CATALOG_40300', 'the cookie `itvt` must be a valid content token')
    : undefined;
}

const inStorefront = (
  name: string,
  path: string,
  about: string,
  find: Find,
  { owners = false }: { readonly owners?: boolean } = {},
): Operation =>
  operation({
    name: `vpp.metadata.${name}`,
    methods: ['GET'],
    path: `/v1/catalog/{country}/${path}`,
    about,
    scheme: catalogScheme,
    errors: ['CATALOG_40300', 'CATALOG_40400'],
    source: VPP_PAGES.catalog,
    async handler(call) {
      const problem =
        (await developerTokenProblem(call.organization, call.request)) ?? accessProblem(call, owners);
      if (problem !== undefined) return problem;
      const country = (call.parameters.country ?? '').toLowerCase();
      return /^[a-z]{2}$/.test(country)
        ? find(call, country)
        : vppError('CATALOG_40400', `${country.slice(0, 40)} is no storefront`);
    },
  });

const storefront = (id: string) => ({
  attributes: { defaultLanguageTag: 'en-US', name: id.toUpperCase() },
  href: `/v1/storefronts/${id}`,
  id,
  type: 'storefronts',
});

const outsideStorefronts = (
  name: string,
  path: string,
  about: string,
  answer: (call: CatalogCall) => Reply,
): Operation =>
  operation({
    name: `vpp.metadata.${name}`,
    methods: ['GET'],
    path,
    about,
    scheme: catalogScheme,
    errors: ['CATALOG_40400'],
    source: VPP_PAGES.catalog,
    handler: async (call) => (await developerTokenProblem(call.organization, call.request)) ?? answer(call),
  });

const isApp = (app: App): boolean => !isBook(app);

/** Apps and Books Metadata for Organizations. */
export const catalogOperations: readonly Operation[] = [
  inStorefront(
    'owned_apps',
    'stoken-authenticated-apps',
    'Returns apps, including custom apps',
    several(isApp),
    { owners: true },
  ),
  inStorefront(
    'owned_books',
    'stoken-authenticated-books',
    'Returns books of the organization',
    several(isBook),
    { owners: true },
  ),
  inStorefront(
    'purchases',
    'stoken-authenticated-purchases',
    'Returns the purchases of the organization',
    purchases,
    { owners: true },
  ),
  inStorefront('apps', 'apps', 'Returns apps', several(isApp)),
  inStorefront('app', 'apps/{id}', 'Returns an app', single(isApp)),
  inStorefront('books', 'books', 'Returns books', several(isBook)),
  inStorefront('book', 'books/{id}', 'Returns a book', single(isBook)),
  inStorefront('genres', 'genres', 'Lists genres', genres),
  inStorefront('genre', 'genres/{id}', 'Returns a genre', oneGenre),
  inStorefront('search', 'search', 'Finds apps and books by name', search),
  outsideStorefronts('storefronts', '/v1/storefronts', 'Lists storefronts', () =>
    json({ data: Object.keys(COUNTRIES).map(storefront) }),
  ),
  outsideStorefronts(
    'storefront',
    '/v1/storefronts/{id}',
    'Returns a storefront',
    ({ parameters: { id = '' } }) =>
      Object.hasOwn(COUNTRIES, id.toLowerCase())
        ? json({ data: [storefront(id.toLowerCase())] })
        : vppError('CATALOG_40400', `${id.slice(0, 40)} is no storefront`),
  ),
  outsideStorefronts('test', '/v1/test', 'Checks a developer token', () => json({ data: [] })),
];
