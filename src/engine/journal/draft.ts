import type { Host } from '../../core/host.ts';
import type { Response } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { JournalDraft } from './entry.ts';
import { keepBody } from './kept-body.ts';

type About = Omit<JournalDraft, 'transport' | 'request' | 'response'>;

/** What the journal keeps of an exchange. */
export function draftOf(
  about: About,
  request: HttpRequest,
  response: Response | undefined,
  sha256: Host['sha256'],
): JournalDraft {
  // Member by member: copies with rest and spread cost more than all else on the way of a request.
  return {
    at: about.at,
    wallAt: about.wallAt,
    organization: about.organization,
    operation: about.operation,
    bodyFormat: about.bodyFormat,
    transport: request.entrance.transport,
    request: {
      method: request.method,
      scheme: request.scheme,
      authority: request.authority,
      path: request.path,
      query: request.query,
      headers: request.headers,
      repeated: request.repeated,
      body: keepBody(request.body, sha256),
    },
    response:
      response === undefined
        ? undefined
        : { status: response.status, headers: response.headers, body: keepBody(response.body, sha256) },
    ended: about.ended,
    why: about.why,
    fault: about.fault,
  };
}
