import assert from 'node:assert/strict';
import type { SimulatedApple } from '../../src/simulated-apple.ts';
import { ask, opened, requestOf, textOf } from './requests.ts';

const encoder = new TextEncoder();

/** What a client keeps of a device. */
interface Known {
  readonly status: string;
  readonly profile: string | undefined;
}

interface Page {
  readonly cursor: string;
  readonly more_to_follow: boolean;
  readonly devices: readonly {
    readonly serial_number: string;
    readonly op_type?: string;
    readonly profile_status: string;
    readonly profile_uuid?: string;
  }[];
}

/** A dictionary of the devices of one MDM server, kept as nanodep's syncer does: fetch to the end, then sync. */
export class FollowingClient {
  readonly #apple: SimulatedApple;
  readonly #server: number;
  readonly devices = new Map<string, Known>();
  #session = '';
  #cursor: string | undefined;
  #path: '/server/devices' | '/devices/sync' = '/server/devices';
  #walked = new Set<string>();

  constructor(apple: SimulatedApple, server: number) {
    this.#apple = apple;
    this.#server = server;
  }

  async open(): Promise<void> {
    this.#session = await opened(this.#apple, this.#server);
  }

  async call(method: string, path: string, body: object): Promise<{ status: number; text: string }> {
    const answer = await ask(
      this.#apple,
      requestOf(method, path, {
        headers: { 'x-adm-auth-session': this.#session, 'x-server-protocol-version': '10' },
        body: encoder.encode(JSON.stringify(body)),
      }),
    );
    return { status: answer.status, text: textOf(answer) };
  }

  /** @returns whether there was more to come */
  async page(limit: number): Promise<boolean> {
    const { status, text } = await this.call('POST', this.#path, { limit, cursor: this.#cursor });
    if (text === 'EXHAUSTED_CURSOR') {
      this.#path = '/devices/sync';
      return true;
    }
    if (text === 'EXPIRED_CURSOR') {
      this.#startOver();
      return true;
    }
    assert.equal(status, 200, text);
    const { cursor, more_to_follow, devices } = JSON.parse(text) as Page;
    for (const device of devices) this.#take(device);
    this.#cursor = cursor;
    if (!more_to_follow && this.#path === '/server/devices') {
      this.#path = '/devices/sync';
      return true;
    }
    return more_to_follow;
  }

  #take({
    serial_number: serial,
    op_type,
    profile_status: status,
    profile_uuid: profile,
  }: Page['devices'][0]) {
    if (this.#path === '/server/devices') {
      assert.ok(!this.#walked.has(serial), `${serial} came twice in one walk`);
      this.#walked.add(serial);
    } else assert.ok(op_type !== undefined);
    if (op_type === 'deleted') this.devices.delete(serial);
    else this.devices.set(serial, { status, profile });
  }

  #startOver(): void {
    this.devices.clear();
    this.#walked = new Set();
    this.#cursor = undefined;
    this.#path = '/server/devices';
  }

  /** Begins with fetch and the cursor that was kept, as after a restart of the program. */
  restart(): void {
    if (this.#path === '/devices/sync') this.#path = '/server/devices';
  }

  async toTheEnd(): Promise<void> {
    for (let pages = 0; await this.page(3); pages += 1) assert.ok(pages < 10_000, 'the pages never end');
  }
}
