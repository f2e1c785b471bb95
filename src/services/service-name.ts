/** Apple's services, by the first word of their operations' names. */
export const SERVICES = ['dep', 'apns', 'vpp'] as const;

export type ServiceName = (typeof SERVICES)[number];
