import type { Area } from '../organization/area.ts';
import type { BehaviorTables } from '../organization/behavior.ts';
import { operationPattern } from './faults/operation-pattern.ts';
import type { Field } from './fields.ts';
import { EACH, type Step, simplePath } from './matching/location.ts';
import type { Operation, Service } from './service.ts';

/** An operation with its service. */
export interface CatalogOperation {
  readonly name: string;
  readonly service: Service;
  readonly operation: Operation;
}

/** Fields that appear together at one place of an exchange. */
export interface PlacedFields {
  readonly at: readonly Step[];
  readonly fields: readonly Field[];
}

/** What a list of services offers: operations, fields, behavior settings and areas. */
export interface Catalog {
  readonly services: readonly Service[];
  readonly operations: readonly CatalogOperation[];
  readonly operationNames: readonly string[];
  /** Operations that fields are documented for, including those that are not served. */
  readonly documented: readonly string[];
  readonly behavior: BehaviorTables;
  /** Areas of state that only these services need. */
  readonly areas: readonly Area[];
  /** Host names of the services. */
  readonly hosts: readonly string[];
  find(name: string): CatalogOperation | undefined;
  /** The operations that a name, or a pattern with `*`, stands for. */
  matching(pattern: string): readonly CatalogOperation[];
  groupsOf(operation: string): readonly PlacedFields[];
  /** The fields at a place of an operation; undefined if none are documented there. */
  fieldsAt(operation: string, at: readonly Step[]): readonly Field[] | undefined;
  fieldNamed(operation: string, steps: readonly Step[]): Field | undefined;
  /** Members that contain documented fields. */
  containersAt(operation: string, at: readonly Step[]): readonly string[];
}

const sameStep = (wanted: Step, given: Step): boolean => wanted === EACH || wanted === given;

const samePath = (wanted: readonly Step[], given: readonly Step[]): boolean =>
  wanted.length === given.length && wanted.every((step, index) => sameStep(step, given[index]!));

const catalogs = new WeakMap<readonly Service[], Catalog>();

/** The catalog of a list of services. The same list gives the same catalog. */
export function catalogOf(services: readonly Service[]): Catalog {
  let catalog = catalogs.get(services);
  if (catalog === undefined) {
    catalog = createCatalog(services);
    catalogs.set(services, catalog);
  }
  return catalog;
}

function createCatalog(services: readonly Service[]): Catalog {
  const operations = services.flatMap((service) =>
    service.operations.map((operation) => ({ name: operation.name, service, operation })),
  );
  const byName = new Map(operations.map((one) => [one.name, one]));
  const groups = placedFields(services);
  const groupsOf = (operation: string): readonly PlacedFields[] => groups.get(operation) ?? [];
  function fieldsAt(operation: string, at: readonly Step[]): readonly Field[] | undefined {
    const found = groupsOf(operation).filter((group) => samePath(group.at, at));
    return found.length === 0 ? undefined : found.flatMap(({ fields }) => fields);
  }
  return {
    services,
    operations,
    operationNames: operations.map(({ name }) => name),
    documented: [...groups.keys()],
    behavior: Object.fromEntries(
      services.flatMap(({ name, behavior }) => (behavior === undefined ? [] : [[name, behavior]])),
    ),
    areas: services.flatMap(({ areas = [] }) => areas),
    hosts: [...new Set(services.flatMap(({ hosts }) => hosts))],
    find: (name) => byName.get(name),
    matching(pattern) {
      const wanted = operationPattern(pattern);
      return operations.filter(({ name }) => wanted.test(name));
    },
    groupsOf,
    fieldsAt,
    fieldNamed(operation, steps) {
      const index = steps.findLastIndex((step) => typeof step === 'string');
      return fieldsAt(operation, steps.slice(0, index))?.find(({ name }) => name === steps[index]);
    },
    containersAt: (operation, at) =>
      groupsOf(operation).flatMap((group) => {
        const next = group.at[at.length];
        return typeof next === 'string' && samePath(group.at.slice(0, at.length), at) ? [next] : [];
      }),
  };
}

function placedFields(services: readonly Service[]): ReadonlyMap<string, readonly PlacedFields[]> {
  const byOperation = new Map<string, PlacedFields[]>();
  for (const { places, fields } of services.flatMap((service) => Object.values(service.fields))) {
    for (const { operation, at } of places) {
      const placed = { at: simplePath(at)!, fields };
      const known = byOperation.get(operation);
      if (known === undefined) byOperation.set(operation, [placed]);
      else known.push(placed);
    }
  }
  return byOperation;
}
