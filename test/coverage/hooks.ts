import { setCurrentTest, writeCoverage } from './seen.ts';

export const mochaHooks: Mocha.RootHookObject = {
  beforeEach(this: Mocha.Context) {
    setCurrentTest(this.currentTest?.fullTitle() ?? '');
  },
  afterAll() {
    writeCoverage();
  },
};
