import { startContract } from '../../verify/data-sent/start-declaration.ts';
import { Refusal } from './control-error.ts';
import { answer } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const readContract = route({
  name: 'contract',
  scope: 'organization',
  method: 'GET',
  path: 'contract',
  about: 'A data-sent contract that declares everything that the journal has seen the organization send',
  query: { name: { kind: 'text', about: 'what it is called; the name of the scenario where not given' } },
  answer: { about: 'the contract file', type: 'application/yaml', schema: text() },
  async handler({ surroundings: { crabapple }, tenant, query }) {
    const { exchanges } = crabapple.rememberedOf(tenant);
    const contract = await startContract(query.name ?? tenant.organization.definition.name, exchanges);
    if (contract === undefined) {
      throw new Refusal(
        404,
        'nothing was sent yet that a contract could declare',
        'let your MDM do its work first',
      );
    }
    return answer(200, 'application/yaml; charset=utf-8', contract);
  },
});
