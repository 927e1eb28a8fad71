import { changesServer } from '../advice/earned/losing.ts';
import type { NextStep } from './report.ts';

/** A step with what follows from its statements. */
export function nextStep(step: Pick<NextStep, 'text'> & Partial<Omit<NextStep, 'changes'>>): NextStep {
  const { text, servers = [], statements = [], alternative = null } = step;
  return { text, servers, statements, changes: statements.some((each) => changesServer(each.template)), alternative };
}
