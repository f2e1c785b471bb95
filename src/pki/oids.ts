/** Object identifiers by the names of the documents that define them. */
export const OID = {
  commonName: '2.5.4.3',
  countryName: '2.5.4.6',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
  // https://www.rfc-editor.org/rfc/rfc4519#section-2.39
  userId: '0.9.2342.19200300.100.1.1',

  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',

  ecdsaWithSha256: '1.2.840.10045.4.3.2',

  // https://github.com/parse-community/node-apn/blob/master/lib/credentials/certificate/oids.js
  applePushDevelopment: '1.2.840.113635.100.6.3.1',
  applePushProduction: '1.2.840.113635.100.6.3.2',
  // https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
  applePushVoipTopics: '1.2.840.113635.100.6.3.4',
  applePushTopics: '1.2.840.113635.100.6.3.6',
} as const;
