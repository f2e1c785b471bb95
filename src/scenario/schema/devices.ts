import * as z from 'zod';
import { DEVICE_FAMILIES, OPERATING_SYSTEMS } from '../../organization/inventory/device-facts.ts';
import { MODEL_NAMES } from '../../organization/inventory/device-model.ts';
import { type SerialFormatName, serialFormats } from '../../organization/inventory/serial-format.ts';
import { GROUP_CAPACITY } from '../../organization/inventory/serial-numbers.ts';
import { pushToken, pushTopic } from './push.ts';
import { filledText, instantText, serialNumber } from './texts.ts';

const macAddress = z
  .string()
  .regex(/^[0-9A-F]{2}(?::[0-9A-F]{2}){5}$/i, 'a MAC address is written 00:1A:2B:3C:4D:5E');

const digits = (pattern: RegExp, message: string) => z.string().regex(pattern, message);

const inPortal = {
  mdm_server: filledText
    .optional()
    .meta({ description: 'server_name of its MDM server; the first where not given' }),
  device_assigned_by: z.string().optional().meta({ description: 'e-mail address of who assigned it' }),
};

export const profileStatus = z.enum(['empty', 'assigned', 'pushed', 'removed']);

/** One device by its serial number; what is left out is made up from the seed. */
export const literalDeviceSchema = z.strictObject({
  serial_number: serialNumber,
  device_family: z.enum(DEVICE_FAMILIES).optional().meta({ description: 'made up where not given' }),
  model: filledText.optional().meta({ description: 'marketing name, any' }),
  description: filledText.optional().meta({ description: 'as Apple describes the product' }),
  color: filledText.optional().meta({ description: 'as Apple calls it' }),
  asset_tag: filledText.optional().meta({ description: 'what the organization wrote on it' }),
  os: z.enum(OPERATING_SYSTEMS).optional().meta({ description: 'by its family where not given' }),
  ...inPortal,
  device_assigned_date: instantText
    .optional()
    .meta({ description: 'when it was assigned to its MDM server' }),
  mdm_migration_deadline: instantText
    .optional()
    .meta({ description: 'by when it must have moved to its MDM server; from protocol version 8 on' }),
  push_token: pushToken.optional(),
  push_magic: filledText
    .optional()
    .meta({ description: 'the word that a push must carry; generated where not given' }),
  push_topic: pushTopic.optional().meta({ description: "the organization's MDM topic where not given" }),
  offline: z.boolean().optional().meta({ description: 'pushes do not reach it at the beginning' }),
  profile_status: profileStatus.optional().meta({ description: 'pushed: it has fetched its profile' }),
  profile: filledText
    .optional()
    .meta({ description: 'profile_uuid or profile_name of a profile of its MDM server' }),
  imei: z
    .array(digits(/^\d{14,16}$/, 'an IMEI has 15 digits'))
    .optional()
    .meta({ description: 'one for each modem; from protocol version 10 on' }),
  meid: z
    .array(digits(/^[0-9A-F]{14}$/i, 'an MEID has 14 hexadecimal digits'))
    .optional()
    .meta({ description: 'one for each modem; from protocol version 10 on' }),
  eid: digits(/^\d{32}$/, 'an EID has 32 digits')
    .optional()
    .meta({ description: 'of its eSIM; from protocol version 10 on' }),
  wifi_mac_address: macAddress.optional().meta({ description: 'from protocol version 10 on' }),
  bluetooth_mac_address: macAddress.optional().meta({ description: 'from protocol version 10 on' }),
  ethernet_mac_address: macAddress.optional().meta({ description: 'from protocol version 10 on' }),
});

/** Devices by the number, made from the seed; they cost nothing until they are touched. */
export const generatedDevicesSchema = z.strictObject({
  generate: z.int().min(1).max(GROUP_CAPACITY).meta({ description: 'how many' }),
  device_family: z.enum(DEVICE_FAMILIES).optional().meta({ description: 'a mix of all where not given' }),
  model: z
    .enum(MODEL_NAMES as readonly [string, ...string[]])
    .optional()
    .meta({ description: 'a mix of those of the family where not given' }),
  color: filledText.optional().meta({ description: 'a mix of those of the model where not given' }),
  description: filledText.optional().meta({ description: 'by the model where not given' }),
  asset_tag: filledText
    .optional()
    .meta({ description: 'a pattern: `{n}` is the number of the device, `{n:5}` with zeros' }),
  serial_format: z
    .enum(serialFormats.map(({ name }) => name) as [SerialFormatName, ...SerialFormatName[]])
    .optional()
    .meta({ description: 'as real devices of the model have it where not given' }),
  ...inPortal,
  device_assigned_date: instantText
    .optional()
    .meta({ description: 'when they were assigned to their MDM server' }),
});

export const deviceItemSchema = z.union([literalDeviceSchema, generatedDevicesSchema]);
