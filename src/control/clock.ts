import type { Tenant } from '../exchange/tenant.ts';
import type { ClockSetting } from '../runtime/clock.ts';
import { bodyOf } from './body.ts';
import { shownInstant } from './instants.ts';
import { Refusal } from './refusal.ts';
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

// Later than any test needs, and early enough for expiry dates of four-digit years. Zero stands for "never" elsewhere.
const EARLIEST = Date.parse('1970-01-02T00:00:00Z');
const LATEST = Date.parse('9000-01-01T00:00:00Z');

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
    const setting: ClockSetting = { at: advance === undefined ? at : clock.now() + advance, rate };
    if (setting.at !== undefined && !(setting.at >= EARLIEST && setting.at <= LATEST)) {
      throw new Refusal(
        400,
        'the virtual time would leave the years 1970 to 8999',
        'set `at` to a time between',
      );
    }
    clock.set(setting);
    tenant.organization.settle();
    return shownClock(tenant);
  },
});
