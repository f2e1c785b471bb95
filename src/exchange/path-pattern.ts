/** What stood at the places of a pattern, percent-decoded where that is possible. */
export type PathParameters = Readonly<Record<string, string>>;

export const NO_PARAMETERS: PathParameters = {};

export interface PathPattern {
  match(path: string): PathParameters | undefined;
}

export const isPattern = (path: string): boolean => path.includes('{');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `/3/device/{token}`: a place takes one segment, which may be empty. */
export function createPathPattern(path: string): PathPattern {
  const segments = path.split('/');
  return {
    match(asked) {
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
