import { APNS_BEHAVIOR_TEXTS } from './apns/behavior-texts.ts';
import type { BEHAVIOR } from './behavior.ts';
import type { BehaviorTexts } from './behavior-setting.ts';
import { DEP_BEHAVIOR_TEXTS } from './dep/behavior-texts.ts';
import { VPP_BEHAVIOR_TEXTS } from './vpp/behavior-texts.ts';

/** What is to be said of the keys of `behavior:`, by service. */
export const BEHAVIOR_TEXTS: {
  readonly [Service in keyof typeof BEHAVIOR]: BehaviorTexts<(typeof BEHAVIOR)[Service]>;
} = { dep: DEP_BEHAVIOR_TEXTS, apns: APNS_BEHAVIOR_TEXTS, vpp: VPP_BEHAVIOR_TEXTS };
