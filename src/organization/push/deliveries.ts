import type { Push, RegistrationNumber } from './registration.ts';

export interface Delivery {
  readonly registration: RegistrationNumber;
  readonly push: Push;
  readonly fromStorage: boolean;
  /** Virtual time at which it expires; undefined: it is never stored. */
  readonly expiresAt: number | undefined;
}

export type DeliveryListener = (delivery: Delivery) => void;

/** Listeners for pushes that reach a device and wake it. */
export class Deliveries {
  readonly #listeners = new Map<RegistrationNumber, Set<DeliveryListener>>();
  readonly #everywhere = new Set<DeliveryListener>();

  /** @returns a function that stops listening */
  listen(registration: RegistrationNumber, listener: DeliveryListener): () => void {
    const listeners = this.#listeners.get(registration);
    if (listeners === undefined) this.#listeners.set(registration, new Set([listener]));
    else listeners.add(listener);
    return () => {
      const rest = this.#listeners.get(registration);
      rest?.delete(listener);
      if (rest?.size === 0) this.#listeners.delete(registration);
    };
  }

  /** Listens to the pushes of every device. @returns a function that stops listening */
  listenToAll(listener: DeliveryListener): () => void {
    this.#everywhere.add(listener);
    return () => this.#everywhere.delete(listener);
  }

  notify(delivery: Delivery): void {
    for (const listener of this.#everywhere) listener(delivery);
    for (const listener of this.#listeners.get(delivery.registration) ?? []) listener(delivery);
  }
}
