import { AppleError } from '../../core/apple-error.ts';
import { type HttpRequest, queryValues } from '../../core/request.ts';
import { vppError } from './errors.ts';

type Kind = 'text' | 'integer' | 'flag';

export type QueryShape = Readonly<Record<string, Kind>>;

interface KindTypes {
  text: string;
  integer: number;
  flag: boolean;
}

export type QueryMembers<Shape extends QueryShape> = {
  readonly [Name in keyof Shape]?: KindTypes[Shape[Name]];
};

const READ: { readonly [Of in Kind]: (text: string) => string | number | boolean | undefined } = {
  text: (text) => text,
  integer: (text) => (/^-?\d{1,10}$/.test(text) ? Number(text) : undefined),
  flag: (text) => ({ true: true, false: false, '1': true, '0': false })[text.toLowerCase()],
};

/** The parameters of a call. Other parameters are ignored, and empty ones count as absent. */
export function readQuery<const Shape extends QueryShape>(
  request: HttpRequest,
  shape: Shape,
): QueryMembers<Shape> | AppleError {
  const members: Record<string, unknown> = {};
  if (request.query !== '') {
    for (const name in shape) {
      const text = queryValues(request, name)[0];
      if (text === undefined || text === '') continue;
      const value = READ[shape[name]!](text);
      if (value === undefined) {
        return vppError(
          '9602',
          `\`${name}\` is ${JSON.stringify(text.slice(0, 60))}, which is no ${shape[name]}`,
        );
      }
      members[name] = value;
    }
  }
  return members as QueryMembers<Shape>;
}

export const isAppleError = (value: object): value is AppleError => value instanceof AppleError;
