import { ChildProgram } from './child-program.ts';
import type { CrabappleControl, JournalEntry } from './crabapple-control.ts';
import type { ReceivedDevice, WebhookReceiver } from './webhook-receiver.ts';

export interface SyncingOptions {
  readonly executable: string;
  /** Folder that depserver keeps its things in as well; the cursor stays there from run to run. */
  readonly storage: string;
  readonly depName: string;
  readonly limit?: number;
  readonly control: CrabappleControl;
  readonly webhook: WebhookReceiver;
}

/** What one run of depsyncer asked, was answered, and handed on. */
export interface SyncRun {
  readonly entries: readonly JournalEntry[];
  readonly fetched: readonly ReceivedDevice[];
  readonly synced: readonly ReceivedDevice[];
  readonly output: string;
}

const PAGE_OPERATIONS: ReadonlySet<string | null> = new Set(['dep.devices.fetch', 'dep.devices.sync']);

/**
 * Starts depsyncer, lets it go once through fetch and sync and ends it. In its single-run mode
 * (`-duration 0`) it ends without waiting for its own webhook and assigner, so that the last of them may get
 * lost; here it waits for its next cycle, an hour away, when it is told to end.
 */
export async function syncOnce(options: SyncingOptions): Promise<SyncRun> {
  const { executable, storage, depName, limit, control, webhook } = options;
  const before = await control.lastSeq();
  const parameters = ['-storage', 'filekv', '-storage-dsn', storage, '-webhook-url', webhook.url, '-debug'];
  parameters.push('-duration', '3600', ...(limit === undefined ? [] : ['-limit', String(limit)]), depName);
  const program = new ChildProgram('depsyncer', executable, parameters, { withoutVariables: 'NANODEP_' });
  try {
    await program.ready(async () => (/phase=sync more=false/.test(program.output) ? true : undefined));
    const answered = (await control.journal(before)).filter(
      ({ operation, response }) => PAGE_OPERATIONS.has(operation) && response?.status === 200,
    );
    const pages = await webhook.take(answered.length);
    const fetched = pages
      .filter(({ topic }) => topic === 'dep.FetchDevices')
      .flatMap(({ devices }) => devices);
    const synced = pages.filter(({ topic }) => topic === 'dep.SyncDevices').flatMap(({ devices }) => devices);
    await assigned(
      program,
      pages.filter(({ devices }) => devices.some(({ op_type }) => op_type === 'added')).length,
    );
    const end = await program.stop();
    if (end !== 0) throw new Error(`depsyncer ended with ${end}`);
    return { entries: await control.journal(before), fetched, synced, output: program.output };
  } catch (error) {
    await program.stop();
    throw new Error(`${(error as Error).message}; depsyncer wrote:\n${program.output}`, { cause: error });
  }
}

/** nanodep's assigner works beside the syncer, page by page; it reports when it is through with one. */
const assigned = (program: ChildProgram, pages: number): Promise<true> =>
  program.ready(async () =>
    [...program.output.matchAll(/msg=profile assigned/g)].length >= pages ? true : undefined,
  );
