import type { Command, Option } from 'commander';
import { createProgram } from '../../../src/cli/program.ts';
import { code, table } from './markdown.ts';

const isShown = ({ hidden }: Option): boolean => !hidden;

function optionRow({ flags, description, defaultValue, argChoices, envVar }: Option): readonly string[] {
  const choices = argChoices === undefined ? '' : `: ${argChoices.map(code).join(', ')}`;
  const preset = defaultValue === undefined ? '' : code(String(defaultValue));
  return [code(flags), description + choices, preset, envVar === undefined ? '' : code(envVar)];
}

function section(command: Command, called: string): string {
  const parameters = command.registeredArguments.map((each) => [code(each.name()), each.description, '', '']);
  const options = command.options.filter(isShown).map(optionRow);
  const text = [`## ${called}`, command.description(), code(`${called} ${command.usage()}`)];
  if (parameters.length + options.length > 0) {
    text.push(table(['parameter or option', 'means', 'default', 'variable'], [...parameters, ...options]));
  }
  return [text.join('\n\n'), ...sections(command, called)].join('\n\n');
}

const sections = (command: Command, called: string): readonly string[] =>
  command.commands.map((each) => section(each, `${called} ${each.name()}`));

/** Every command with its options, as the program declares them. */
export const commandReference = (): string => sections(createProgram(), 'crabapple').join('\n\n');
