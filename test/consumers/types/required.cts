// `require` of a package of ES modules has types where TypeScript knows that Node can do it.
import root = require('crabapple');
import server = require('crabapple/server');

export const made: Promise<root.Crabapple> = root.createCrabapple({ name: 'Orchard' });
export const listening: Promise<server.CrabappleServer> = made.then((apple) =>
  server.listen(apple, { port: 0 }),
);
