import { setupServer } from 'msw/node';
import { appleHandlers } from '../../src/msw.ts';
import { appleOf } from '../scenarios/in-process.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { toldBy, underAppleNames } from './at-hand.ts';
import { fileOf, storyOf, type Way } from './telling.ts';

/** MSW's `setupServer`: no port at all. */
export const byMswInNode: Way = {
  name: 'MSW in Node',
  async tell(telling) {
    const apple = await appleOf(fileOf(telling));
    const server = setupServer(...appleHandlers(apple));
    server.listen({ onUnhandledRequest: 'error' });
    try {
      await play(storyOf(telling), underAppleNames(apple));
      return toldBy(apple);
    } finally {
      server.close();
    }
  },
};
