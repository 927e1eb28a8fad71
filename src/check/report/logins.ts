import { quoteName } from '../../text/tsql.ts';
import type { NextStep } from './report.ts';
import type { CheckedServer } from './servers.ts';

/** What stands for the login of this program in the statements that let it see more: a login of a partner is another one. */
const ownGrant = /^(?:USE master; )?GRANT VIEW [A-Z ,]*TO \[<login>\];$/;

/** Fills in the login that the configuration has, and says which command of ours prints the whole script. */
export function createLogins(servers: readonly CheckedServer[]): (steps: readonly NextStep[]) => readonly NextStep[] {
  const logins = new Map(servers.map(({ state, login }) => [state.name, login ?? null]));
  return (steps) => steps.map((step) => named(step, logins));
}

function named(step: NextStep, logins: ReadonlyMap<string, string | null>): NextStep {
  if (!step.statements.some(({ template }) => ownGrant.test(template))) return step;
  const [login, ...others] = new Set(step.servers.map((server) => logins.get(server) ?? null));
  const known = others.length === 0 ? (login ?? null) : null;
  const command = step.servers.map((server) => `milink-exporter grants --for=${server}`).join(', ');
  return {
    ...step,
    text: `${step.text}${command === '' ? '' : ` The whole script: \`${command}\`.`}`,
    statements: step.statements.map((statement) =>
      known === null || !ownGrant.test(statement.template)
        ? statement
        : { ...statement, text: statement.text.replace('[<login>]', () => quoteName(known)) },
    ),
  };
}
