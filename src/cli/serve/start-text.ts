import type { Tenant } from '../../engine/tenant.ts';
import { devicesByServer } from '../../organization/enrollment/initial-state.ts';
import { currentToken } from '../../organization/enrollment/mdm-server.ts';
import { packageVersion } from '../../package.ts';
import { DEFAULT_URL } from '../../server/defaults.ts';
import type { CrabappleServer } from '../../server/open-server.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Style } from '../terminal.ts';

/** The number of further organizations is printed instead. */
const MAX_LISTED = 5;

/** URLs, organizations with their credentials, and commands that connect common MDM servers. */
export function startText(apple: SimulatedApple, server: CrabappleServer, style: Style): string {
  const { url, tlsUrl, proxyUrl, caFile } = server;
  const { all } = apple.tenants;
  const more = all.length > MAX_LISTED ? [`  and ${all.length - MAX_LISTED} more`] : [];
  return [
    `${style.strong('Crabapple')} ${packageVersion()} is listening on ${style.strong(url)}`,
    ...(tlsUrl === undefined ? [] : [`  TLS for Apple's host names: ${style.strong(tlsUrl)}`]),
    ...(proxyUrl === undefined ? [] : [`  CONNECT proxy:              ${style.strong(proxyUrl)}`]),
    ...(caFile === undefined ? [] : [style.quiet(`  CA certificate to trust:    ${caFile}`)]),
    '',
    ...all.slice(0, MAX_LISTED).flatMap((tenant) => organizationLines(tenant, style)),
    ...more,
    '',
    ...pasteLines(url, apple.tenants.default, style),
    '',
    style.quiet('Each request is logged below. Press Ctrl-C to stop.'),
    '',
  ].join('\n');
}

function organizationLines({ id, organization }: Tenant, style: Style): readonly string[] {
  const { definition, enrollment } = organization;
  const counts = enrollment.servers.map(() => 0);
  for (const { server, items } of devicesByServer(definition))
    for (const item of items) counts[server]! += 'generate' in item ? item.generate : 1;
  const width = Math.max(...enrollment.servers.map(({ serverName }) => serverName.length));
  return [
    `  ${style.strong(definition.name)} ${style.quiet(`(organization ${id})`)}`,
    ...enrollment.servers.map((server, index) => {
      const key = currentToken(server).consumer_key;
      return `    ${server.serverName.padEnd(width)}  ${counted(counts[index]!)}  ${style.quiet(key)}`;
    }),
  ];
}

/** `toLocaleString` would take ten milliseconds to load its locale data. */
const withCommas = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

const counted = (count: number): string =>
  `${withCommas(count)} ${count === 1 ? 'device' : 'devices'}`.padStart(12);

function pasteLines(url: string, { organization }: Tenant, style: Style): readonly string[] {
  const at = url === DEFAULT_URL ? '' : ` --url ${url}`;
  const title = (text: string): string => style.strong(`  ${text}`);
  const micromdm = organization.definition.depsim
    ? [`    MICROMDM_DEPSIM_URL=${url} micromdm serve …`]
    : [style.quiet('    set `depsim: true` in the scenario')];
  return [
    title('credentials'),
    `    crabapple env${at}`,
    `    crabapple token --public-key cert.pem --out token.p7m${at}`,
    title('nanodep'),
    '    curl -u depserver:APIKEY http://127.0.0.1:9001/v1/tokenpki/crabapple > nanodep.pem',
    `    crabapple token --public-key nanodep.pem --out nanodep.p7m${at}`,
    '    curl -u depserver:APIKEY -T nanodep.p7m http://127.0.0.1:9001/v1/tokenpki/crabapple',
    `    curl -u depserver:APIKEY -X PUT -d '{"base_url": "${url}/"}' http://127.0.0.1:9001/v1/config/crabapple`,
    title('micromdm'),
    ...micromdm,
    title('Fleet'),
    `    INSERT INTO nano_dep_names (name, config_base_url) VALUES ('NAME', '${url}/')`,
    '      ON DUPLICATE KEY UPDATE config_base_url = VALUES(config_base_url);',
  ];
}
