import * as z from 'zod/mini';
import { DEVICE_FAMILIES, OPERATING_SYSTEMS } from '../../organization/inventory/device-facts.ts';
import { MODEL_NAMES } from '../../organization/inventory/device-model.ts';
import { type SerialFormatName, serialFormats } from '../../organization/inventory/serial-format.ts';
import { GROUP_CAPACITY } from '../../organization/inventory/serial-numbers.ts';
import { described } from './described.ts';
import { pushToken, pushTopic } from './push-names.ts';
import { filledText, instantText, serialNumber } from './texts.ts';

const macAddress = z
  .string()
  .check(z.regex(/^[0-9A-F]{2}(?::[0-9A-F]{2}){5}$/i, 'a MAC address is written 00:1A:2B:3C:4D:5E'));

const digits = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message));

const inPortal = {
  mdm_server: described(z.optional(filledText), 'server_name of its MDM server; the first where not given'),
  device_assigned_by: described(z.optional(z.string()), 'e-mail address of who assigned it'),
};

export const profileStatus = z.enum(['empty', 'assigned', 'pushed', 'removed']);

/** One device by its serial number; what is left out is made up from the seed. */
export const literalDeviceSchema = z.strictObject({
  serial_number: serialNumber,
  device_family: described(z.optional(z.enum(DEVICE_FAMILIES)), 'made up where not given'),
  model: described(z.optional(filledText), 'marketing name, any'),
  description: described(z.optional(filledText), 'as Apple describes the product'),
  color: described(z.optional(filledText), 'as Apple calls it'),
  asset_tag: described(z.optional(filledText), 'what the organization wrote on it'),
  os: described(z.optional(z.enum(OPERATING_SYSTEMS)), 'by its family where not given'),
  ...inPortal,
  device_assigned_date: described(z.optional(instantText), 'when it was assigned to its MDM server'),
  mdm_migration_deadline: described(
    z.optional(instantText),
    'by when it must have moved to its MDM server; from protocol version 8 on',
  ),
  push_token: z.optional(pushToken),
  push_magic: described(z.optional(filledText), 'the word that a push must carry; generated where not given'),
  push_topic: described(z.optional(pushTopic), "the organization's MDM topic where not given"),
  offline: described(z.optional(z.boolean()), 'pushes do not reach it at the beginning'),
  profile_status: described(z.optional(profileStatus), 'pushed: it has fetched its profile'),
  profile: described(z.optional(filledText), 'profile_uuid or profile_name of a profile of its MDM server'),
  imei: described(
    z.optional(z.array(digits(/^\d{14,16}$/, 'an IMEI has 15 digits'))),
    'one for each modem; from protocol version 10 on',
  ),
  meid: described(
    z.optional(z.array(digits(/^[0-9A-F]{14}$/i, 'an MEID has 14 hexadecimal digits'))),
    'one for each modem; from protocol version 10 on',
  ),
  eid: described(
    z.optional(digits(/^\d{32}$/, 'an EID has 32 digits')),
    'of its eSIM; from protocol version 10 on',
  ),
  wifi_mac_address: described(z.optional(macAddress), 'from protocol version 10 on'),
  bluetooth_mac_address: described(z.optional(macAddress), 'from protocol version 10 on'),
  ethernet_mac_address: described(z.optional(macAddress), 'from protocol version 10 on'),
});

/** Devices by the number, made from the seed; they cost nothing until they are touched. */
export const generatedDevicesSchema = z.strictObject({
  generate: described(z.int().check(z.minimum(1), z.maximum(GROUP_CAPACITY)), 'how many'),
  device_family: described(z.optional(z.enum(DEVICE_FAMILIES)), 'a mix of all where not given'),
  model: described(
    z.optional(z.enum(MODEL_NAMES as readonly [string, ...string[]])),
    'a mix of those of the family where not given',
  ),
  color: described(z.optional(filledText), 'a mix of those of the model where not given'),
  description: described(z.optional(filledText), 'by the model where not given'),
  asset_tag: described(
    z.optional(filledText),
    'a pattern: `{n}` is the number of the device, `{n:5}` with zeros',
  ),
  serial_format: described(
    z.optional(z.enum(serialFormats.map(({ name }) => name) as [SerialFormatName, ...SerialFormatName[]])),
    'as real devices of the model have it where not given',
  ),
  ...inPortal,
  device_assigned_date: described(z.optional(instantText), 'when they were assigned to their MDM server'),
});

export const deviceItemSchema = z.union([literalDeviceSchema, generatedDevicesSchema]);
