import { Command } from 'commander';
import { option } from './options.ts';
import {
  locationOption,
  mdmServerOption,
  organizationOption,
  requestControl,
  type ServerOptions,
  urlOption,
} from './running-server.ts';

const FORMATS = ['shell', 'dotenv', 'json', 'github'] as const;

type Format = (typeof FORMATS)[number];

interface EnvOptions extends ServerOptions {
  readonly format: Format;
  readonly mdmServer?: string;
  readonly location?: string;
}

export function envCommand(): Command {
  return new Command('env')
    .description(
      'Print the environment variables of a running server: its URLs and credentials, including secrets. eval "$(crabapple env)" sets them in your shell.',
    )
    .addOption(option('--format <format>', 'output format').choices(FORMATS).default('shell'))
    .addOption(mdmServerOption())
    .addOption(locationOption())
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (options: EnvOptions) => {
      const query = { mdm_server: options.mdmServer, location: options.location };
      const variables = JSON.parse(await requestControl(options, 'env', { query })) as Record<string, string>;
      process.stdout.write(formatVariables(variables, options.format));
      if (options.format === 'shell') process.stdout.write(trustComments(variables));
    });
}

/** Variables for a POSIX shell, a dotenv file, a program, or `$GITHUB_ENV`. */
export function formatVariables(variables: Readonly<Record<string, string>>, format: Format): string {
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

/** In single quotes a POSIX shell interprets no character. */
const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const quoted = (text: string): string => `"${text.replace(/[\\"$`]/g, '\\$&')}"`;

/** Shell comments that show how programs trust the certificate authority of the server. */
export function trustComments({ CRABAPPLE_CA_FILE: file }: Readonly<Record<string, string>>): string {
  if (file === undefined) return '';
  const lines = [
    'To trust the TLS port:',
    `  Go, Ruby, Python (ssl)  export SSL_CERT_FILE='${file}'`,
    `  Python (requests)       export REQUESTS_CA_BUNDLE='${file}'`,
    `  Node                    export NODE_EXTRA_CA_CERTS='${file}'`,
    `  Java                    keytool -importcert -noprompt -alias crabapple -file '${file}' -keystore crabapple.p12 -storepass changeit`,
    '                          java -Djavax.net.ssl.trustStore=crabapple.p12 -Djavax.net.ssl.trustStorePassword=changeit …',
    `  curl                    curl --cacert '${file}' …`,
    `  macOS                   security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db '${file}'`,
    'For programs with hard-coded Apple host names, start the server with --proxy-port:',
    '  HTTPS_PROXY="$CRABAPPLE_PROXY_URL"',
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}
