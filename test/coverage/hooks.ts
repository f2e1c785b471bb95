import { nowTesting, writeSeen } from './seen.ts';

export const mochaHooks: Mocha.RootHookObject = {
  beforeEach(this: Mocha.Context) {
    nowTesting(this.currentTest?.fullTitle() ?? '');
  },
  afterAll() {
    writeSeen();
  },
};
