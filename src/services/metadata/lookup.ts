import { respond } from '../../core/outcome.ts';
import { queryValues } from '../../core/request.ts';
import { operation } from '../../engine/service.ts';
import type { App } from '../../organization/content/app.ts';
import { vppError } from '../vpp/errors.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { cookieScheme, isOwner } from './authenticate.ts';
import { appIn, artworkUrl, COUNTRIES, idsIn } from './known-app.ts';

function shown(app: App): Record<string, unknown> {
  const book = app.kind === 'epubBook';
  return {
    artistName: app.artist,
    artwork: { bgColor: 'ffffff', height: 1024, url: artworkUrl(app), width: 1024 },
    ...(book ? {} : { bundleId: app.bundle_id }),
    description: { standard: app.description },
    deviceFamilies: app.device_families,
    genreNames: [app.genre],
    id: app.adam_id,
    isB2BCustomApp: app.custom,
    isVppDeviceBasedLicensingEnabled: app.device_based_licensing,
    kind: app.kind,
    latestVersionReleaseDate: app.release_date,
    ...(book ? {} : { minimumOSVersion: app.minimum_os }),
    name: app.name,
    offers: [
      {
        actionText: { short: app.price === 0 ? 'Get' : 'Buy' },
        buyParams: `productType=C&price=${Math.round(app.price * 1000)}&salableAdamId=${app.adam_id}&pricingParameters=STDQ`,
        price: app.price,
        priceFormatted: app.price === 0 ? 'Free' : `$${app.price.toFixed(2)}`,
        type: app.price === 0 ? 'get' : 'buy',
        version: { display: app.version, externalId: app.external_version_id },
      },
    ],
    releaseDate: app.release_date,
    ...(app.watch_bundle_id === undefined ? {} : { watchBundleId: app.watch_bundle_id }),
  };
}

/** As recorded live: a missing `p` is 7011, an unknown one 7012, a missing `caller` 403. */
export const lookup = operation({
  name: 'vpp.metadata.lookup',
  methods: ['GET'],
  path: '/WebObjects/MZStorePlatform.woa/wa/lookup',
  about: 'Returns apps and books from the store',
  scheme: cookieScheme,
  errors: ['LOOKUP_7011', 'LOOKUP_7012', 'LOOKUP_403'],
  source: VPP_PAGES.legacyMetadata,
  handler({ organization, request, caller }) {
    const [kind] = queryValues(request, 'p');
    if (kind === undefined)
      return vppError('LOOKUP_7011', 'the parameter `p` is missing; it is `mdm-lockup`');
    if (kind !== 'mdm-lockup') {
      return vppError('LOOKUP_7012', `\`p\` is ${JSON.stringify(kind.slice(0, 40))}, not \`mdm-lockup\``);
    }
    if (queryValues(request, 'caller')[0] === undefined) {
      return vppError('LOOKUP_403', 'the parameter `caller` is missing; it is `MDM`');
    }
    const requested = (queryValues(request, 'cc')[0] ?? 'us').toLowerCase();
    const country = Object.hasOwn(COUNTRIES, requested) ? requested : 'us';
    const owner = isOwner(organization, caller.token);
    const results = Object.fromEntries(
      idsIn(queryValues(request, 'id')).flatMap((id) => {
        const app = appIn(organization, id, { country, owner });
        return app === undefined ? [] : [[id, shown(app)]];
      }),
    );
    const body = {
      isAuthenticated: false,
      meta: {
        language: { tag: queryValues(request, 'l')[0] ?? 'en-us' },
        storefront: { cc: country, id: COUNTRIES[country] },
      },
      results,
      version: Number(queryValues(request, 'version')[0] ?? 2),
    };
    const headers = { 'cache-control': 'max-age=900', 'content-type': 'application/json;charset=utf-8' };
    return respond(200, headers, JSON.stringify(body));
  },
});
