import { AppleError } from '../../core/apple-error.ts';
import type { DataSet, Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';
import { vppError } from '../vpp/errors.ts';
import { integerIn, type LegacyBody, textIn } from './authenticate.ts';

/** The filter and the position of a walk. The tokens contain both, so that no table is needed. */
export interface Walk {
  readonly filter: Readonly<Record<string, unknown>>;
  readonly batch: number;
  /** Only records that changed after this version; 0: all. */
  readonly since: number;
}

type TokenKind = 'batch' | 'since';

interface Token {
  readonly kind: TokenKind;
  readonly location: string;
  readonly dataSet: DataSet;
  readonly walk: Walk;
}

const CHECK_DIGITS = 16;

const checkOf = ({ runtime }: Organization, text: string): string =>
  runtime.identifiers.hex(`v1 token ${text}`, CHECK_DIGITS);

function write(organization: Organization, token: Token): string {
  const text = JSON.stringify(token);
  const bytes = new TextEncoder().encode(`${checkOf(organization, text)}${text}`);
  // Byte by byte, because the number of arguments of a call is limited.
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function read(organization: Organization, written: string): Token | undefined {
  try {
    const bytes = Uint8Array.from(atob(written), (character) => character.charCodeAt(0));
    const plain = new TextDecoder().decode(bytes);
    const text = plain.slice(CHECK_DIGITS);
    return checkOf(organization, text) === plain.slice(0, CHECK_DIGITS)
      ? (JSON.parse(text) as Token)
      : undefined;
  } catch {
    return undefined;
  }
}

function walkOf(
  organization: Organization,
  location: Location,
  dataSet: DataSet,
  kind: TokenKind,
  written: string,
): Walk | AppleError {
  const token = read(organization, written);
  if (token === undefined || token.kind !== kind || token.dataSet !== dataSet) {
    return vppError(
      '9633',
      `the ${kind === 'batch' ? 'batchToken' : 'sinceModifiedToken'} was not issued here`,
    );
  }
  return token.location === location.uId
    ? token.walk
    : vppError('9629', 'the token was issued to another location');
}

/** The walk of the token that a request has, else a new one. */
export function walkIn(
  organization: Organization,
  location: Location,
  dataSet: DataSet,
  body: LegacyBody,
  filter: Walk['filter'],
): Walk | AppleError {
  const batchToken = textIn(body, 'batchToken');
  if (batchToken !== undefined) {
    const walk = walkOf(organization, location, dataSet, 'batch', batchToken);
    // Clients fetch batches in parallel by their number: https://developer.apple.com/documentation/devicemanagement/retrieving-a-large-record-set
    const index = integerIn(body, 'overrideIndex');
    return walk instanceof AppleError || index === undefined ? walk : { ...walk, batch: index - 1 };
  }
  const sinceToken = textIn(body, 'sinceModifiedToken');
  if (sinceToken === undefined) return { filter, batch: 0, since: 0 };
  const walk = walkOf(organization, location, dataSet, 'since', sinceToken);
  return walk instanceof AppleError ? walk : { ...walk, batch: 0 };
}

export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly members: Readonly<Record<string, unknown>>;
}

export function batchOf<Item>(
  organization: Organization,
  location: Location,
  dataSet: DataSet,
  walk: Walk,
  all: readonly Item[],
): Batch<Item> | AppleError {
  const { v1_batch_size, v1_total_batch_count } = organization.behavior.vpp;
  const total = Math.max(1, Math.ceil(all.length / v1_batch_size));
  if (walk.batch < 0 || walk.batch >= total) {
    return vppError('9602', `there are ${total} batches; ${walk.batch + 1} is none of them`);
  }
  const start = walk.batch * v1_batch_size;
  const items = all.slice(start, start + v1_batch_size);
  const token = (kind: TokenKind, next: Walk): string =>
    write(organization, { kind, location: location.uId, dataSet, walk: next });
  const last = walk.batch + 1 === total;
  return {
    items,
    members: {
      batchCount: items.length,
      ...(last
        ? {
            sinceModifiedToken: token('since', {
              filter: walk.filter,
              batch: 0,
              since: location.versions[dataSet],
            }),
          }
        : { batchToken: token('batch', { ...walk, batch: walk.batch + 1 }) }),
      ...(walk.batch === 0 ? { totalCount: all.length } : {}),
      totalBatchCount: v1_total_batch_count === 'text' ? String(total) : total,
    },
  };
}
