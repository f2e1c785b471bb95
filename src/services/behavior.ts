import { APNS_BEHAVIOUR } from './apns/behavior.ts';
import type { BehaviourKey, BehaviourValues } from './behavior-setting.ts';
import { DEP_BEHAVIOUR } from './dep/behavior.ts';
import type { ServiceName } from './service-name.ts';
import { VPP_BEHAVIOUR } from './vpp/behavior.ts';

/** All that can be set under `behaviour:` of a scenario, by service. */
export const BEHAVIOUR = {
  dep: DEP_BEHAVIOUR,
  apns: APNS_BEHAVIOUR,
  vpp: VPP_BEHAVIOUR,
} as const satisfies Record<ServiceName, Readonly<Record<string, BehaviourKey>>>;

export type Behaviour = {
  readonly [Service in keyof typeof BEHAVIOUR]: BehaviourValues<(typeof BEHAVIOUR)[Service]>;
};

export type BehaviourSettings = {
  readonly [Service in keyof Behaviour]?: Partial<Behaviour[Service]> | undefined;
};

/** Later settings win, key by key. */
export function settingsWith(former: BehaviourSettings, later: BehaviourSettings): BehaviourSettings {
  const services = new Set([...Object.keys(former), ...Object.keys(later)]) as ReadonlySet<ServiceName>;
  return Object.fromEntries(
    [...services].map((service) => [service, { ...former[service], ...later[service] }]),
  );
}

/** Handed out to whoever asks, so that nobody can write to it. */
function valuesOf(
  table: Readonly<Record<string, BehaviourKey>>,
  settings: Readonly<Record<string, unknown>>,
): object {
  const values = Object.entries(table).map(([name, key]) => {
    const value = settings[name] ?? key.default;
    return [name, Array.isArray(value) ? Object.freeze([...value]) : value];
  });
  return Object.freeze(Object.fromEntries(values));
}

/** Every key with its value: the given one, else the default. */
export function behaviourWith(settings: BehaviourSettings = {}): Behaviour {
  return Object.fromEntries(
    Object.entries(BEHAVIOUR).map(([service, table]) => [
      service,
      valuesOf(table, settings[service as ServiceName] ?? {}),
    ]),
  ) as unknown as Behaviour;
}
