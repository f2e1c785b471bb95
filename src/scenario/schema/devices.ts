import * as z from 'zod/mini';
import { DEVICE_FAMILIES, OPERATING_SYSTEMS } from '../../organization/inventory/device-facts.ts';
import { MODEL_NAMES } from '../../organization/inventory/device-model.ts';
import { type SerialFormatName, serialFormats } from '../../organization/inventory/serial-format.ts';
import { GROUP_CAPACITY } from '../../organization/inventory/serial-numbers.ts';
import { described, filledText, instantText, pushToken, pushTopic, serialNumber } from './texts.ts';

const macAddress = z
  .string()
  .check(z.regex(/^[0-9A-F]{2}(?::[0-9A-F]{2}){5}$/i, 'expected a MAC address such as 00:1A:2B:3C:4D:5E'));

const digits = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message));

const inPortal = {
  mdm_server: described(z.optional(filledText), 'server_name of its MDM server; default: the first'),
  device_assigned_by: described(z.optional(z.string()), 'email address of the person who assigned it'),
};

export const profileStatus = z.enum(['empty', 'assigned', 'pushed', 'removed']);

/** One device with its serial number. Missing facts are generated from the seed. */
export const literalDeviceSchema = z.strictObject({
  serial_number: serialNumber,
  device_family: described(z.optional(z.enum(DEVICE_FAMILIES)), 'default: generated'),
  model: described(z.optional(filledText), 'marketing name; any text'),
  description: described(z.optional(filledText), "Apple's description of the product"),
  color: described(z.optional(filledText), "Apple's name of the color"),
  asset_tag: described(z.optional(filledText), "the organization's own label"),
  os: described(z.optional(z.enum(OPERATING_SYSTEMS)), 'default: that of the device family'),
  ...inPortal,
  device_assigned_date: described(z.optional(instantText), 'when it was assigned to its MDM server'),
  mdm_migration_deadline: described(
    z.optional(instantText),
    'deadline of its migration to its MDM server; since protocol version 8',
  ),
  push_token: z.optional(pushToken),
  push_magic: described(z.optional(filledText), 'PushMagic that a push must contain; default: generated'),
  push_topic: described(z.optional(pushTopic), "default: the organization's MDM topic"),
  offline: described(z.optional(z.boolean()), 'true: pushes do not reach it at the start'),
  profile_status: described(z.optional(profileStatus), 'pushed: it has fetched its profile'),
  profile: described(z.optional(filledText), 'profile_uuid or profile_name of a profile of its MDM server'),
  imei: described(
    z.optional(z.array(digits(/^\d{14,16}$/, 'an IMEI has 15 digits'))),
    'one for each modem; since protocol version 10',
  ),
  meid: described(
    z.optional(z.array(digits(/^[0-9A-F]{14}$/i, 'an MEID has 14 hexadecimal digits'))),
    'one for each modem; since protocol version 10',
  ),
  eid: described(
    z.optional(digits(/^\d{32}$/, 'an EID has 32 digits')),
    'of its eSIM; since protocol version 10',
  ),
  wifi_mac_address: described(z.optional(macAddress), 'since protocol version 10'),
  bluetooth_mac_address: described(z.optional(macAddress), 'since protocol version 10'),
  ethernet_mac_address: described(z.optional(macAddress), 'since protocol version 10'),
});

/** Devices that are generated from the seed. They take no memory until a request changes them. */
export const generatedDevicesSchema = z.strictObject({
  generate: described(z.int().check(z.minimum(1), z.maximum(GROUP_CAPACITY)), 'how many'),
  device_family: described(z.optional(z.enum(DEVICE_FAMILIES)), 'default: a mix of all'),
  model: described(
    z.optional(z.enum(MODEL_NAMES as readonly [string, ...string[]])),
    'default: a mix of the models of the family',
  ),
  color: described(z.optional(filledText), 'default: a mix of the colors of the model'),
  description: described(z.optional(filledText), 'default: that of the model'),
  asset_tag: described(
    z.optional(filledText),
    'pattern: `{n}` is the number of the device, `{n:5}` pads it with zeros',
  ),
  serial_format: described(
    z.optional(z.enum(serialFormats.map(({ name }) => name) as [SerialFormatName, ...SerialFormatName[]])),
    'default: that of real devices of the model',
  ),
  ...inPortal,
  device_assigned_date: described(z.optional(instantText), 'when they were assigned to their MDM server'),
});

export const deviceItemSchema = z.union([literalDeviceSchema, generatedDevicesSchema]);
