/** A key of developer tokens in the register of organizations. */
export const metadataKeyCredential = (keyId: string): string => `metadata_key:${keyId}`;
