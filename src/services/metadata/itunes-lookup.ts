import { respond } from '../../core/outcome.ts';
import { queryValues } from '../../core/request.ts';
import { operation } from '../../engine/service.ts';
import type { App } from '../../organization/content/app.ts';
import { cookieScheme } from './authenticate.ts';
import { appIn, artworkOf, idsIn } from './known-app.ts';

const SOURCE = 'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/itunes/api.go';

const DEVICES: Readonly<Record<string, readonly string[]>> = {
  iphone: ['iPhone5s-iPhone5s'],
  ipad: ['iPadAir-iPadAir'],
  mac: ['MacDesktop-MacDesktop'],
  tvos: ['AppleTV-AppleTV'],
};

function shown(app: App): Record<string, unknown> {
  return {
    artistName: app.artist,
    artworkUrl100: artworkOf(app, 100),
    artworkUrl512: artworkOf(app, 512),
    artworkUrl60: artworkOf(app, 60),
    bundleId: app.bundle_id,
    currency: 'USD',
    kind: app.kind === 'desktopApp' ? 'mac-software' : app.kind === 'epubBook' ? 'ebook' : 'software',
    minimumOsVersion: app.minimum_os,
    price: app.price,
    primaryGenreName: app.genre,
    releaseDate: `${app.release_date}T07:00:00Z`,
    supportedDevices: app.device_families.flatMap((family) => DEVICES[family] ?? []),
    trackId: Number(app.adam_id),
    trackName: app.name,
    version: app.version,
    wrapperType: 'software',
  };
}

const FAMILIES: Readonly<Record<string, string>> = {
  software: 'iphone',
  iPadSoftware: 'ipad',
  macSoftware: 'mac',
};

/** `entity` selects the apps for one kind of device. */
function fits(app: App, entities: readonly string[]): boolean {
  const families = entities.flatMap((entity) => FAMILIES[entity] ?? []);
  return families.length === 0 || families.some((family) => app.device_families.includes(family));
}

export const itunesLookup = operation({
  name: 'vpp.metadata.itunes',
  methods: ['GET'],
  path: '/lookup',
  about: 'Returns apps from the public store',
  scheme: cookieScheme,
  errors: [],
  source: SOURCE,
  handler({ organization, request }) {
    const country = (queryValues(request, 'country')[0] ?? 'us').toLowerCase();
    const entities = queryValues(request, 'entity').flatMap((value) => value.split(','));
    const results = idsIn(queryValues(request, 'id')).flatMap((id) => {
      const app = appIn(organization, id, { country, owner: false });
      return app !== undefined && fits(app, entities) ? [shown(app)] : [];
    });
    const body = JSON.stringify({ resultCount: results.length, results });
    return respond(200, { 'content-type': 'text/javascript; charset=utf-8' }, body);
  },
});
