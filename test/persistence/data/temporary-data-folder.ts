import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from '../../../src/persistence/data/folder.ts';
import { restoreData } from '../../../src/persistence/data/restore.ts';
import type { PersistenceWriter } from '../../../src/persistence/data/writer.ts';
import { SimulatedApple } from '../../../src/simulated-apple.ts';
import { nodeHost } from '../../../src/transports/node-host.ts';
import { SCENARIO, Traffic, WALL } from '../traffic.ts';

export const HOST = { ...nodeHost, wall: () => WALL };

/** A folder for one test; gone with it. */
export class TemporaryDataFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'crabapple-data-'));
  readonly notices: string[] = [];

  open(fsync = false): DataFolder {
    return new DataFolder(this.path, {
      fsync,
      version: '1.2.3',
      onNotice: (message) => this.notices.push(message),
    });
  }

  /** Serves what the folder holds, as a server does when it starts; the scenario where it holds nothing. */
  async serve(scenario: object = SCENARIO): Promise<{ traffic: Traffic; writer: PersistenceWriter }> {
    const apple = new SimulatedApple({ host: HOST });
    const { writer, organizations } = await restoreData(apple, this.open());
    if (organizations.length === 0) await apple.addScenario(scenario, { file: 'here.yaml' });
    writer.write();
    return { traffic: new Traffic(apple), writer };
  }

  /** The file of the one organization that is kept. */
  get file(): string {
    const folder = join(this.path, 'organizations');
    const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.data'));
    return join(folder, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
