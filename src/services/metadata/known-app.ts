import { type App, appOf, generatedApp } from '../../organization/content/app.ts';
import type { Organization } from '../../organization/organization.ts';

const described = new WeakMap<Organization, ReadonlyMap<string, App>>();

function appsOf(organization: Organization): ReadonlyMap<string, App> {
  let apps = described.get(organization);
  if (apps === undefined) {
    apps = new Map((organization.definition.apps ?? []).map((app) => [app.adam_id, appOf(app)]));
    described.set(organization, apps);
  }
  return apps;
}

/** An app derived from product type and platforms of an asset that the scenario does not describe. */
function ownedApp({ content }: Organization, adamId: string): App | undefined {
  for (const { assets } of content.locations) {
    const asset = assets.find(adamId, 'STDQ') ?? assets.find(adamId, 'PLUS');
    if (asset === undefined) continue;
    if (asset.productType === 'Book') return appOf({ adam_id: adamId, kind: 'epubBook' });
    const macOnly = asset.platforms.every((platform) => platform === 'macOS');
    if (macOnly) return appOf({ adam_id: adamId, kind: 'desktopApp' });
    const extra = asset.platforms.includes('macOS') ? ['mac'] : [];
    const tv = asset.platforms.includes('tvOS') ? ['tvos'] : [];
    return appOf({ adam_id: adamId, device_families: ['iphone', 'ipad', 'ipod', ...extra, ...tv] });
  }
  return undefined;
}

/**
 * The app of an id: described in the scenario, owned by a location, or generated. Generated apps are the same in
 * every organization.
 */
export function knownApp(organization: Organization, adamId: string): App | undefined {
  return appsOf(organization).get(adamId) ?? ownedApp(organization, adamId) ?? generatedApp(adamId);
}

export interface Storefront {
  readonly country: string;
  /** Whether the request has a content token of the organization. */
  readonly owner: boolean;
}

/** Apps of a storefront. Custom apps are shown only to their owner. */
export function appIn(
  organization: Organization,
  adamId: string,
  { country, owner }: Storefront,
): App | undefined {
  const app = knownApp(organization, adamId);
  if (app === undefined || (app.custom && !owner)) return undefined;
  return app.storefronts === undefined || app.storefronts.includes(country) || owner ? app : undefined;
}

export const COUNTRIES: Readonly<Record<string, string>> = {
  us: '143441',
  gb: '143444',
  de: '143443',
  fr: '143442',
  it: '143450',
  es: '143454',
  jp: '143462',
  ca: '143455',
  au: '143460',
  nl: '143452',
};

/** A template in Apple's form. Nothing is served at this URL. */
export const artworkUrl = ({ adam_id }: App): string =>
  `https://is1-ssl.mzstatic.com/image/thumb/Purple/v4/${adam_id}/AppIcon.png/{w}x{h}bb.{f}`;

export const artworkOf = (app: App, size: number): string =>
  artworkUrl(app).replace('{w}', String(size)).replace('{h}', String(size)).replace('{f}', 'png');

/** Ids in one request at most. */
export const MOST_IDS = 500;

export const idsIn = (values: readonly string[]): readonly string[] =>
  [...new Set(values.flatMap((value) => value.split(',')))]
    .map((id) => id.trim())
    .filter((id) => /^\d{1,19}$/.test(id))
    .slice(0, MOST_IDS);
