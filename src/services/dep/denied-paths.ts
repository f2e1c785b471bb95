import { type Conduct, operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './dep-error.ts';
import { ADE_PAGES } from './pages.ts';

const denied = (about: string, source: string): Conduct =>
  operation({
    about,
    scheme: sessionScheme,
    errors: ['ACCESS_DENIED'],
    source,
    // Which word such an organization gets is not on record; this one says that key and token lack access: docs/fidelity.md.
    handler: () => depError('ACCESS_DENIED', 'the simulated organization has no access to this call'),
  });

/** School rosters, answered as for an organization that has none. */
export const roster = denied('School roster; denied, as for an organization without', ADE_PAGES.archived);

export const tvProvider = denied(
  'TV provider profile; denied, as for an organization that is none',
  'https://github.com/micromdm/micromdm/blob/main/dep/testdata/account_response.json',
);
