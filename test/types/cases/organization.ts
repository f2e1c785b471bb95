import {
  type Action,
  type ActionArguments,
  type Clock,
  type Crabapple,
  createCrabapple,
  formatReport,
  type Organization,
  type OrganizationMembers,
  type Portal,
  type Report,
} from 'crabapple';
import type { Equal, Holds } from './equal.ts';

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** Every portal action has a method with the argument of the scenario file. */
export type Methods = Holds<Equal<keyof Portal, CamelCase<keyof ActionArguments>>>;
export type Argument<Name extends keyof ActionArguments> = Parameters<Portal[CamelCase<Name>]>[0];
export type Arguments = Holds<
  Equal<
    { readonly [Name in keyof ActionArguments]: NonNullable<Argument<Name>> },
    { readonly [Name in keyof ActionArguments]: ActionArguments[Name] }
  >
>;

/** The simulated Apple has the members of an organization. */
export type Members = Holds<Equal<Exclude<keyof OrganizationMembers, keyof Crabapple>, never>>;
export type Clocks = Holds<Equal<Crabapple['clock'], Clock>>;
export type Reports = Holds<Equal<ReturnType<Organization['verify']>, Report>>;

export async function usage(): Promise<string> {
  await using apple = await createCrabapple({ name: 'Used' });
  await using second = await apple.organizations.add({ name: 'Second' }, { id: 'second' });
  using third = await apple.organizations.add('name: Third');
  const { consumerKey, contentToken, serverTokens } = second.credentials;
  const [device] = second.devices;

  await second.addDevices([{ generate: 3, device_family: 'iPhone' }]);
  await second.moveDevices({ devices: ['C02ACME0001'], mdm_server: 'Other' });
  await second.expireTerms();
  await second.renewServerToken({ mdm_server: 'MDM server' });
  await second.act({ retire_user: { client_user_id: 'one' } });
  await second.expect({ operation: 'dep.session' }, { never: 'dep.devices.disown' });
  const id = await second.faults.add({ on: 'apns.push', answer: { status: 503 } });
  second.faults.remove(id);
  second.clock.advance('8d');
  second.clock.advance('1h30m');
  second.clock.advance('8 d');
  second.clock.advance('1h 30m');
  second.clock.set(new Date(0));
  second.clock.freeze();
  await second.timeline.add({ after: '1h', expire_terms: true }, { at: '2026-04-01', clear_faults: [id] });
  await second.behavior.set({ dep: { session_idle: '5m' } });
  second.reset(['journal', 'faults']);
  await second.restore(second.snapshot());

  // @ts-expect-error no such action
  await second.act({ retire_usr: { client_user_id: 'one' } });
  // @ts-expect-error no such method
  await second.addDevice([{ generate: 1 }]);
  // @ts-expect-error the argument is a list
  await second.addDevices({ generate: 1 });
  // @ts-expect-error `devices` is required
  await second.moveDevices({ mdm_server: 'Other' });
  // @ts-expect-error this action needs an argument
  await second.removeDevices();
  // @ts-expect-error no such part
  second.reset(['jornal']);
  // @ts-expect-error no duration
  second.clock.advance('8 days');
  // @ts-expect-error no such fault
  await second.faults.add({ on: 'apns.push', anwser: { status: 503 } });
  // @ts-expect-error no such expectation
  await second.expect({ operations: 'dep.session' });
  // @ts-expect-error no such key
  await second.behavior.set({ dep: { session_idel: '5m' } });
  // @ts-expect-error an entry needs an action
  await second.timeline.add({ after: '1h' });
  // @ts-expect-error no such format
  formatReport(apple.verify(), 'pdf');

  const known: Action = { take_over: true };
  await third.act(known);
  return [consumerKey, contentToken, serverTokens['MDM server']?.access_token, device?.serial_number].join();
}

/** All values are read-only. */
export function readonly(apple: Crabapple, organization: Organization): void {
  // @ts-expect-error an id is read-only
  organization.id = 'another';
  // @ts-expect-error
  apple.organizations = { ...apple.organizations };
  // @ts-expect-error
  apple.organizations.default = organization;
  // @ts-expect-error use `set`
  apple.clock.now = 0;
  // @ts-expect-error
  apple.credentials.consumerKey = 'CK_mine';
  // @ts-expect-error
  apple.credentials.serverToken.consumer_key = 'CK_mine';
  // @ts-expect-error
  for (const device of apple.devices) device.asset_tag = 'A-1';
  // @ts-expect-error
  apple.faults.list.push();
  // @ts-expect-error
  for (const fault of apple.faults.list) fault.applied = 0;
  // @ts-expect-error
  apple.verify().suites.pop();
  // @ts-expect-error
  for (const entry of apple.journal) entry.seq = 0;
  // @ts-expect-error
  apple.snapshots.pop();
  // @ts-expect-error use `set`
  apple.behavior.dep.limit_default = 1;
  // @ts-expect-error
  apple.timeline.list.pop();
  // @ts-expect-error
  for (const { assets } of apple.locations) for (const asset of assets) asset.total = 1;
  // @ts-expect-error
  for (const { profile } of apple.profiles) profile.is_mandatory = true;
}
