import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../src/engine/journal/entry.ts';
import { ControlClient } from './control-client.ts';

describe('GET metrics', () => {
  it('counts by operation and status', async () => {
    const client = await ControlClient.of();
    await client.traffic();
    await client.traffic();
    await client.tenant.faults.add({ on: 'dep.session', answer: { status: 503 } });
    await client.traffic();
    const { headers, text } = await client.request('GET', 'metrics');
    assert.match(headers['content-type'] ?? '', /^text\/plain; version=0\.0\.4/);
    for (const line of [
      /^crabapple_exchanges_total\{operation="dep\.session",status="40\d"\} 2$/m,
      /^crabapple_exchanges_total\{operation="dep\.session",status="503"\} 1$/m,
      /^crabapple_journal_entries 3$/m,
      /^crabapple_journal_dropped_total 0$/m,
      /^crabapple_organizations 1$/m,
      /^crabapple_faults_applied_total 1$/m,
      /^process_resident_memory_bytes \d{7,}$/m,
    ]) {
      assert.match(text, line);
    }
    for (const line of text.trimEnd().split('\n'))
      assert.match(line, /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{[^}]*\})? \d+)$/);
  });

  it('has a bounded number of labels', async () => {
    const client = await ControlClient.of();
    await client.traffic();
    const [{ seq: _, ...draft }] = [...client.apple.journal.entries('acme')] as [JournalEntry];
    for (let number = 1; number < 1100; number += 1) {
      client.apple.journal.record({ ...draft, operation: `dep.${number}` });
    }
    const lines = (await client.request('GET', 'metrics')).text
      .split('\n')
      .filter((line) => line.startsWith('crabapple_exchanges_total{'));
    assert.equal(lines.length, 1001);
    assert.equal(lines.at(-1), 'crabapple_exchanges_total{operation="other",status="other"} 100');
  });
});
