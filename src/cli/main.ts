#!/usr/bin/env node
import { printError } from './errors.ts';
import { createProgram } from './program.ts';
import { ignoreBrokenPipes } from './terminal.ts';

ignoreBrokenPipes();

try {
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  process.exitCode = await printError(error);
}
