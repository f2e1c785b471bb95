import { explained, respond } from '../../core/outcome.ts';
import { DEPSIM_CREDENTIALS } from '../../organization/enrollment/mdm-server.ts';
import { operation } from '../operation.ts';
import { DEPSIM_CREDENTIAL } from './credentials.ts';
import { json } from './render.ts';

/** `GET /token` of Apple's former simulator, for `depsim: true`: https://github.com/cmdmnt/commandment */
export const simulatorToken = operation({
  about: 'Hands out the credentials of the former simulator',
  scheme: { name: 'none', anonymous: true, credential: () => DEPSIM_CREDENTIAL, authenticate: () => ({}) },
  errors: [],
  source: 'https://github.com/cmdmnt/commandment',
  handler({ organization }) {
    return organization.definition.depsim
      ? json(organization, DEPSIM_CREDENTIALS)
      : explained(respond(404), 'no organization here has `depsim: true`');
  },
});
