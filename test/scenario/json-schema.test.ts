import assert from 'node:assert/strict';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { BEHAVIOR } from '../../src/services/behavior.ts';

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

describe('the JSON schema of scenario files', () => {
  it('describes each behavior setting with its default, and only durations with a unit', async () => {
    const { properties } = ((await scenarioJsonSchema()) as Node).properties!.behavior!;
    const durations: string[] = [];
    for (const [service, settings] of Object.entries(BEHAVIOR)) {
      for (const [name, setting] of Object.entries(settings)) {
        const { description = '' } = properties![service]!.properties![name]!;
        const [, shown] = /^.+ \(default: (.*)\)$/.exec(description) ?? [];
        if (setting.kind === 'duration') durations.push(shown ?? '');
        else assert.equal(shown, JSON.stringify(setting.default), `${service}.${name}: ${description}`);
      }
    }
    assert.ok(durations.length > 0);
    for (const shown of durations) assert.match(shown, /^(?:\d+(?:ms|s|m|h|d))+$/);
  });
});
