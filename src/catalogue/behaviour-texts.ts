import { APNS_BEHAVIOUR_TEXTS } from './apns/behaviour-texts.ts';
import type { BEHAVIOUR } from './behaviour.ts';
import type { BehaviourTexts } from './behaviour-key.ts';
import { DEP_BEHAVIOUR_TEXTS } from './dep/behaviour-texts.ts';
import { VPP_BEHAVIOUR_TEXTS } from './vpp/behaviour-texts.ts';

/** What is to be said of the keys of `behaviour:`, by service. */
export const BEHAVIOUR_TEXTS: {
  readonly [Service in keyof typeof BEHAVIOUR]: BehaviourTexts<(typeof BEHAVIOUR)[Service]>;
} = { dep: DEP_BEHAVIOUR_TEXTS, apns: APNS_BEHAVIOUR_TEXTS, vpp: VPP_BEHAVIOUR_TEXTS };
