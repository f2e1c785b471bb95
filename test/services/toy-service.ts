import { AppleError } from '../../src/core/apple-error.ts';
import { explained, respond } from '../../src/core/outcome.ts';
import { formBody, jsonBody } from '../../src/engine/body.ts';
import { received, sent } from '../../src/engine/fields.ts';
import { type AuthenticationScheme, operation, rowOf, type Service } from '../../src/engine/service.ts';
import { integer } from '../../src/organization/behavior.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { warrantyArea } from './toy-area.ts';

const SOURCE = 'https://warranty.test/reference';

const ERRORS = {
  NO_SUCH_PATH: { status: 404, body: '', when: 'no such path', source: 'default' },
  WRONG_METHOD: { status: 405, body: '', when: 'wrong method', source: 'default' },
  TOO_LARGE: { status: 413, body: '', when: 'the body is too large', source: 'default' },
  BAD_BODY: { status: 400, body: '', when: 'the body does not fit', source: SOURCE },
  BROKEN: { status: 500, body: '', when: 'a failure of the service', source: 'default' },
  SLOW_DOWN: { status: 429, body: '', when: 'too many requests', source: 'default' },
  BAD_KEY: { status: 401, body: '', when: 'the warranty key is missing or unknown', source: SOURCE },
  TOO_MANY_PLANS: {
    status: 422,
    body: '',
    when: 'more plans than the organization may have',
    source: SOURCE,
  },
  TOO_MANY_SEATS: { status: 422, body: '', when: 'more seats than the plan allows', source: SOURCE },
} as const;

const toyError = (name: keyof typeof ERRORS, why: string) => new AppleError(name, why);

/** The key of an organization: derived from its seed and id. */
export const warrantyKey = ({ runtime }: Organization): string =>
  `wk-${runtime.identifiers.hex('warranty key', 16)}`;

/** Counts how often the credential of a request was read. */
export const counted = { reads: 0 };

const keyScheme: AuthenticationScheme<string, string | undefined> = {
  name: 'warranty_key',
  openApi: { type: 'apiKey', in: 'header', name: 'X-Warranty-Key' },
  read({ headers }) {
    counted.reads += 1;
    const key = headers['x-warranty-key'];
    if (key === 'explode') throw new Error('the scheme exploded');
    return key;
  },
  credential: (key) => (key === undefined ? undefined : `warranty_key:${key}`),
  authenticate: (organization, _, key) =>
    key === warrantyKey(organization) ? key : toyError('BAD_KEY', 'the X-Warranty-Key header is wrong'),
  sender: ({ enrollment }, key) => (key === undefined ? undefined : enrollment.servers[0]?.serverName),
  errors: ['BAD_KEY'],
};

/** Reads the settings of a service that the compiler does not know. */
const seatsAllowed = ({ behavior }: Organization): number =>
  (behavior as unknown as { readonly warranty: { readonly most_seats: number } }).warranty.most_seats;

const json = (value: unknown) =>
  respond(200, { 'content-type': 'application/vnd.api+json' }, JSON.stringify(value));

const updatePlan = operation({
  name: 'warranty.plan.update',
  methods: ['PATCH'],
  path: '/v9/plans/{id}',
  about: 'Changes a warranty plan',
  scheme: keyScheme,
  body: jsonBody({
    data: {
      type: 'text',
      id: 'text',
      attributes: { level: 'text', seats: 'integer' },
      relationships: { devices: { data: [{ type: 'text', id: 'text' }] } },
    },
  }),
  errors: ['TOO_MANY_PLANS', 'TOO_MANY_SEATS'],
  source: SOURCE,
  handler({ organization, parameters, body }) {
    const { id = '' } = parameters;
    const { mostPlans, plans } = organization.read(warrantyArea);
    const stored = plans.get(id) ?? { level: 'basic', seats: 1 };
    const { level = stored.level, seats = stored.seats } = body.data?.attributes ?? {};
    const allowed = seatsAllowed(organization);
    if (seats > allowed) return toyError('TOO_MANY_SEATS', `${seats} seats; ${allowed} are allowed`);
    if (!plans.has(id) && plans.size >= mostPlans)
      return toyError('TOO_MANY_PLANS', `${plans.size} plans; ${mostPlans} are allowed`);
    organization.apply({ type: 'warranty_plan_set', id, level, seats });
    const devices = body.data?.relationships?.devices?.data ?? [];
    const attributes = { level, seats, devices: devices.length };
    return json({ data: { type: 'plans', id, attributes } });
  },
});

const createToken = operation({
  name: 'warranty.token',
  methods: ['POST'],
  path: '/v9/token',
  about: 'Exchanges a client secret for an access token',
  scheme: keyScheme,
  body: formBody({ grant_type: 'text', client_secret: 'text', scope: 'texts' }),
  errors: [],
  source: SOURCE,
  handler: ({ body: { grant_type, scope = [] } }) =>
    explained(json({ grant_type, scope }), `${scope.length} scopes`),
});

/** A complete service, registered from outside of `src`. */
export const warranty: Service = {
  name: 'warranty',
  title: 'Warranty',
  about: 'Warranty plans of an organization',
  hosts: ['warranty.test'],
  roots: ['/v9/'],
  operations: [updatePlan, createToken],
  fields: {
    plan: {
      places: [{ operation: 'warranty.plan.update', at: '$.body.data' }],
      fields: [
        sent('type', 'text'),
        sent('id', 'text'),
        sent('attributes', 'object'),
        sent('relationships', 'object'),
      ],
    },
    plan_attributes: {
      places: [{ operation: 'warranty.plan.update', at: '$.body.data.attributes' }],
      fields: [sent('level', 'text'), sent('seats', 'integer')],
    },
    token_request: {
      places: [{ operation: 'warranty.token', at: '$.body' }],
      fields: [sent('grant_type', 'text'), sent('client_secret', 'secret'), sent('scope', 'texts')],
    },
    token: {
      places: [{ operation: 'warranty.token', at: '$.response.body' }],
      fields: [received('grant_type', 'text'), received('scope', 'texts')],
    },
  },
  errors: ERRORS,
  errorRoles: {
    unknownPath: 'NO_SUCH_PATH',
    wrongMethod: 'WRONG_METHOD',
    bodyTooLarge: 'TOO_LARGE',
    malformedBody: 'BAD_BODY',
    internalError: 'BROKEN',
    tooManyRequests: 'SLOW_DOWN',
  },
  renderError(_, { name, why, headers }) {
    const row = rowOf(ERRORS, name);
    if (row === undefined) throw new Error(`no error of the warranty service is named ${name}`);
    const errors = [{ code: name, status: String(row.status) }];
    return explained(
      respond(
        row.status,
        { 'content-type': 'application/vnd.api+json', ...headers },
        JSON.stringify({ errors }),
      ),
      why,
    );
  },
  behavior: { most_seats: integer(10, [1, 1000], 'seats of one plan', SOURCE) },
  areas: [warrantyArea],
  credentials: { all: (organization) => [`warranty_key:${warrantyKey(organization)}`] },
  devices: {
    keys: (request) => (request.path.startsWith('/v9/plans/') ? [request.path] : []),
  },
  secretHeaders: ['x-warranty-key'],
};
