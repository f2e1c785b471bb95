#!/usr/bin/env node
import { createProgram } from './program.ts';
import { report } from './report.ts';
import { outliveReaders } from './terminal.ts';

outliveReaders();

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
