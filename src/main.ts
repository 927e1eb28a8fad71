#!/usr/bin/env node
import { run } from './cli/run.ts';
import { processTerminal, written } from './cli/terminal.ts';

const exitCode = await run(process.argv.slice(2), processTerminal(process));
await written(process);
// Ends at once: a connection attempt that nothing answers could hold the process for seconds more.
process.exit(exitCode);
