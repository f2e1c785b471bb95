import { type Operation, operation } from '../../engine/service.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './errors.ts';
import { ADE_PAGES } from './pages.ts';

const denied = (definition: Pick<Operation, 'name' | 'methods' | 'path' | 'about' | 'source'>): Operation =>
  operation({
    ...definition,
    scheme: sessionScheme,
    errors: ['ACCESS_DENIED'],
    // No recording shows the error for such an organization; this one says that key and token lack access: docs/fidelity.md.
    handler: () => depError('ACCESS_DENIED', 'the simulated organization has no access to this call'),
  });

/** School rosters: the response to an organization without rosters. */
export const roster: readonly Operation[] = [
  '/roster/class',
  '/roster/class/sync',
  '/roster/class/person',
  '/roster/class/person/sync',
  '/roster/class/location',
  '/roster/class/location/sync',
  '/roster/course',
  '/roster/course/sync',
].map((path) =>
  denied({
    name: `dep${path.replaceAll('/', '.')}`,
    methods: ['POST'],
    path,
    about: 'School roster; denied, as for an organization without',
    source: ADE_PAGES.archived,
  }),
);

export const tvProvider = denied({
  name: 'dep.profile.tvprovider',
  methods: ['GET', 'POST'],
  path: '/profile/tvprovider',
  about: 'TV provider profile; denied, as for an organization that is none',
  source: 'https://github.com/micromdm/micromdm/blob/main/dep/testdata/account_response.json',
});
