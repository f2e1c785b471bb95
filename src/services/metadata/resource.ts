import type { App } from '../../organization/content/app.ts';
import type { Organization } from '../../organization/organization.ts';
import { artworkUrl } from './known-app.ts';

const PLATFORM_OF: Readonly<Record<string, string>> = {
  iphone: 'ios',
  ipad: 'ios',
  ipod: 'ios',
  mac: 'osx',
  tvos: 'appletvos',
  watch: 'watchos',
  vision: 'xros',
};

function platformAttributes(
  organization: Organization,
  app: App,
  versions: boolean,
): Record<string, unknown> {
  const display = organization.behavior.vpp.lookup_version_spaces ? ` ${app.version}` : app.version;
  return {
    artwork: { bgColor: 'ffffff', height: 1024, url: artworkUrl(app), width: 1024 },
    bundleId: app.bundle_id,
    externalVersionId: app.external_version_id,
    ...(versions ? { latestVersionInfo: { releaseDate: app.release_date, versionDisplay: display } } : {}),
    minimumOSVersion: app.minimum_os,
    requiredCapabilities: app.device_families.includes('mac') ? '' : 'arm64',
    seller: app.artist,
  };
}

/** A resource as https://developer.apple.com/documentation/devicemanagement/get-your-apps-metadata shows it. */
export function resource(
  organization: Organization,
  country: string,
  app: App,
  extended: ReadonlySet<string>,
): Record<string, unknown> {
  const book = app.kind === 'epubBook';
  const type = book ? 'books' : 'apps';
  const platforms = new Set(app.device_families.flatMap((family) => PLATFORM_OF[family] ?? []));
  const attributes = platformAttributes(organization, app, extended.has('latestVersionInfo'));
  return {
    attributes: {
      artistName: app.artist,
      ...(extended.has('description') ? { description: { standard: app.description } } : {}),
      deviceFamilies: app.device_families,
      genreDisplayName: app.genre,
      isB2BCustomApp: app.custom,
      isVppDeviceBasedLicensingEnabled: app.device_based_licensing,
      kind: app.kind,
      name: app.name,
      offers: [
        {
          buyParams: `salableAdamId=${app.adam_id}`,
          price: app.price,
          type: app.price === 0 ? 'get' : 'buy',
        },
      ],
      ...(book
        ? { artwork: attributes.artwork }
        : {
            platformAttributes: Object.fromEntries([...platforms].map((platform) => [platform, attributes])),
          }),
      url: `https://apps.apple.com/${country}/app/id${app.adam_id}`,
      userRating: { ratingCount: 0, value: 0 },
    },
    href: `/v1/catalog/${country}/${type}/${app.adam_id}`,
    id: app.adam_id,
    type,
  };
}
