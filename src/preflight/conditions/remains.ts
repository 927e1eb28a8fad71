import { missingSides } from '../../link/side.ts';
import { quoteName, quoteText } from '../../text/tsql.ts';
import { answerOf, type Condition, fromRows, type Outcome, passed, type Side, untold, warned } from '../condition.ts';
import { certificates, endpoints, groups, jobs, networkTests } from '../questions.ts';

const both = ['sql_server', 'managed_instance'] as const;
const sqlServerOnly = ['sql_server'] as const;
const create = ['create'] as const;

/** What a run of `test-network` makes has the name of the run, and so has its connection. */
const ownPrefix = 'milink-exporter test-network ';

/** The names that Microsoft's network test gives, and those of `test-network`. */
function isOfTest(name: string): boolean {
  return ['TEST_CERT', 'TEST_ENDPOINT'].includes(name) || name.startsWith(ownPrefix);
}

/** What a run that is over has left gets its statement; what one that is alive has made, or may have, gets none. */
function remainOutcome(
  side: Side,
  name: string,
  { what, statement }: { readonly what: string; readonly statement: string },
): Outcome {
  const remedy = { server: side.server, statement };
  if (!name.startsWith(ownPrefix)) return warned(side.server, `${what} is left.`, remedy);
  const answer = answerOf(side, networkTests);
  const tests = answer.kind === 'rows' ? answer.rows : [];
  if (tests.some(({ program_name }) => program_name === name))
    return warned(side.server, `${what} is of a test that runs now, and removes it when it ends.`);
  return tests.some(({ sees_all }) => sees_all === 1)
    ? warned(side.server, `${what} is left.`, remedy)
    : warned(
        side.server,
        `${what} is left, unless a test runs now, which this login does not see: \`test-network\` removes it the next time.`,
      );
}

/** What an earlier attempt or test left behind. */
export const remainsConditions: readonly Condition[] = [
  {
    id: 'left_over_jobs',
    title: 'no job of a network test is left',
    level: 'advice',
    goals: create,
    sides: both,
    questions: [jobs, networkTests],
    source: 'Microsoft, test the network: the jobs are not removed by its scripts',
    judge: ({ sqlServer, managedInstance }) =>
      [sqlServer, managedInstance].flatMap((side) =>
        fromRows({ side, question: jobs }, (rows) =>
          rows.length === 0
            ? [passed(side.server, 'there is none.')]
            : rows.map(({ name }) =>
                remainOutcome(side, name, {
                  what: `the job ${name}`,
                  statement: `EXEC msdb.dbo.sp_delete_job @job_name = ${quoteText(name)}`,
                }),
              ),
        ),
      ),
  },
  {
    id: 'left_over_certificates',
    title: 'no certificate of a network test is left',
    level: 'advice',
    goals: create,
    sides: both,
    questions: [certificates, networkTests],
    source: 'Microsoft, test the network: TEST_CERT lasts until 2051',
    judge: ({ sqlServer, managedInstance }) =>
      [sqlServer, managedInstance].flatMap((side) =>
        fromRows({ side, question: certificates }, (rows) => {
          const left = rows.filter(({ name }) => isOfTest(name));
          return left.length === 0
            ? [passed(side.server, 'there is none.')]
            : left.map(({ name }) =>
                remainOutcome(side, name, {
                  what: `the certificate ${name}`,
                  statement: `USE master; DROP CERTIFICATE ${quoteName(name)}`,
                }),
              );
        }),
      ),
  },
  {
    id: 'left_over_endpoint',
    title: 'the endpoint is not that of a network test',
    level: 'advice',
    goals: create,
    sides: sqlServerOnly,
    questions: [endpoints, groups, networkTests],
    source:
      'Microsoft, test the network: TEST_ENDPOINT; error 7862: a link would have to take it, as there can be no other',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: endpoints }, (rows) => {
        const left = rows.filter(({ name }) => isOfTest(name));
        if (left.length === 0) return [passed(side.server, rows.length === 0 ? 'there is none.' : 'it is not.')];
        const answer = answerOf(side, groups);
        // It is the only one there is: what replicates does so by it, whatever its name.
        const isUnused = answer.kind === 'rows' && answer.rows.length === 0;
        return left.map(({ name }) =>
          isUnused
            ? remainOutcome(side, name, {
                what: `the endpoint ${name}`,
                statement: `USE master; DROP ENDPOINT ${quoteName(name)}`,
              })
            : warned(
                side.server,
                `the endpoint ${name} has the name of a test, and ${answer.kind === 'rows' ? 'availability groups use it' : 'whether availability groups use it was not told'}: nothing is to be dropped.`,
              ),
        );
      }),
  },
  {
    id: 'half_a_link',
    title: 'no half of a link is left by a creation that failed',
    level: 'advice',
    goals: create,
    sides: both,
    questions: [],
    source: 'chapi, pack install: groups, certificates and an ARM link stay after a failed creation',
    judge: ({ links, sqlServer }) => {
      if (sqlServer.facts === null) return [untold(sqlServer.server, `${sqlServer.why}.`)];
      const half = links.filter(
        (link) => link.ends.length > 0 && link.unseen.length === 0 && missingSides(link).length > 0,
      );
      return half.length === 0
        ? [passed(sqlServer.server, 'there is none.')]
        : half.map((link) =>
            warned(
              link.name,
              `only ${link.ends.map(({ server }) => server).join(', ')} has its groups: remove what is left before another attempt (docs/runbooks/recreate-the-link.md).`,
            ),
          );
    },
  },
];
