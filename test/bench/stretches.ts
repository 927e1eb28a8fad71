import { subscribe } from 'node:diagnostics_channel';
import type { Stretch } from '../../src/steps/steps.ts';

// Loaded into the exporter by the bench, with --import: tells each stretch of work that was longer than all before of its kind.
const longest = new Map<Stretch['kind'], number>();

subscribe('milink-exporter:stretch', (message) => {
  const { kind, milliseconds } = message as Stretch;
  if (milliseconds <= (longest.get(kind) ?? 0)) return;
  longest.set(kind, milliseconds);
  process.stderr.write(`longest stretch ${kind} ${milliseconds.toFixed(1)} ms\n`);
});
