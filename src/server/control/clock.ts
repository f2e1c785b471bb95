import { moveClock, shownInstant } from '../../api/clock.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { bodyOf, jsonBodyOf } from './body.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { decimal, record, text, textOrNull } from './schema.ts';

const CLOCK = {
  about: 'the clock',
  schema: record({
    organization: text(),
    now: textOrNull('virtual time'),
    wall_now: textOrNull('real time'),
    rate: decimal('virtual seconds per real second'),
  }),
};

const clockBody = async () => (await import('./body-schemas.ts')).clockBody;

function clockReply({ id, organization }: Tenant) {
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
  response: CLOCK,
  handler: ({ tenant }) => clockReply(tenant),
});

export const setClock = route({
  name: 'clock.set',
  scope: 'organization',
  method: 'POST',
  path: 'clock',
  about: 'Sets the virtual clock and runs the tasks that are due then',
  body: jsonBodyOf(clockBody),
  response: CLOCK,
  async handler({ request, tenant }) {
    const { advance, at, rate } = await bodyOf(request, clockBody);
    const { clock } = tenant.organization.runtime;
    moveClock(tenant.organization, { at: advance === undefined ? at : clock.now() + advance, rate });
    return clockReply(tenant);
  },
});
