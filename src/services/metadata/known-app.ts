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

/** Product type and platforms of an asset of the organization, which has no entry of its own. */
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
 * What the store knows under an id: what the scenario describes, what a location owns, and every app that is generated
 * anywhere, as those are the same in every organization.
 */
export function knownApp(organization: Organization, adamId: string): App | undefined {
  return appsOf(organization).get(adamId) ?? ownedApp(organization, adamId) ?? generatedApp(adamId);
}

export interface Storefront {
  readonly country: string;
  /** Whether a content token of the organization came along. */
  readonly owner: boolean;
}

/** Apps sold there; custom apps are for their owner alone. */
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

/** A template as Apple's are; nothing is served under it. */
export const artworkUrl = ({ adam_id }: App): string =>
  `https://is1-ssl.mzstatic.com/image/thumb/Purple/v4/${adam_id}/AppIcon.png/{w}x{h}bb.{f}`;

export const artworkOf = (app: App, size: number): string =>
  artworkUrl(app).replace('{w}', String(size)).replace('{h}', String(size)).replace('{f}', 'png');

/** More than anybody asks for at once. */
export const MOST_IDS = 500;

export const idsIn = (values: readonly string[]): readonly string[] =>
  [...new Set(values.flatMap((value) => value.split(',')))]
    .map((id) => id.trim())
    .filter((id) => /^\d{1,19}$/.test(id))
    .slice(0, MOST_IDS);
