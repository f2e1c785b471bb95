import { answer } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const readCa = route({
  name: 'ca',
  scope: 'server',
  method: 'GET',
  path: 'ca.pem',
  about: 'The certificate of the authority that signed the one of the TLS port',
  answer: {
    about: 'the certificate',
    type: 'application/x-pem-file',
    schema: text('an X.509 certificate in PEM'),
  },
  handler: async ({ surroundings: { options } }) =>
    answer(200, 'application/x-pem-file', (await options.authority()).certificatePem),
});
