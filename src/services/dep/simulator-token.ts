import { explained, respond } from '../../http/outcome.ts';
import { DEPSIM_CREDENTIALS } from '../../organization/enrollment/server-credentials.ts';
import { operation } from '../operation.ts';
import { json } from './render.ts';

export const DEPSIM_CREDENTIAL = 'depsim';

/** `GET /token` of Apple's former simulator, for `depsim: true`: https://github.com/cmdmnt/commandment */
export const simulatorToken = operation({
  name: 'dep.simulator.token',
  about: 'Hands out the credentials of the former simulator',
  methods: ['GET'],
  path: '/token',
  scheme: { name: 'none', anonymous: true, credential: () => DEPSIM_CREDENTIAL, authenticate: () => ({}) },
  errors: [],
  source: 'https://github.com/cmdmnt/commandment',
  handler({ organization }) {
    return organization.definition.depsim
      ? json(organization, DEPSIM_CREDENTIALS)
      : explained(respond(404), 'no organization here has `depsim: true`');
  },
});
