import { errorRow } from '../../catalogue/errors.ts';
import type { ServiceName } from '../../catalogue/service.ts';
import { compileWhere, type ExchangeView, type WhereTest } from '../../matching/where.ts';
import type { Random } from '../../runtime/random.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { FaultDefinition, FaultTime } from './definition.ts';
import { operationPattern } from './operation-pattern.ts';

export interface Fault {
  readonly id: string;
  readonly definition: FaultDefinition;
  readonly operation: RegExp;
  readonly where: WhereTest | undefined;
  readonly random: Random;
  readonly after: number;
  readonly until: number;
  /** Requests that it matched, and those that it struck. */
  matched: number;
  struck: number;
}

/** A fault as it stands, in plain data. */
export interface SavedFault
  extends Pick<Fault, 'id' | 'definition' | 'after' | 'until' | 'matched' | 'struck'> {
  /** Position of its random numbers. */
  readonly random: readonly number[];
}

/** More than anybody sets by hand; a table that is looked through for each request must stay short. */
const MOST_FAULTS = 1000;

/** A fault on `*` strikes the operations of those services that have its error. */
function knowsError(operation: string, error: string): boolean {
  const [service] = operation.split('.');
  return errorRow(service as ServiceName, error) !== undefined;
}

export class FaultTableError extends Error {}

/** The faults of one organization, in the order in which they were set; the first that strikes decides. */
export class FaultTable {
  readonly #runtime: Runtime;
  #beginning: readonly Fault[] = [];
  #faults: Fault[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Sets what a scenario describes: `reset` comes back to it. */
  async begin(definitions: readonly FaultDefinition[]): Promise<void> {
    for (const definition of definitions) await this.add(definition);
    this.#beginning = this.#faults;
    this.#faults = [...this.#beginning];
  }

  async add(definition: FaultDefinition): Promise<Fault> {
    const where = definition.where === undefined ? undefined : await compileWhere(definition.where);
    if (this.#faults.length >= MOST_FAULTS)
      throw new FaultTableError(`at most ${MOST_FAULTS} faults can be set`);
    const id = definition.id ?? this.#freeId();
    if (this.#faults.some((fault) => fault.id === id))
      throw new FaultTableError(`a fault ${id} is set already`);
    const fault = this.#ready({ id, definition, operation: operationPattern(definition.on), where });
    this.#faults.push(fault);
    return fault;
  }

  #freeId(): string {
    let number = this.#faults.length + 1;
    while (this.#faults.some((fault) => fault.id === `fault-${number}`)) number += 1;
    return `fault-${number}`;
  }

  #ready(fault: Pick<Fault, 'id' | 'definition' | 'operation' | 'where'>): Fault {
    const { after, until } = fault.definition;
    const now = this.#runtime.clock.now();
    const time = (point: FaultTime | undefined, otherwise: number): number =>
      point === undefined ? otherwise : 'at' in point ? point.at : now + point.elapsed;
    return {
      ...fault,
      random: this.#runtime.random(`fault ${fault.id}`),
      after: time(after, Number.NEGATIVE_INFINITY),
      until: time(until, Number.POSITIVE_INFINITY),
      matched: 0,
      struck: 0,
    };
  }

  remove(id: string): boolean {
    const count = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < count;
  }

  clear(): void {
    this.#faults = [];
  }

  reset(): void {
    this.#faults = this.#beginning.map((fault) => this.#ready(fault));
  }

  save(): readonly SavedFault[] {
    return this.#faults.map(({ id, definition, after, until, matched, struck, random }) => ({
      id,
      definition,
      after,
      until,
      matched,
      struck,
      random: random.position(),
    }));
  }

  /** Makes ready what was saved. @returns how to put it in place of what is set now */
  async prepare(saved: readonly SavedFault[]): Promise<() => void> {
    const compiled = await Promise.all(
      saved.map(({ definition: { where } }) => (where === undefined ? undefined : compileWhere(where))),
    );
    return () => {
      this.#faults = saved.map(({ random, id, definition, ...counted }, index) => {
        const operation = operationPattern(definition.on);
        const fault = { ...this.#ready({ id, definition, operation, where: compiled[index] }), ...counted };
        fault.random.moveTo(random);
        return fault;
      });
    };
  }

  /** The fault that strikes a request, or a peer that comes to the TLS port, counted. */
  strike(what: 'request' | 'approach', operation: string, view: () => ExchangeView): Fault | undefined {
    if (this.#faults.length === 0) return undefined;
    const now = this.#runtime.clock.now();
    return this.#faults.find((fault) => {
      const { nth, times, probability, answer } = fault.definition;
      const onApproach = answer !== undefined && 'tls_alert' in answer;
      if (onApproach !== (what === 'approach')) return false;
      if (answer !== undefined && 'error' in answer && !knowsError(operation, answer.error)) return false;
      if (!fault.operation.test(operation) || now < fault.after || now >= fault.until) return false;
      if (fault.where !== undefined && !fault.where(view())) return false;
      fault.matched += 1;
      if (nth !== undefined && fault.matched !== nth) return false;
      if (times !== undefined && fault.struck >= times) return false;
      if (probability !== undefined && fault.random.fraction() >= probability) return false;
      fault.struck += 1;
      return true;
    });
  }
}
