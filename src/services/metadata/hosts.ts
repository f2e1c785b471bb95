/** Apple's names under which the store tells of apps and books. */
export const METADATA_HOSTS: readonly string[] = [
  'uclient-api.itunes.apple.com',
  'api.ent.apple.com',
  'api.edu.apple.com',
  'itunes.apple.com',
];
