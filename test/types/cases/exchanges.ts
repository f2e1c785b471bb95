import type { Crabapple, DepDevice, Exchange, OperationName, VppUser } from 'crabapple';
import type { Equal, Holds } from './equal.ts';

/** Exchanges are typed by their operation. */
export async function waiting(apple: Crabapple) {
  const assigned = await apple.waitFor('dep.profile.assign', {
    where: { '$.body.profile_uuid': 'present', '$.headers.user-agent': { matches: 'mdm' } },
    timeout: 5,
  });
  type Assigned = typeof assigned;
  const defined = await apple.waitFor('dep.profile.define', {
    where: ({ body }) => body.is_mandatory === true,
  });
  const synced = await apple.waitFor('dep.devices.sync');
  const users = await apple.waitFor('vpp.users', { where: ({ query }) => query.pageIndex !== '1' });
  const [first] = apple.journal.entries('dep.devices.fetch');
  const [any] = apple.journal.entries();

  // @ts-expect-error no such operation
  void apple.waitFor('dep.profile.asign');
  // @ts-expect-error a pattern is not an operation
  void apple.waitFor('dep.*');
  // @ts-expect-error no such matcher
  void apple.waitFor('dep.session', { where: { '$.path': { matchs: 'x' } } });
  // @ts-expect-error no such option
  void apple.waitFor('dep.session', { were: {} });
  // @ts-expect-error no such member of the body
  void defined.body.is_mandatry;
  // @ts-expect-error bodies cannot be written to
  assigned.body.profile_uuid = 'x';
  // @ts-expect-error the content of an unknown operation is unknown
  void any?.body.cursor;
  // @ts-expect-error no such operation
  void apple.journal.entries('dep.devices');

  return [defined, synced, users, first] as unknown as [
    Holds<Equal<Assigned['operation'], 'dep.profile.assign'>>,
    Holds<Equal<Assigned['body']['devices'], readonly string[] | undefined>>,
    Holds<Equal<(typeof defined)['body']['skip_setup_items'], readonly string[] | undefined>>,
    Holds<
      Equal<NonNullable<(typeof synced)['response']>['body']['devices'], readonly DepDevice[] | undefined>
    >,
    Holds<Equal<NonNullable<(typeof users)['response']>['body']['users'], readonly VppUser[] | undefined>>,
    Holds<Equal<typeof first, Exchange<'dep.devices.fetch'> | undefined>>,
    Holds<Equal<NonNullable<typeof any>['operation'], OperationName | undefined>>,
    Holds<Equal<NonNullable<typeof any>['body'], unknown>>,
  ];
}
