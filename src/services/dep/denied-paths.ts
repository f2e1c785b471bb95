import { ADE_PAGES } from '../../catalogue/dep/pages.ts';
import type { Method } from '../../http/method.ts';
import { type Operation, operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './dep-error.ts';
import { ROSTER_PATHS, TV_PROVIDER_PATH } from './endpoints.ts';

function denied(
  name: string,
  path: string,
  methods: readonly Method[],
  about: string,
  source: string,
): Operation {
  return operation({
    name,
    about,
    methods,
    path,
    scheme: sessionScheme,
    errors: ['ACCESS_DENIED'],
    source,
    // Which word such an organization gets is not on record; this one says that key and token lack access: docs/fidelity.md.
    handler: () => depError('ACCESS_DENIED', 'the simulated organization has no access to this call'),
  });
}

/** School rosters and TV providers: answered as for an organization that has neither. */
export const deniedPaths: readonly Operation[] = [
  ...ROSTER_PATHS.map((path) =>
    denied(
      `dep${path.replaceAll('/', '.')}`,
      path,
      ['POST'],
      'School roster; denied, as for an organization without',
      ADE_PAGES.archived,
    ),
  ),
  denied(
    'dep.profile.tvprovider',
    TV_PROVIDER_PATH,
    ['GET', 'POST'],
    'TV provider profile; denied, as for an organization that is none',
    'https://github.com/micromdm/micromdm/blob/main/dep/testdata/account_response.json',
  ),
];
