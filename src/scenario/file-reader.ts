/** Reads a file that a scenario names; where nobody gives one, scenarios can name no files. */
export type FileReader = (path: string) => string | Promise<string>;

/** A path that stands in a file, as seen from where that file's own path is seen. */
export function besideFile(file: string, path: string): string {
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  const folder = /^(.*)[/\\][^/\\]*$/.exec(file)?.[1];
  return folder === undefined ? path : `${folder}/${path}`;
}
