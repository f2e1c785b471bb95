/** What stood at the places of a pattern, percent-decoded where that is possible. */
export type PathParameters = Readonly<Record<string, string>>;

export const NO_PARAMETERS: PathParameters = {};

export interface PathPattern {
  match(path: string): PathParameters | undefined;
}

export const isPattern = (path: string): boolean => path.includes('{');

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `/3/device/{token}`: a place takes one segment, which may be empty. */
export function createPathPattern(path: string): PathPattern {
  const segments = path.split('/');
  const beginning = path.slice(0, path.indexOf('{'));
  const lastName = segments.at(-1)!.slice(1, -1);
  // One place, at the end: such a path need not be cut into pieces. A push has one.
  if (path === `${beginning}{${lastName}}`) {
    return {
      match(asked) {
        if (!asked.startsWith(beginning) || asked.includes('/', beginning.length)) return undefined;
        const parameters: Record<string, string> = {};
        parameters[lastName] = decoded(asked.slice(beginning.length));
        return parameters;
      },
    };
  }
  return {
    match(asked) {
      if (!asked.startsWith(beginning)) return undefined;
      const given = asked.split('/');
      if (given.length !== segments.length) return undefined;
      const parameters: Record<string, string> = {};
      for (let place = 0; place < segments.length; place += 1) {
        const segment = segments[place]!;
        if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = decoded(given[place]!);
        else if (segment !== given[place]) return undefined;
      }
      return parameters;
    },
  };
}
