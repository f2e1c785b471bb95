import { readFileSync } from 'node:fs';
import { BEHAVIOUR } from '../../src/catalogue/behaviour.ts';
import type { BehaviourKey } from '../../src/catalogue/behaviour-key.ts';
import { readQuirks } from '../../src/cli/quirks/library.ts';
import { contractJsonSchema, scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { SERVICES } from '../../src/services/index.ts';
import { poolsModule } from './pools.ts';

/** A file, or the marked part of one, that is made from the tables of the source. */
export interface Artifact {
  readonly file: string;
  /** The whole file as it should be. */
  readonly wanted: () => string | Promise<string>;
}

const link = (source: string): string =>
  source === 'default'
    ? 'our default, below'
    : `[${new URL(source).hostname.replace(/^www\./, '')}](${source})`;

function shown(key: BehaviourKey): string {
  switch (key.kind) {
    case 'duration':
      return durationOf(key.default);
    case 'choice':
      return key.words.map((word) => (word === key.default ? `**${word}**` : word)).join(', ');
    case 'integer':
    case 'flag':
      return `**${key.default}**`;
    case 'text':
      return `**${key.default}**`;
    case 'text_list':
      return `**[${key.default.join(', ')}]**`;
  }
}

function durationOf(milliseconds: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const) {
    if (milliseconds % size === 0 && milliseconds >= size) return `**${milliseconds / size}${unit}**`;
  }
  return `**${milliseconds}ms**`;
}

function behaviourTable(): string {
  const rows = Object.entries(BEHAVIOUR).flatMap(([service, table]) =>
    Object.entries(table as Readonly<Record<string, BehaviourKey>>).map(
      ([name, key]) => `| \`${service}: ${name}\` | ${shown(key)} | ${key.about} | ${link(key.source)} |`,
    ),
  );
  return ['| key | values, default in bold | decides | source |', '|---|---|---|---|', ...rows].join('\n');
}

function endpointTable(): string {
  const rows = SERVICES.flatMap(({ operations }) =>
    operations.map(({ methods, path, about, name, source }) => {
      const status = about.includes('denied') ? 'denied' : 'complete';
      return `| \`${methods.join('`, `')}\` | \`${path}\` | ${about.replace('; denied, as', ', answered as')} | \`${name}\` | ${status} | ${link(source)} |`;
    }),
  );
  return [
    '| method | path | does | operation | status | source |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function between(file: string, mark: string, text: () => string | Promise<string>): Artifact {
  return {
    file,
    async wanted() {
      const now = readFileSync(file, 'utf8');
      const begin = `<!-- ${mark}: made by \`npm run generate\` -->`;
      const end = `<!-- end of ${mark} -->`;
      const from = now.indexOf(begin);
      const to = now.indexOf(end);
      if (from < 0 || to < from) throw new Error(`${file} has no place marked ${begin} … ${end}`);
      return `${now.slice(0, from + begin.length)}\n${await text()}\n${now.slice(to)}`;
    },
  };
}

const quirkTable = async (): Promise<string> => {
  const rows = (await readQuirks()).map(
    ({ name, title, story, goodMdm, threads }) =>
      `| [\`${name}\`](../scenarios/quirks/${name}.yaml) | ${title} | ${story} | ${goodMdm} | ${threads.map(link).join(', ')} |`,
  );
  return ['| quirk | title | what Apple does | a good MDM | thread |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
};

export const ARTIFACTS: readonly Artifact[] = [
  {
    file: 'scenarios/scenario.schema.json',
    wanted: () => `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`,
  },
  { file: 'src/organization/inventory/pools.ts', wanted: poolsModule },
  {
    file: 'scenarios/contracts/contract.schema.json',
    wanted: () => `${JSON.stringify(contractJsonSchema(), undefined, 2)}\n`,
  },
  between('docs/fidelity.md', 'behaviour table', behaviourTable),
  between(
    'README.md',
    'first scenario',
    () => `\`\`\`yaml\n${readFileSync('scenarios/first-day.yaml', 'utf8')}\`\`\``,
  ),
  between('README.md', 'endpoint table', endpointTable),
  between('docs/quirks.md', 'quirk table', quirkTable),
];
