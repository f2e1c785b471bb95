import { TABLES } from '../../src/services/index.ts';

/** What answers for all of Apple's services. */
export const SERVICES = await Promise.all(TABLES.map(({ service }) => service.load()));
