import * as z from 'zod/mini';
import type { OrganizationState } from '../../../organization/state/state.ts';
import { organizationState } from './state.ts';

/** What `Organization.tell` says, as a file has it. */
export const writeState = (told: OrganizationState): object =>
  // The same lists; that nobody writes to them is more than the schema knows.
  z.encode(organizationState, told as never) as object;
