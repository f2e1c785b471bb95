import type { HttpRequest } from '../../core/request.ts';
import type { Catalog } from '../../engine/catalog.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { PlacedExpectation } from '../../scenario/expectation.ts';
import { TooManyExpectations } from '../../verify/too-many-expectations.ts';
import { compileAll } from '../../verify/verifier.ts';
import { parsedBody, textBody } from './body.ts';
import { ControlError } from './control-error.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { integer, listOf, record, type Schema, text } from './schema.ts';

export const FILE_QUERY = {
  file: { kind: 'text', about: 'name under which a scenario file is reported, where the body is one' },
} as const;

const isYaml = ({ headers }: HttpRequest): boolean => /\byaml\b/i.test(headers['content-type'] ?? '');

/** Expectations as JSON, one or a list, or as those of a scenario file in YAML, with their lines. */
export async function readExpectations(
  request: HttpRequest,
  { organization }: Tenant,
  catalog: Catalog,
  file = 'scenario.yaml',
): Promise<readonly PlacedExpectation[]> {
  const { expectationsOfFile, parseExpectations } = await import('../../scenario/expectations.ts');
  const servers = organization.enrollment.servers.map(({ serverName }) => serverName);
  return isYaml(request)
    ? expectationsOfFile(file, textBody(request, 'a scenario file'), { servers, catalog })
    : parsedBody(request, (value) => parseExpectations(value, { servers, catalog }));
}

export const addExpectations = route({
  name: 'expectations.add',
  scope: 'organization',
  method: 'POST',
  path: 'expectations',
  about:
    'Follows more expectations, from what the journal still has on: one, a list, or those of a scenario file',
  query: FILE_QUERY,
  body: { type: 'application/json', schema: expectationJsonSchema },
  answer: {
    about: 'they are followed',
    schema: record({ added: listOf(record({ name: text(), expected: text() })), expectations: integer() }),
  },
  async handler({ surroundings: { crabapple }, request, tenant, query }) {
    const { catalog } = crabapple.engine;
    const expectations = await compileAll(
      await readExpectations(request, tenant, catalog, query.file),
      catalog,
    );
    try {
      crabapple.follow(tenant, expectations);
    } catch (error) {
      if (!(error instanceof TooManyExpectations)) throw error;
      throw new ControlError(
        400,
        error.message,
        'POST /_crabapple/reset?only=expectations drops those that were added',
      );
    }
    const added = expectations.map(({ compiled: { name, expected } }) => ({ name, expected }));
    return json({ added, expectations: crabapple.verifierOf(tenant).expectations });
  },
});

export async function expectationJsonSchema(): Promise<Schema> {
  const { partSchema } = await import('./part-schema.ts');
  const { expectationSchema } = await import('../../scenario/schema/expectations.ts');
  return partSchema(expectationSchema);
}
