import type { ContentToken } from '../../organization/content/content-token.ts';
import type { Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';

/** An MDM that acts for a location. */
export interface ContentManager {
  readonly location: Location;
  /** Index of the content token among those of the location. */
  readonly number: number;
  readonly token: Readonly<ContentToken>;
}

export function managerWith({ content }: Organization, token: string): ContentManager | undefined {
  for (const location of content.locations) {
    const number = location.tokens.findIndex((each) => each.token === token);
    if (number >= 0) return { location, number, token: location.tokens[number]! };
  }
  return undefined;
}
