import type { SimulatedApple } from '../simulated-apple.ts';
import type { Crabapple } from './crabapple.ts';

const cores = new WeakMap<Crabapple, SimulatedApple>();

/** Ties what users hold to what works behind it. */
export function tie(apple: Crabapple, core: SimulatedApple): void {
  cores.set(apple, core);
}

/** For the rooms that put transports before it; no entry of the package hands this out. */
export function coreOf(apple: Crabapple): SimulatedApple {
  const core = cores.get(apple);
  if (core === undefined)
    throw new TypeError('this was not made by createCrabapple() of this copy of crabapple');
  return core;
}
