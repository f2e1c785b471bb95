import { APNS_BEHAVIOR } from './apns/behavior.ts';
import type { BehaviorKey, BehaviorValues } from './behavior-setting.ts';
import { DEP_BEHAVIOR } from './dep/behavior.ts';
import type { ServiceName } from './service-name.ts';
import { VPP_BEHAVIOR } from './vpp/behavior.ts';

/** All that can be set under `behavior:` of a scenario, by service. */
export const BEHAVIOR = {
  dep: DEP_BEHAVIOR,
  apns: APNS_BEHAVIOR,
  vpp: VPP_BEHAVIOR,
} as const satisfies Record<ServiceName, Readonly<Record<string, BehaviorKey>>>;

export type Behavior = {
  readonly [Service in keyof typeof BEHAVIOR]: BehaviorValues<(typeof BEHAVIOR)[Service]>;
};

export type BehaviorSettings = {
  readonly [Service in keyof Behavior]?: Partial<Behavior[Service]> | undefined;
};

/** Later settings win, key by key. */
export function settingsWith(former: BehaviorSettings, later: BehaviorSettings): BehaviorSettings {
  const services = new Set([...Object.keys(former), ...Object.keys(later)]) as ReadonlySet<ServiceName>;
  return Object.fromEntries(
    [...services].map((service) => [service, { ...former[service], ...later[service] }]),
  );
}

/** Handed out to whoever asks, so that nobody can write to it. */
function valuesOf(
  table: Readonly<Record<string, BehaviorKey>>,
  settings: Readonly<Record<string, unknown>>,
): object {
  const values = Object.entries(table).map(([name, key]) => {
    const value = settings[name] ?? key.default;
    return [name, Array.isArray(value) ? Object.freeze([...value]) : value];
  });
  return Object.freeze(Object.fromEntries(values));
}

/** Every key with its value: the given one, else the default. */
export function behaviorWith(settings: BehaviorSettings = {}): Behavior {
  return Object.fromEntries(
    Object.entries(BEHAVIOR).map(([service, table]) => [
      service,
      valuesOf(table, settings[service as ServiceName] ?? {}),
    ]),
  ) as unknown as Behavior;
}
