/**
 * Paths of Device Enrollment; `/account` advertises those that a business organization has. Its order follows
 * recorded answers: https://github.com/micromdm/micromdm/blob/main/dep/testdata/account_response.json
 */
export const DEP_PATHS = {
  session: '/session',
  account: '/account',
  details: '/devices',
  fetch: '/server/devices',
  sync: '/devices/sync',
  disown: '/devices/disown',
  profile: '/profile',
  assignment: '/profile/devices',
  activationLock: '/device/activationlock',
  replacement: '/device/replacementDetails',
  accountDriven: '/account-driven-enrollment/profile',
  betaTokens: '/os-beta-enrollment/tokens',
} as const;

export const ROSTER_PATHS = [
  '/roster/class',
  '/roster/class/sync',
  '/roster/class/person',
  '/roster/class/person/sync',
  '/roster/class/location',
  '/roster/class/location/sync',
  '/roster/course',
  '/roster/course/sync',
] as const;

export const TV_PROVIDER_PATH = '/profile/tvprovider';
