import type { Inventory, InventoryReader } from '../inventory/inventory.ts';
import type { MdmServer } from './mdm-server.ts';
import type { ProfileReader, ProfileStore } from './profile-store.ts';

/** What Device Enrollment knows about an organization. Written by the appliers in this folder alone. */
export interface EnrollmentState {
  terms: 'accepted' | 'expired';
  readonly servers: MdmServer[];
  readonly profiles: ProfileStore;
  readonly inventory: Inventory;
  accountDriven: { readonly url: string; readonly updatedAt: number } | undefined;
  /** Number of the newest event. */
  lastEvent: number;
}

/** The same, for everybody else. */
export interface Enrollment {
  readonly terms: 'accepted' | 'expired';
  readonly servers: readonly MdmServer[];
  readonly profiles: ProfileReader;
  readonly inventory: InventoryReader;
  readonly accountDriven: { readonly url: string; readonly updatedAt: number } | undefined;
  readonly lastEvent: number;
}
