import { Command } from 'commander';
import { PROBLEM_FORMATS } from '../scenario/reading/format.ts';
import { option } from './option.ts';
import type { ValidateOptions } from './validate-files.ts';

export function validateCommand(): Command {
  return new Command('validate')
    .summary('checks scenario files')
    .description(
      'Checks scenario files and data-sent declarations, and tells every problem with line, column and the nearest valid word.',
    )
    .argument('<file...>', 'scenario files and declarations, YAML or JSON')
    .addOption(option('--format <format>', 'for whom').choices(PROBLEM_FORMATS).default('pretty'))
    .addOption(option('--no-color', 'no color, not even on a terminal'))
    .action(async (files: string[], options: ValidateOptions) => {
      const { validateFiles } = await import('./validate-files.ts');
      process.exitCode = await validateFiles(files, options);
    });
}
