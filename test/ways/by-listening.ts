import { listen } from '../../src/server.ts';
import { appleOf } from '../scenarios/in-process.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { toldBy } from './at-hand.ts';
import { fileOf, storyOf, type Way } from './telling.ts';

/** `listen()` in this process, verified by `verify()`. */
export const byListening: Way = {
  name: 'listen()',
  async tell(telling) {
    const apple = await appleOf(fileOf(telling));
    const server = await listen(apple, { port: 0 });
    try {
      await play(storyOf(telling), overHttp(server.url));
      return toldBy(apple);
    } finally {
      await server.close();
    }
  },
};
