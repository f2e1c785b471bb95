import { readFileSync } from 'node:fs';

/** Every entry of the package that is code, by its source. */
const { exports: entries } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const sources = Object.entries(entries)
  .filter(([, target]) => typeof target === 'object')
  .map(([, { types }]) => `../${types.replace('./dist/', 'src/').replace('.d.ts', '.ts')}`);

/** @type {Partial<import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions>} */
export default {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: sources,
  tsconfig: '../tsconfig.build.json',
  basePath: '../src',
  out: 'content/reference',
  name: 'Library, every export',
  readme: 'none',
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  // A name that is exported without a word about it fails the build.
  validation: { notDocumented: true, invalidLink: true, notExported: false },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  outputFileStrategy: 'modules',
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  propertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
};
