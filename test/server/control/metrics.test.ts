import assert from 'node:assert/strict';
import type { JournalEntry } from '../../../src/engine/journal/entry.ts';
import { Asking } from './asking.ts';

describe('GET metrics', () => {
  it('counts by operation and status', async () => {
    const asking = await Asking.of();
    await asking.traffic();
    await asking.traffic();
    await asking.tenant.faults.add({ on: 'dep.session', answer: { status: 503 } });
    await asking.traffic();
    const { headers, text } = await asking.ask('GET', 'metrics');
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
    const asking = await Asking.of();
    await asking.traffic();
    const [{ seq: _, ...draft }] = [...asking.apple.journal.entries('acme')] as [JournalEntry];
    for (let number = 1; number < 1100; number += 1) {
      asking.apple.journal.record({ ...draft, operation: `dep.${number}` });
    }
    const lines = (await asking.ask('GET', 'metrics')).text
      .split('\n')
      .filter((line) => line.startsWith('crabapple_exchanges_total{'));
    assert.equal(lines.length, 1001);
    assert.equal(lines.at(-1), 'crabapple_exchanges_total{operation="other",status="other"} 100');
  });
});
