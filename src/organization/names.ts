import type { Area, AreaOf } from './area.ts';
import type { Change } from './change.ts';
import { readMembers, writeMembers } from './encodings.ts';
import { type EnrollmentReader, enrollmentArea } from './enrollment/area.ts';
import { type Names, StateError } from './members.ts';
import { deviceOf, type RegistrationNumber, registrationOf } from './push/registration.ts';

type Path = readonly (string | number)[];

const USER = '/user';

interface AreaStates {
  readonly areas: readonly Area[];
  read<Reader>(area: AreaOf<Reader>): Reader;
}

/** Names of the readable encoding, by the devices, servers and profiles of an organization. */
export class StateNames implements Names {
  readonly wallNow: number;
  readonly #states: AreaStates;

  constructor(states: AreaStates, wallNow: number) {
    this.#states = states;
    this.wallNow = wallNow;
  }

  get #enrollment(): EnrollmentReader {
    return this.#states.read(enrollmentArea);
  }

  /** A serial number; the reference if another device has the serial number now. */
  device(ref: number): string | number {
    const { inventory } = this.#enrollment;
    const serial = inventory.serialNumber(ref);
    return inventory.find(serial) === ref ? serial : ref;
  }

  deviceNamed(name: string | number): number | undefined {
    const { inventory } = this.#enrollment;
    const ref = typeof name === 'number' ? name : inventory.find(name);
    return ref !== undefined && inventory.has(ref) ? ref : undefined;
  }

  /** A number if the push token belongs to no device. */
  registration(registration: RegistrationNumber): string | number {
    const ref = deviceOf(registration);
    const name = ref === undefined ? undefined : this.device(ref);
    if (typeof name !== 'string') return registration;
    return registration % 2 === 0 ? name : `${name}${USER}`;
  }

  registrationNamed(name: string | number): RegistrationNumber | undefined {
    if (typeof name === 'number')
      return name < 0 || this.deviceNamed(Math.floor(name / 2)) !== undefined ? name : undefined;
    const isUser = name.endsWith(USER);
    const ref = this.deviceNamed(isUser ? name.slice(0, -USER.length) : name);
    return ref === undefined ? undefined : registrationOf(ref, isUser ? 'user' : 'device');
  }

  server(index: number): string | undefined {
    return this.#enrollment.servers[index]?.serverName;
  }

  serverNamed(name: string): number | undefined {
    return this.#enrollment.servers.find(({ serverName }) => serverName === name)?.index;
  }

  profile(number: number): string | undefined {
    return this.#enrollment.profiles.get(number)?.profileUuid;
  }

  profileNamed(profileUuid: string): number | undefined {
    return this.#enrollment.profiles.find(profileUuid, 'lenient')?.number;
  }

  plannedChange(change: unknown): unknown {
    const { type } = change as Change;
    const members = this.#plannable(type)?.plannable[type]?.members ?? {};
    return { [type]: writeMembers(members, change as Change, this) };
  }

  changePlanned(written: unknown, path: Path): unknown {
    const [[type, given] = ['', {}]] = Object.entries(written as Readonly<Record<string, object>>);
    const area = this.#plannable(type);
    const plannable = area?.plannable[type];
    if (area === undefined || plannable === undefined)
      throw new StateError(path, `no change ${JSON.stringify(type)} can be planned`);
    const change = { type };
    readMembers(plannable.members, change, given, this, [...path, type]);
    const problem = plannable.problem?.(this.#states.read(area) as never, change as never);
    if (problem !== undefined) throw new StateError([...path, type], problem);
    return change;
  }

  #plannable(type: string): Area | undefined {
    return this.#states.areas.find(({ plannable }) => Object.hasOwn(plannable, type));
  }
}
