// Holds connections in every state open to a server, in a process of its own. Prints `open` when all are open, and exits
// when the server closes them.
import { Company } from '../../test/server/company.ts';

const [addresses, count] = process.argv.slice(2);
const server = JSON.parse(addresses!) as Parameters<typeof Company.of>[0];

const sets = await Promise.all(Array.from({ length: Number(count) }, () => Company.of(server)));
process.stdout.write('open\n');
await Promise.all(sets.map((set) => set.gone()));
