const BASE = '/mdm/v2';

/** Paths of v2: https://developer.apple.com/documentation/devicemanagement/app-book-and-subscription-management */
export const V2_PATHS = {
  serviceConfig: `${BASE}/service/config`,
  clientConfig: `${BASE}/client/config`,
  assets: `${BASE}/assets`,
  associate: `${BASE}/assets/associate`,
  disassociate: `${BASE}/assets/disassociate`,
  revoke: `${BASE}/assets/revoke`,
  assignments: `${BASE}/assignments`,
  users: `${BASE}/users`,
  createUsers: `${BASE}/users/create`,
  updateUsers: `${BASE}/users/update`,
  retireUsers: `${BASE}/users/retire`,
  status: `${BASE}/status`,
  subscriptions: `${BASE}/subscriptions`,
  subscriptionAssignments: `${BASE}/subscriptions/assignments`,
  associateSubscriptions: `${BASE}/subscriptions/associate`,
  disassociateSubscriptions: `${BASE}/subscriptions/disassociate`,
  admins: `${BASE}/subscriptions/admins`,
  addAdmins: `${BASE}/subscriptions/admins/add`,
  removeAdmins: `${BASE}/subscriptions/admins/remove`,
  enableSubscriptions: `${BASE}/subscriptions/enable`,
  disableSubscriptions: `${BASE}/subscriptions/disable`,
} as const;

export const LOOKUP_PATH = '/WebObjects/MZStorePlatform.woa/wa/lookup';
