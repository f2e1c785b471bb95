import { nearestWord } from '../engine/matching/nearest-word.ts';
import type { ScenarioDefinition } from '../engine/tenant.ts';
import { assetOf } from '../organization/content/asset-list.ts';
import type { LiteralAsset, LiteralUser, LocationDefinition } from '../organization/content/definition.ts';
import type { Finding, Path } from './reading/problem.ts';

/** Checks what the schema of Apps and Books locations and apps cannot. */
export function contentFindings({ organization }: ScenarioDefinition): readonly Finding[] {
  const locations = organization.locations ?? [];
  const apps = (organization.apps ?? []).map(({ adam_id }, index) => ({
    key: adam_id,
    path: ['apps', index, 'adam_id'],
    message: `the app ${adam_id} is described twice`,
  }));
  const tokens = locations.flatMap(({ content_tokens = [] }, location) =>
    content_tokens.flatMap(({ token }, index) =>
      token === undefined
        ? []
        : {
            key: token,
            path: ['locations', location, 'content_tokens', index, 'token'],
            message: 'another location or token of this file has the same token',
          },
    ),
  );
  const names = locations.map(({ name }, index) => ({
    key: name,
    path: ['locations', index, 'name'],
    message: `another location is named ${JSON.stringify(name)}`,
  }));
  return [
    ...duplicates(names),
    ...duplicates(tokens),
    ...duplicates(apps),
    ...locations.flatMap((location, index) => locationFindings(location, ['locations', index])),
  ];
}

interface Keyed {
  readonly key: string;
  readonly path: Path;
  readonly message: string;
}

function duplicates(items: readonly Keyed[]): readonly Finding[] {
  const seen = new Set<string>();
  return items.flatMap(({ key, path, message }) => {
    if (seen.has(key)) return [{ path, message }];
    seen.add(key);
    return [];
  });
}

const assetKey = ({
  adam_id,
  pricing_param = 'STDQ',
}: Pick<LiteralAsset, 'adam_id' | 'pricing_param'>): string => `${adam_id} ${pricing_param}`;

function locationFindings(location: LocationDefinition, path: Path): readonly Finding[] {
  const assets = (location.assets ?? []).flatMap((asset, index) =>
    'generate' in asset ? [] : [{ asset, index }],
  );
  const users = (location.users ?? []).flatMap((user, index) =>
    'generate' in user ? [] : [{ user, index }],
  );
  return [
    ...duplicates(
      assets.map(({ asset, index }) => ({
        key: assetKey(asset),
        path: [...path, 'assets', index, 'adam_id'],
        message: `${assetKey(asset)} is listed twice`,
      })),
    ),
    ...duplicates(
      users.map(({ user, index }) => ({
        key: user.client_user_id,
        path: [...path, 'users', index, 'client_user_id'],
        message: `the user ${JSON.stringify(user.client_user_id)} is listed twice`,
      })),
    ),
    ...duplicates(
      users.flatMap(({ user, index }) =>
        user.managed_apple_id === undefined || user.status === 'Retired'
          ? []
          : {
              key: user.managed_apple_id.toLowerCase(),
              path: [...path, 'users', index, 'managed_apple_id'],
              message: 'another user of the location has the same Managed Apple Account',
            },
      ),
    ),
    ...assignmentFindings(
      location,
      path,
      new Map(assets.map(({ asset }) => [assetKey(asset), asset])),
      users.map(({ user }) => user),
    ),
  ];
}

function assignmentFindings(
  { assignments = [], users: items = [] }: LocationDefinition,
  path: Path,
  assets: ReadonlyMap<string, LiteralAsset>,
  users: readonly LiteralUser[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const taken = new Map<string, Set<string>>();
  const generated = items.some((item) => 'generate' in item);
  assignments.forEach((assignment, index) => {
    if ('generate' in assignment) return;
    const key = assetKey(assignment);
    const asset = assets.get(key);
    const at = [...path, 'assignments', index];
    if (asset === undefined) {
      const nearest = nearestWord(key, [...assets.keys()]);
      findings.push({
        path: [...at, 'adam_id'],
        message: `the location lists no asset ${key}`,
        hint: nearest === undefined ? 'add it under `assets` of the location' : `did you mean ${nearest}?`,
      });
      return;
    }
    const { client_user_ids = [], serial_numbers = [] } = assignment;
    const facts = assetOf(asset);
    if (serial_numbers.length > 0 && !facts.deviceAssignable) {
      findings.push({ path: [...at, 'serial_numbers'], message: `${key} cannot be assigned to devices` });
    }
    client_user_ids.forEach((id, place) => {
      const user = users.find(({ client_user_id }) => client_user_id === id);
      if (user?.status === 'Retired' || (user === undefined && !generated)) {
        findings.push({
          path: [...at, 'client_user_ids', place],
          message: `the location lists no active user ${JSON.stringify(id)}`,
        });
      }
    });
    const targets = taken.get(key) ?? new Set();
    taken.set(key, targets);
    for (const id of client_user_ids) targets.add(`user ${id}`);
    for (const serial of serial_numbers) targets.add(`serial ${serial}`);
    if (targets.size > facts.total) {
      findings.push({
        path: at,
        message: `${key} is assigned ${targets.size} times, of ${facts.total} licenses`,
        hint: 'give the asset a larger `total`',
      });
    }
  });
  return findings;
}
