import { changesServer } from '../advice/earned/losing.ts';
import { inMaster } from './in-master.ts';
import type { NextStep } from './report.ts';

/** A step with what follows from its statements. */
export function nextStep(step: Pick<NextStep, 'text'> & Partial<Omit<NextStep, 'changes'>>): NextStep {
  const { text, servers = [], statements: written = [], alternative = null } = step;
  const statements = written.map(inMaster);
  return { text, servers, statements, changes: written.some((each) => changesServer(each.template)), alternative };
}
