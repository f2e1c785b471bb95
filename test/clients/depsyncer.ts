import { ChildProgram } from './child-program.ts';
import type { CrabappleControl, JournalEntry } from './crabapple-control.ts';
import type { ReceivedDevice, WebhookReceiver } from './webhook-receiver.ts';

export interface SyncOptions {
  readonly executable: string;
  /** Storage folder shared with depserver; keeps the cursor between runs. */
  readonly storage: string;
  readonly depName: string;
  readonly limit?: number;
  readonly control: CrabappleControl;
  readonly webhook: WebhookReceiver;
}

/** One run of depsyncer. */
export interface SyncRun {
  /** Its exchanges with Crabapple. */
  readonly entries: readonly JournalEntry[];
  /** Devices posted to the webhook after a fetch. */
  readonly fetched: readonly ReceivedDevice[];
  /** Devices posted to the webhook after a sync. */
  readonly synced: readonly ReceivedDevice[];
  readonly output: string;
}

const PAGE_OPERATIONS: ReadonlySet<string | null> = new Set(['dep.devices.fetch', 'dep.devices.sync']);

/**
 * Starts depsyncer, waits for one cycle of fetch and sync, and stops it. The single-run mode of depsyncer (`-duration 0`)
 * exits without waiting for its own webhook and assigner and may lose the last of their requests; with `-duration 3600` it
 * idles until the next cycle when it is stopped.
 */
export async function syncOnce(options: SyncOptions): Promise<SyncRun> {
  const { executable, storage, depName, limit, control, webhook } = options;
  const before = await control.lastSeq();
  const parameters = ['-storage', 'filekv', '-storage-dsn', storage, '-webhook-url', webhook.url, '-debug'];
  parameters.push('-duration', '3600', ...(limit === undefined ? [] : ['-limit', String(limit)]), depName);
  const program = new ChildProgram('depsyncer', executable, parameters, { withoutVariables: 'NANODEP_' });
  try {
    await program.waitFor(async () => (/phase=sync more=false/.test(program.output) ? true : undefined));
    const pageEntries = (await control.journal(before)).filter(
      ({ operation, response }) => PAGE_OPERATIONS.has(operation) && response?.status === 200,
    );
    const pages = await webhook.take(pageEntries.length);
    const fetched = pages
      .filter(({ topic }) => topic === 'dep.FetchDevices')
      .flatMap(({ devices }) => devices);
    const synced = pages.filter(({ topic }) => topic === 'dep.SyncDevices').flatMap(({ devices }) => devices);
    await waitForAssignments(
      program,
      pages.filter(({ devices }) => devices.some(({ op_type }) => op_type === 'added')).length,
    );
    const exit = await program.stop();
    if (exit !== 0) throw new Error(`depsyncer exited with ${exit}`);
    return { entries: await control.journal(before), fetched, synced, output: program.output };
  } catch (error) {
    await program.stop();
    throw new Error(`${(error as Error).message}; depsyncer wrote:\n${program.output}`, { cause: error });
  }
}

/** nanodep's assigner runs concurrently with the syncer and logs each page that it has assigned. */
const waitForAssignments = (program: ChildProgram, pages: number): Promise<true> =>
  program.waitFor(async () =>
    [...program.output.matchAll(/msg=profile assigned/g)].length >= pages ? true : undefined,
  );
