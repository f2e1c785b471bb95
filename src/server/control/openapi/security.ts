import type { Service } from '../../../services/operation.ts';
import type { Schema } from '../schema.ts';

/** The authentication schemes of operations in terms of OpenAPI. */
const KNOWN: Readonly<Record<string, Schema>> = {
  oauth: { type: 'http', scheme: 'OAuth', description: 'OAuth 1.0 with HMAC-SHA1, by the server token' },
  content_token: {
    type: 'http',
    scheme: 'bearer',
    description: 'content token, the content of the .vpptoken file',
  },
  stoken: {
    type: 'apiKey',
    in: 'query',
    name: 'sToken',
    description: 'content token, a member of the JSON body',
  },
  developer_token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'ES256, by a metadata key',
  },
  session: {
    type: 'apiKey',
    in: 'header',
    name: 'X-ADM-Auth-Session',
    description: 'session token of GET /session',
  },
};

export function securitySchemes(services: readonly Service[]): Schema {
  const schemes = services.flatMap(({ operations }) => operations.map(({ scheme }) => scheme));
  const names = new Set(schemes.filter(({ anonymous }) => anonymous !== true).map(({ name }) => name));
  return Object.fromEntries([...names].map((name) => [name, KNOWN[name] ?? { type: 'http', scheme: name }]));
}
