const APPLE = 'https://developer.apple.com/documentation/devicemanagement';

/** Apple's pages on Automated Device Enrollment, by what they say. */
export const ADE_PAGES = {
  authenticating: `${APPLE}/authenticating-with-the-automated-device-enrollment-program`,
  errorCodes: `${APPLE}/interpreting-automated-device-enrollment-error-codes`,
  account: `${APPLE}/get-account-detail`,
  accountDetail: `${APPLE}/accountdetail`,
  fetchDevices: `${APPLE}/fetch-devices`,
  syncDevices: `${APPLE}/sync-devices`,
  device: `${APPLE}/device`,
  deviceDetails: `${APPLE}/device-details`,
  disown: `${APPLE}/disown-devices`,
  replacementDetails: `${APPLE}/get-replacement-details`,
  activationLock: `${APPLE}/activation-lock-devices`,
  defineProfile: `${APPLE}/define-profile`,
  profile: `${APPLE}/profile`,
  fetchProfile: `${APPLE}/fetch-profile`,
  assignProfile: `${APPLE}/assign-profile`,
  removeProfile: `${APPLE}/clear-device-profile`,
  setAccountDriven: `${APPLE}/assign-account-driven-enrollment-profile`,
  getAccountDriven: `${APPLE}/fetch-account-driven-enrollment-profile`,
  removeAccountDriven: `${APPLE}/remove-account-driven-enrollment-profile`,
  betaTokens: `${APPLE}/get-beta-enrollment-tokens`,
  migrating: `${APPLE}/migrating-managed-devices`,
  /** "MDM Protocol Reference", chapter 4, no longer kept by Apple. */
  archived:
    'https://developer.apple.com/library/content/documentation/Miscellaneous/Reference/MobileDeviceManagementProtocolRef/4-Profile_Management/ProfileManagement.html',
} as const;
