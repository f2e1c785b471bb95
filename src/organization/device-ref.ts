/** A device of an organization: group number and index in one number (inventory/serial-numbers.ts). */
export type DeviceRef = number;
