#!/usr/bin/env node
import { runCli } from './run.ts';

// A reader that closes the pipe, such as head, has seen what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit(process.exitCode);
});

process.exitCode = await runCli(process.argv.slice(2));
