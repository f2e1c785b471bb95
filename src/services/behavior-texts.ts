import { APNS_BEHAVIOUR_TEXTS } from './apns/behavior-texts.ts';
import type { BEHAVIOUR } from './behavior.ts';
import type { BehaviourTexts } from './behavior-setting.ts';
import { DEP_BEHAVIOUR_TEXTS } from './dep/behavior-texts.ts';
import { VPP_BEHAVIOUR_TEXTS } from './vpp/behavior-texts.ts';

/** What is to be said of the keys of `behaviour:`, by service. */
export const BEHAVIOUR_TEXTS: {
  readonly [Service in keyof typeof BEHAVIOUR]: BehaviourTexts<(typeof BEHAVIOUR)[Service]>;
} = { dep: DEP_BEHAVIOUR_TEXTS, apns: APNS_BEHAVIOUR_TEXTS, vpp: VPP_BEHAVIOUR_TEXTS };
