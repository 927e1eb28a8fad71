#!/usr/bin/env node
import { run } from './cli/run.ts';
import { processTerminal } from './cli/terminal.ts';

// Ends at once: a connection attempt that nothing answers could hold the process for seconds more.
process.exit(await run(process.argv.slice(2), processTerminal(process)));
