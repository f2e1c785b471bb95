import { moveClock, shownInstant } from '../../api/clock.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { bodyOf } from './body.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { decimal, record, text, textOrNull } from './schema.ts';

const CLOCK = {
  about: 'the clock',
  schema: record({
    organization: text(),
    now: textOrNull('virtual time'),
    wall_now: textOrNull('real time'),
    rate: decimal('virtual time that passes in a real one'),
  }),
};

function shownClock({ id, organization }: Tenant) {
  const { clock } = organization.runtime;
  return json({
    organization: id,
    now: shownInstant(clock.now()),
    wall_now: shownInstant(clock.wallNow()),
    rate: clock.rate,
  });
}

export const readClock = route({
  name: 'clock',
  scope: 'organization',
  method: 'GET',
  path: 'clock',
  about: 'The virtual clock',
  answer: CLOCK,
  handler: ({ tenant }) => shownClock(tenant),
});

export const setClock = route({
  name: 'clock.set',
  scope: 'organization',
  method: 'POST',
  path: 'clock',
  about: 'Sets the virtual clock, then lets happen what has fallen due',
  body: { type: 'application/json', schema: async () => (await import('./clock-body.ts')).clockJsonSchema() },
  answer: CLOCK,
  async handler({ request, tenant }) {
    const { clockSchema } = await import('./clock-body.ts');
    const { advance, at, rate } = await bodyOf(request, clockSchema);
    const { clock } = tenant.organization.runtime;
    moveClock(tenant.organization, { at: advance === undefined ? at : clock.now() + advance, rate });
    return shownClock(tenant);
  },
});
