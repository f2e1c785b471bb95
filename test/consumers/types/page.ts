// What a page sees of the types: nothing of Node.
import { createCrabapple, type Outcome } from 'crabapple';

export async function account(): Promise<Outcome> {
  const apple = await createCrabapple({ name: 'Orchard' });
  return apple.handle({
    method: 'GET',
    scheme: 'https',
    authority: 'mdmenrollment.apple.com',
    path: '/account',
    query: '',
    headers: {},
    body: new Uint8Array(),
    transport: { name: 'page' },
  });
}
