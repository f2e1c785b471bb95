/** Apple's hosts that MDM servers and devices call and that are not served here, with their purpose. */
export const UNSERVED_APPLE_HOSTS: Readonly<Record<string, string>> = {
  'account.apple.com': 'tokens of the Apple Business and School APIs',
  'albert.apple.com': 'device activation',
  'api-business.apple.com': 'the Apple Business API',
  'api-school.apple.com': 'the Apple School Manager API',
  'business.apple.com': 'the Apple Business Manager portal',
  'buy.itunes.apple.com': 'purchases',
  'deviceenrollment.apple.com': 'enrollment as devices see it',
  'deviceservices-external.apple.com': 'removal of activation locks',
  'gdmf.apple.com': 'the list of available software updates',
  'identity.apple.com': 'the push certificate portal',
  'iprofiles.apple.com': 'enrollment profiles as devices fetch them',
  'school.apple.com': 'the Apple School Manager portal',
};
