export const ORGANIZATION_NAMES: readonly string[] = ['Acme Orchards'];
export const EMAILS: readonly string[] = ['admin@example.com'];
export const PHONE_NUMBERS: readonly string[] = ['+1 555 0100'];
export const ADDRESSES: readonly string[] = ['1 Orchard Road, Springfield'];
