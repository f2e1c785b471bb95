import type { ContentContext } from './area.ts';
import type { Asset } from './asset-list.ts';
import { createForcedFailure, type EventRequest, EventResult, named } from './event.ts';
import { assign, assignmentsWritten, serialTarget, unassign, unassignAll, userTarget } from './licenses.ts';
import type { Location, LocationState } from './location.ts';
import { listens } from './notification.ts';

type AssetsRequest = Extract<EventRequest, { kind: 'assets' }>;
type RevokeRequest = Extract<EventRequest, { kind: 'revoke' }>;

/** Pairs are in the order of the assets; users of an asset are before its devices. */
export function processAssets(
  context: ContentContext,
  location: LocationState,
  request: AssetsRequest,
): EventResult {
  const result = new EventResult(listens(location, 'ASSET_MANAGEMENT'));
  const forced = createForcedFailure(context.behavior.vpp);
  const each = request.type === 'ASSOCIATE' ? associateSerial : disassociateSerial;
  const eachUser = request.type === 'ASSOCIATE' ? associateUser : disassociateUser;
  assignmentsWritten(location);
  for (const index of request.assets) {
    const asset = location.assets.get(index)!;
    const name = named(asset);
    for (const clientUserId of request.clientUserIds) {
      const error = forced() || eachUser(context, location, asset, clientUserId);
      result.conclude(error, name, { clientUserId });
    }
    for (const serialNumber of request.serialNumbers) {
      const error = forced() || each(context, location, asset, serialNumber);
      result.conclude(error, name, { serialNumber });
    }
  }
  return result;
}

function associateUser(
  _: ContentContext,
  location: LocationState,
  asset: Asset,
  clientUserId: string,
): number {
  const user = location.users.active(clientUserId);
  if (user === undefined) return 9609;
  return assign(location, asset, userTarget(user.index), location.versions.assignments);
}

/** An unknown serial number is accepted too; only the device rejects it: https://github.com/fleetdm/fleet/issues/20449 */
function associateSerial(
  { behavior, state }: ContentContext,
  location: LocationState,
  asset: Asset,
  serial: string,
): number {
  if (behavior.vpp.unknown_serial === 'failed' && !state.knowsSerial(serial)) return 9610;
  const number = location.serials.take(serial);
  const error = assign(location, asset, serialTarget(number), location.versions.assignments);
  if (error !== 0 && !location.assignments.hasAny(serialTarget(number))) location.serials.release(number);
  return error;
}

function disassociateUser(
  { behavior }: ContentContext,
  location: LocationState,
  asset: Asset,
  clientUserId: string,
): number {
  const user = location.users.active(clientUserId);
  if (user === undefined) return 9609;
  const done = unassign(location, asset, userTarget(user.index), location.versions.assignments);
  return done || behavior.vpp.disassociate_unassigned === 'done' ? 0 : 9619;
}

function disassociateSerial(
  { behavior }: ContentContext,
  location: LocationState,
  asset: Asset,
  serial: string,
): number {
  const number = location.serials.number(serial);
  const done =
    number !== undefined && unassign(location, asset, serialTarget(number), location.versions.assignments);
  return done || behavior.vpp.disassociate_unassigned === 'done' ? 0 : 9619;
}

/** Every revocable asset of the targets: https://developer.apple.com/documentation/devicemanagement/revoke-assets */
export function processRevoke(
  context: ContentContext,
  location: LocationState,
  request: RevokeRequest,
): EventResult {
  const result = new EventResult(listens(location, 'ASSET_MANAGEMENT'));
  const forced = createForcedFailure(context.behavior.vpp);
  assignmentsWritten(location);
  const version = location.versions.assignments;
  for (const clientUserId of request.clientUserIds) {
    const user = location.users.active(clientUserId);
    if (user === undefined) {
      result.fail(9609, { asset: NO_ASSET, clientUserId });
      continue;
    }
    const error = forced();
    if (error !== 0) result.fail(error, { asset: NO_ASSET, clientUserId });
    else {
      for (const asset of unassignAll(location, userTarget(user.index), version)) {
        result.conclude(0, named(asset), { clientUserId });
      }
    }
  }
  for (const serialNumber of request.serialNumbers) {
    const error = forced();
    const number = location.serials.number(serialNumber);
    if (error !== 0) result.fail(error, { asset: NO_ASSET, serialNumber });
    else if (number !== undefined) {
      for (const asset of unassignAll(location, serialTarget(number), version)) {
        result.conclude(0, named(asset), { serialNumber });
      }
    }
  }
  return result;
}

const NO_ASSET = { adamId: '', pricingParam: 'STDQ' } as const;

/** How many pairs a revocation removes now. */
export function revocablePairs(
  location: Location,
  request: Pick<RevokeRequest, 'clientUserIds' | 'serialNumbers'>,
): number {
  const targets = [
    ...request.clientUserIds.map((id) => {
      const user = location.users.active(id);
      return user === undefined ? undefined : userTarget(user.index);
    }),
    ...request.serialNumbers.map((serial) => {
      const number = location.serials.number(serial);
      return number === undefined ? undefined : serialTarget(number);
    }),
  ];
  return targets.reduce<number>((count, target) => {
    if (target === undefined) return count;
    const slots = location.assignments.ofTarget(target);
    return (
      count +
      slots.filter((slot) => location.assets.get(location.assignments.assetAt(slot))!.revocable).length
    );
  }, 0);
}
