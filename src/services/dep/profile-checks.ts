import type { BodyValue } from '../../engine/body.ts';
import type { Organization } from '../../organization/organization.ts';
import type { DepErrorName } from './errors.ts';
import { depError } from './errors.ts';

/** Members of an enrollment profile: https://developer.apple.com/documentation/devicemanagement/profile */
export const PROFILE_BODY = {
  profile_name: 'text',
  url: 'text',
  allow_pairing: 'boolean',
  is_supervised: 'boolean',
  is_mandatory: 'boolean',
  is_mdm_removable: 'boolean',
  is_multi_user: 'boolean',
  await_device_configured: 'boolean',
  auto_advance_setup: 'boolean',
  support_phone_number: 'text',
  support_email_address: 'text',
  department: 'text',
  org_magic: 'text',
  anchor_certs: 'texts',
  supervising_host_certs: 'texts',
  skip_setup_items: 'texts',
  devices: 'texts',
  language: 'text',
  region: 'text',
  configuration_web_url: 'text',
  is_return_to_service: 'boolean',
  do_not_use_profile_from_backup: 'boolean',
} as const;

export type ProfileBody = BodyValue<typeof PROFILE_BODY>;

interface LengthRule {
  readonly member: 'department' | 'support_phone_number' | 'support_email_address';
  readonly longest: number;
  readonly error: DepErrorName;
}

const LENGTHS: readonly LengthRule[] = [
  { member: 'department', longest: 125, error: 'DEPARTMENT_INVALID' },
  { member: 'support_phone_number', longest: 50, error: 'SUPPORT_PHONE_INVALID' },
  { member: 'support_email_address', longest: 250, error: 'SUPPORT_EMAIL_INVALID' },
];

const characters = (text: string): number => [...text].length;

/** A URI of RFC 2396 with the literals of RFC 2732; anything else must come percent-encoded. */
const URI = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9;/?:@&=+$,\-_.!~*'()#[\]]|%[0-9a-f]{2})+$/i;

const isUri = (text: string): boolean => URI.test(text) && URL.canParse(text);

/** Created on first use: loading takes milliseconds. */
const names = new Map<'language' | 'region', Intl.DisplayNames>();

function namesOf(type: 'language' | 'region'): Intl.DisplayNames {
  const known = names.get(type) ?? new Intl.DisplayNames(['en'], { type, fallback: 'none' });
  names.set(type, known);
  return known;
}

function knownCode(type: 'language' | 'region', form: RegExp, code: string): boolean {
  try {
    return form.test(code) && namesOf(type).of(code) !== undefined;
  } catch {
    return false;
  }
}

function localeProblem({ language, region }: ProfileBody): string | undefined {
  if (language !== undefined && !knownCode('language', /^[a-z]{2,3}$/i, language)) {
    return `language ${JSON.stringify(language)} is no code of ISO 639`;
  }
  if (region !== undefined && !knownCode('region', /^[a-z]{2}$/i, region)) {
    return `region ${JSON.stringify(region)} is no code of ISO 3166-1`;
  }
  return undefined;
}

/** The first error of a profile: https://developer.apple.com/documentation/devicemanagement/define-profile */
export function profileProblem({ behavior }: Organization, profile: ProfileBody) {
  const { profile_name: name, url, org_magic: magic } = profile;
  if (name === undefined) return depError('CONFIG_NAME_REQUIRED', '`profile_name` is missing');
  if (name === '' || characters(name) > 125) {
    return depError(
      'CONFIG_NAME_INVALID',
      `profile_name has ${characters(name)} characters; 1 to 125 are allowed`,
    );
  }
  if (url === undefined) return depError('CONFIG_URL_REQUIRED', '`url` is missing');
  if (url.length > 2000 || !isUri(url)) {
    return depError('CONFIG_URL_INVALID', 'url must be a percent-encoded URI of at most 2000 characters');
  }
  if (behavior.dep.define_required === 'archived') {
    if (profile.department === undefined) return depError('DEPARTMENT_REQUIRED', '`department` is missing');
    if (profile.support_phone_number === undefined) {
      return depError('SUPPORT_PHONE_REQUIRED', '`support_phone_number` is missing');
    }
  }
  for (const { member, longest, error } of LENGTHS) {
    const text = profile[member];
    if (text !== undefined && (text === '' || characters(text) > longest)) {
      return depError(error, `${member} has ${characters(text)} characters; 1 to ${longest} are allowed`);
    }
  }
  if (
    magic !== undefined &&
    (characters(magic) > 256 || (magic === '' && behavior.dep.define_magic === 'strict'))
  ) {
    return depError('MAGIC_INVALID', `org_magic has ${characters(magic)} characters; 1 to 256 are allowed`);
  }
  if (profile.is_mdm_removable === false && profile.is_supervised !== true) {
    return depError('FLAGS_INVALID', 'is_mdm_removable can be false only where is_supervised is true');
  }
  const locale = localeProblem(profile);
  return locale === undefined ? undefined : depError('LOCALE_INVALID', locale);
}
