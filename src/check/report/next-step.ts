import type { Statement } from '../../text/tsql.ts';
import { changesServer } from '../advice/earned/losing.ts';
import type { NextStep } from './report.ts';

/** A step with what follows from its statements. */
export function nextStep(step: Pick<NextStep, 'text'> & Partial<Omit<NextStep, 'changes'>>): NextStep {
  const { text, servers = [], statements: written = [], alternative = null } = step;
  const statements = written.map(inMaster);
  return { text, servers, statements, changes: written.some((each) => changesServer(each.template)), alternative };
}

/**
 * What is of the server and refused, or of another certificate, where the session is in another database: GRANT of a right of
 * the server is error 4621 outside of master, and certificates are of the database they are looked for in.
 */
const ofMaster =
  /\bGRANT (?:VIEW|CONNECT|ALTER)\b|\b(?:CREATE|DROP|ALTER|BACKUP) CERTIFICATE\b|\bCERT_ID\b|(?<!master\.)\bsys\.certificates\b/;

/** The statement with the database that it needs before it. */
export function inMaster(statement: Statement): Statement {
  const { text, template } = statement;
  if (!ofMaster.test(template) || template.startsWith('USE ')) return statement;
  return { text: `USE master; ${text}`, template: `USE master; ${template}` };
}
