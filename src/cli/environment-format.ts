export const ENVIRONMENT_FORMATS = ['shell', 'dotenv', 'json', 'github'] as const;

export type EnvironmentFormat = (typeof ENVIRONMENT_FORMATS)[number];

/** Variables as text that a shell, a dotenv file, a program or `$GITHUB_ENV` takes in. */
export function formatEnvironment(
  variables: Readonly<Record<string, string>>,
  format: EnvironmentFormat,
): string {
  const lines = (line: (name: string, value: string) => string): string =>
    Object.entries(variables)
      .map(([name, value]) => `${line(name, value)}\n`)
      .join('');
  switch (format) {
    case 'shell':
      return lines((name, value) => `export ${name}=${shellWord(value)}`);
    case 'dotenv':
      return lines((name, value) => `${name}=${quoted(value)}`);
    case 'json':
      return `${JSON.stringify(variables, undefined, 2)}\n`;
    case 'github':
      return lines((name, value) => `${name}=${value}`);
  }
}

/** The one way of quoting in a POSIX shell in which nothing has a meaning. */
const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const quoted = (text: string): string => `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
