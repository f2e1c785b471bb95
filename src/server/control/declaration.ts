import { startDeclaration } from '../../verify/data-sent/start-declaration.ts';
import { ControlError } from './control-error.ts';
import { answer } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const readDeclaration = route({
  name: 'declaration',
  scope: 'organization',
  method: 'GET',
  path: 'declaration',
  about: 'A data-sent declaration that declares everything that the journal has seen the organization send',
  query: { name: { kind: 'text', about: 'what it is called; the name of the scenario where not given' } },
  answer: { about: 'the declaration file', type: 'application/yaml', schema: text() },
  async handler({ surroundings: { crabapple }, tenant, query }) {
    const { exchanges } = crabapple.rememberedOf(tenant);
    const name = query.name ?? tenant.organization.definition.name;
    const declaration = await startDeclaration(name, exchanges, crabapple.engine.catalog);
    if (declaration === undefined) {
      throw new ControlError(
        404,
        'nothing was sent yet that a declaration could declare',
        'let your MDM do its work first',
      );
    }
    return answer(200, 'application/yaml; charset=utf-8', declaration);
  },
});
