import type { HttpRequest } from '../../core/request.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { PlacedExpectation } from '../../scenario/verification.ts';
import { compileAll, TooManyExpectations } from '../../verify/verifier.ts';
import { jsonBodyOf, parsedBody, textBody } from './body.ts';
import { ControlError } from './control-error.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { integer, listOf, record, text } from './schema.ts';

export const FILE_QUERY = {
  file: { kind: 'text', about: 'file name for the report, if the body is a scenario file' },
} as const;

export const EXPECTATIONS_BODY = jsonBodyOf(
  async () => (await import('../../scenario/schema/expectations.ts')).expectationSchema,
);

const isYaml = ({ headers }: HttpRequest): boolean => /\byaml\b/i.test(headers['content-type'] ?? '');

/** Reads one expectation or a list as JSON, or those of a scenario file in YAML with their lines. */
export async function readExpectations(
  request: HttpRequest,
  { organization }: Tenant,
  file = 'scenario.yaml',
): Promise<readonly PlacedExpectation[]> {
  const { expectationsOfFile, parseExpectations } = await import('../../scenario/parse.ts');
  const servers = organization.enrollment.servers.map(({ serverName }) => serverName);
  return isYaml(request)
    ? expectationsOfFile(file, textBody(request, 'a scenario file'), { servers })
    : parsedBody(request, (value) => parseExpectations(value, { servers }));
}

export const addExpectations = route({
  name: 'expectations.add',
  scope: 'organization',
  method: 'POST',
  path: 'expectations',
  about:
    'Adds expectations: one, a list, or those of a scenario file. They cover what the journal still holds, too',
  query: FILE_QUERY,
  body: EXPECTATIONS_BODY,
  response: {
    about: 'the added expectations, and how many there are now',
    schema: record({ added: listOf(record({ name: text(), expected: text() })), expectations: integer() }),
  },
  async handler({ context: { apple }, request, tenant, query }) {
    const expectations = await compileAll(await readExpectations(request, tenant, query.file));
    try {
      apple.follow(tenant, expectations);
    } catch (error) {
      if (!(error instanceof TooManyExpectations)) throw error;
      throw new ControlError(
        400,
        error.message,
        'POST /_crabapple/reset?only=expectations removes added expectations',
      );
    }
    const added = expectations.map(({ compiled: { name, expected } }) => ({ name, expected }));
    return json({ added, expectations: apple.verifierOf(tenant).expectations });
  },
});
