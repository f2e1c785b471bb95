import type { Response } from '../../../src/core/outcome.ts';
import type { HttpRequest } from '../../../src/core/request.ts';
import type { Tenant, TenantError } from '../../../src/engine/tenant.ts';
import type { OrganizationDefinition } from '../../../src/organization/definition.ts';
import { currentToken } from '../../../src/organization/enrollment/mdm-server.ts';
import { createCertificates } from '../../../src/server/certificates.ts';
import { type Control, type ControlOptions, createControl } from '../../../src/server/control/index.ts';
import { SimulatedApple } from '../../../src/simulated-apple.ts';

export const URL_OF_SERVER = 'http://127.0.0.1:8990';

/** 2026-03-02T08:00:00Z, standing still. */
export const START = Date.parse('2026-03-02T08:00:00Z');

export function definition(changed: Partial<OrganizationDefinition> = {}): OrganizationDefinition {
  return {
    name: 'Acme',
    seed: '7',
    clock: { at: START, rate: 0 },
    account: { org_name: 'Acme Corp' },
    terms: 'accepted',
    accountDrivenEnrollment: true,
    activationLock: true,
    depsim: false,
    mdmServers: [
      {
        server_name: 'Acme MDM',
        profiles: [{ profile_uuid: 'A'.repeat(32), profile: { profile_name: 'Acme default' } }],
      },
      { server_name: 'Second MDM' },
    ],
    devices: [
      {
        serial_number: 'C02ACME0001',
        device_family: 'Mac',
        profile: 'Acme default',
        profile_status: 'assigned',
      },
      { serial_number: 'C02ACME0002', device_family: 'iPad' },
      { serial_number: 'C02ACME0003', device_family: 'iPad', mdm_server: 'Second MDM' },
    ],
    behavior: {},
    ...changed,
  };
}

export interface RequestOptions {
  readonly authority?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes as they are, anything else as JSON. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  readonly body: any;
}

const encoder = new TextEncoder();

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return encoder.encode(typeof body === 'string' ? body : JSON.stringify(body));
}

export function requestOf(
  method: string,
  target: string,
  { authority = '127.0.0.1:8990', headers = {}, body }: RequestOptions = {},
): HttpRequest {
  const [path = '', ...query] = target.split('?');
  return {
    method,
    scheme: 'http',
    authority,
    path,
    query: query.join('?'),
    headers,
    body: bytesOf(body),
    transport: { name: 'test' },
  };
}

/** A simulated Apple of some organizations, and its control API without a transport. */
export class ControlClient {
  /** Exceptions of ours that were reported. */
  readonly failures: unknown[] = [];
  readonly apple = new SimulatedApple({ onFailure: (error) => this.failures.push(error) });
  readonly control: Control;

  constructor(options: Partial<ControlOptions> = {}) {
    this.control = createControl(this.apple, {
      addresses: () => ({ url: URL_OF_SERVER }),
      authority: createCertificates(this.apple).authority,
      pushCertificate: async () => {},
      allowHosts: [],
      showSecrets: false,
      version: '1.2.3',
      startedAt: Date.now() - 5000,
      ...options,
    });
  }

  static async of(
    changed: Partial<OrganizationDefinition> = {},
    options: Partial<ControlOptions> = {},
  ): Promise<ControlClient> {
    const client = new ControlClient(options);
    await client.add('acme', changed);
    return client;
  }

  add(id: string, changed: Partial<OrganizationDefinition> = {}): Promise<Tenant> {
    const organization = definition(changed);
    const loaded = {
      scenario: { organization, faults: [], serverFaults: [] },
      verification: { expectations: [], timeline: [], allowSilent: false },
      document: { name: organization.name },
      positioned: (error: TenantError) => error,
    };
    return this.apple.takeIn(loaded, { id });
  }

  get tenant(): Tenant {
    return this.apple.tenants.default;
  }

  /** The answer as it is, its body perhaps a stream. */
  async response(method: string, path: string, options?: RequestOptions): Promise<Response> {
    const outcome = await this.control(requestOf(method, `/_crabapple/${path}`, options));
    if (outcome.kind !== 'response') throw new Error(`the control API returned ${outcome.kind}`);
    return outcome;
  }

  async request(method: string, path: string, options?: RequestOptions): Promise<Answer> {
    const { status, headers, body } = await this.response(method, path, options);
    if (typeof body !== 'string') throw new Error('the body is no text');
    return {
      status,
      headers,
      text: body,
      body: headers['content-type']?.startsWith('application/json') ? JSON.parse(body || 'null') : undefined,
    };
  }

  /** `GET /session` with a consumer key and no good signature: an entry in the journal of its organization. */
  async traffic(tenant: Tenant = this.tenant, body?: string): Promise<void> {
    await this.sessionRequest(currentToken(tenant.organization.enrollment.servers[0]!).consumer_key, body);
  }

  async sessionRequest(consumerKey: string, body?: string): Promise<void> {
    const parameters = {
      oauth_consumer_key: consumerKey,
      oauth_token: 'AT_unknown_and_not_shown',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_signature: 'wrong',
      oauth_timestamp: '1',
      oauth_nonce: '1',
    };
    const authorization = `OAuth ${Object.entries(parameters)
      .map(([name, value]) => `${name}="${value}"`)
      .join(', ')}`;
    await this.apple.handle(
      requestOf('GET', '/session', { headers: { authorization, 'user-agent': 'test' }, body }),
    );
  }
}
