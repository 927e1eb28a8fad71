#!/usr/bin/env node
import { earlySignals } from './early.js';

// Loaded when the signals have been taken: it takes a good part of a second.
const { secureRuntime } = await import('./cli/process/runtime.ts');
const runtime = secureRuntime(process);
const { run } = await import('./cli/run.ts');
const { endProcess, processTerminal, written } = await import('./cli/terminal.ts');

const exitCode = await run(process.argv.slice(2), processTerminal(process, earlySignals, runtime));
await written(process);
// Ends at once: a connection attempt that nothing answers could hold the process for seconds more.
endProcess(process, exitCode);
