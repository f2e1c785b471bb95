import assert from 'node:assert/strict';
import type { HeaderFields } from '../../src/core/request.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { SERVICES } from '../../src/services/index.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { requestOf, textOf } from '../dep/requests.ts';
import { warranty, warrantyKey } from './toy-service.ts';

export const SCENARIO = { name: 'Acme', clock: { at: '2026-03-02T08:00:00Z', rate: 0 } };

export const FORM = 'application/x-www-form-urlencoded';

interface ToyResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly why: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every form are looked into
  readonly body: any;
}

/** A simulated Apple with the toy service beside Apple's own. */
export class Toy {
  readonly apple: SimulatedApple;
  readonly failures: unknown[] = [];

  constructor() {
    this.apple = new SimulatedApple({
      services: [...SERVICES, warranty],
      onFailure: (error) => this.failures.push(error),
    });
  }

  /** @param scenario members beside those of `SCENARIO`, or a complete file */
  static async of(scenario: object | string = {}): Promise<Toy> {
    const toy = new Toy();
    const given = typeof scenario === 'string' ? scenario : { ...SCENARIO, ...scenario };
    await toy.apple.addScenario(given, { default: true });
    return toy;
  }

  get key(): string {
    return warrantyKey(this.apple.tenants.default.organization);
  }

  async call(
    method: string,
    path: string,
    body = '',
    headers: Record<string, string> = {},
  ): Promise<ToyResponse> {
    const request = requestOf(method, path, {
      body: new TextEncoder().encode(body),
      headers: { 'x-warranty-key': this.key, ...headers },
    });
    const outcome = await this.apple.handle(request);
    assert.ok(outcome.kind === 'response');
    const text = textOf(outcome);
    return {
      status: outcome.status,
      headers: outcome.headers,
      why: outcome.headers['x-crabapple-why'] ?? '',
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  plan(attributes: object, more: object = {}): Promise<ToyResponse> {
    return this.call(
      'PATCH',
      '/v9/plans/p1',
      JSON.stringify({ data: { type: 'plans', attributes, ...more } }),
    );
  }

  token(form: string): Promise<ToyResponse> {
    return this.call('POST', '/v9/token', form, { 'content-type': FORM });
  }
}

/** The problems that a scenario is rejected for. */
export const problemsOf = async (work: Promise<unknown>): Promise<string> => {
  let message = '';
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ScenarioError, String(error));
    message = error.message;
    return true;
  });
  return message;
};
