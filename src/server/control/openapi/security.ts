import type { Service } from '../../../engine/service.ts';
import type { Schema } from '../schema.ts';

/** The authentication schemes of the operations, except those without credentials. */
export function securitySchemes(services: readonly Service[]): Schema {
  const schemes = services.flatMap(({ operations }) => operations.map(({ scheme }) => scheme));
  return Object.fromEntries(
    schemes
      .filter(({ anonymous }) => anonymous !== true)
      .map(({ name, openApi }) => [name, openApi ?? { type: 'http', scheme: name }]),
  );
}
