import { readFileSync } from 'node:fs';
import { Converter, ReflectionKind } from 'typedoc';

/** Every code entry of the package by its source file. */
const { exports: entries } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const modules = new Map(
  Object.entries(entries)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry, { types }]) => [
      types.replace('./dist/', '').replace('.d.ts', ''),
      entry.replace('.', 'crabapple'),
    ]),
);

/** Names modules by their import path instead of their file. */
function nameModules(application) {
  application.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const each of project.getReflectionsByKind(ReflectionKind.Module))
      each.name = modules.get(each.name) ?? each.name;
  });
}

/** @type {Partial<import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions>} */
export default {
  plugin: ['typedoc-plugin-markdown', nameModules],
  entryPoints: [...modules.keys()].map((name) => `../src/${name}.ts`),
  tsconfig: '../tsconfig.build.json',
  basePath: '../src',
  out: 'content/reference',
  name: 'All exports',
  readme: 'none',
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  // An export or method without documentation fails the build. Properties need none: most have Apple's names.
  requiredToBeDocumented: ['Variable', 'Function', 'Class', 'Interface', 'TypeAlias', 'Method', 'Accessor'],
  validation: { notDocumented: true, invalidLink: true, notExported: true },
  // Helper types that readers never see by name.
  intentionallyNotExported: [
    'Unit',
    'NamesIn',
    'ContentOf',
    'ProblemText',
    'NoPlace',
    'NotFunction',
    'Catalog',
  ],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  outputFileStrategy: 'members',
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  propertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  indexFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
};
