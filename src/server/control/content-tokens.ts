import { contentTokenRenewal, locationNamed } from '../../organization/content/actions.ts';
import { contentTokenFile, offeredToken } from '../../organization/content/content-token.ts';
import { answer } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const LOCATION = {
  kind: 'text',
  about: 'name or uId of the location; the first where not given',
} as const;

export const issueContentToken = route({
  name: 'content_tokens.issue',
  scope: 'organization',
  method: 'POST',
  path: 'content-tokens',
  about:
    'The content token file of a location, as the portal hands it out: of several the newest that serves',
  query: {
    location: LOCATION,
    renew: {
      kind: 'flag',
      about: 'issues a new content token; `new_token_revokes` says what becomes of the former',
    },
  },
  answer: {
    about: 'the .vpptoken file',
    type: 'text/plain',
    schema: text('base64 of a JSON object with `token`, `expDate` and `orgName`'),
  },
  handler({ tenant: { organization }, query }) {
    const location = locationNamed(organization, query.location);
    if (query.renew) {
      organization.runDueTasks();
      organization.apply(contentTokenRenewal(organization, location));
    }
    const token = offeredToken(location.tokens, organization.runtime.clock.now())!;
    const file = contentTokenFile(token, organization.account.org_name);
    return answer(200, 'text/plain', file, {
      'content-disposition': 'attachment; filename="sToken.vpptoken"',
    });
  },
});
