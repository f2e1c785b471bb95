import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Aside } from './entries.ts';

export function asideOf(apple: SimulatedApple, tenant: Tenant): Aside {
  const { organization, faults, serverFaults } = tenant;
  const { runtime, push } = organization;
  return {
    identifiers: [...runtime.identifiers.counts],
    pushIds: push.ids.position(),
    course: runtime.clock.course,
    faults: faults.save(),
    serverFaults: serverFaults.save(),
    timeline: apple.verifierOf(tenant).timelineProgress,
    isDefault: apple.tenants.default === tenant,
  };
}

export type AsideTexts = { readonly [Part in keyof Aside]: string };

const PARTS: readonly (keyof Aside)[] = [
  'identifiers',
  'pushIds',
  'course',
  'faults',
  'serverFaults',
  'timeline',
  'isDefault',
];

/** Each part as text, so that it can be told whether it has altered. */
export const textsOf = (aside: Aside): AsideTexts =>
  Object.fromEntries(PARTS.map((part) => [part, JSON.stringify(aside[part])])) as AsideTexts;

export function alteredParts(aside: Aside, texts: AsideTexts, before: AsideTexts): Partial<Aside> {
  return Object.fromEntries(
    PARTS.filter((part) => texts[part] !== before[part]).map((part) => [part, aside[part]]),
  );
}
