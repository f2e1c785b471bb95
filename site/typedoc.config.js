import { readFileSync } from 'node:fs';
import { Converter, ReflectionKind } from 'typedoc';

/** Every entry of the package that is code, by its source. */
const { exports: entries } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const modules = new Map(
  Object.entries(entries)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry, { types }]) => [
      types.replace('./dist/', '').replace('.d.ts', ''),
      entry.replace('.', 'crabapple'),
    ]),
);

/** Modules are called by what one imports, not by their files. */
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
  name: 'Library, every export',
  readme: 'none',
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  // A name that is exported without a word about it fails the build, and so does a method of it. Properties may speak for
  // themselves: most are called as Apple calls them.
  requiredToBeDocumented: ['Variable', 'Function', 'Class', 'Interface', 'TypeAlias', 'Method', 'Accessor'],
  validation: { notDocumented: true, invalidLink: true, notExported: true },
  // Parts of types that a reader meets nowhere by name.
  intentionallyNotExported: ['Unit', 'NamesIn', 'ContentOf', 'WhatIsWrong', 'NoPlace', 'NoFunction'],
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
