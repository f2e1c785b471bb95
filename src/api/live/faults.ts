import type { Catalog } from '../../engine/catalog.ts';
import type { FaultTable } from '../../engine/faults/fault-table.ts';
import type { Fault } from '../../scenario/scenario-types.ts';
import type { Faults, SetFault } from '../faults.ts';
import { faultAsSet } from './set-fault.ts';

/** The faults of whichever organization is asked for. */
export class LiveFaults implements Faults {
  readonly #table: () => FaultTable;
  readonly #catalog: Catalog;

  constructor(table: () => FaultTable, catalog: Catalog) {
    this.#table = table;
    this.#catalog = catalog;
  }

  async add(fault: Fault): Promise<string> {
    const { parseFault } = await import('../../scenario/faults.ts');
    const definition = await parseFault(fault, this.#catalog);
    return (await this.#table().add(definition)).id;
  }

  get list(): readonly SetFault[] {
    return structuredClone(this.#table().faults.map(faultAsSet));
  }

  remove(id: string): boolean {
    return this.#table().remove(id);
  }

  clear(): void {
    this.#table().clear();
  }
}
