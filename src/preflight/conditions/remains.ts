import { quoteName, quoteText } from '../../check/tsql.ts';
import { missingSides } from '../../link/side.ts';
import { type Condition, fromRows, passed, untold, warned } from '../condition.ts';
import { certificates, jobs } from '../questions.ts';

const both = ['sql_server', 'managed_instance'] as const;
const create = ['create'] as const;

/** The names that Microsoft's network test gives, and those of `test-network`. */
function isOfTest(name: string): boolean {
  return ['TEST_CERT', 'TEST_ENDPOINT'].includes(name) || name.startsWith('milink-exporter test-network ');
}

/** What an earlier attempt or test left behind. */
export const remainsConditions: readonly Condition[] = [
  {
    id: 'left_over_jobs',
    title: 'no job of a network test is left',
    level: 'advice',
    goals: create,
    sides: both,
    questions: [jobs],
    source: 'Microsoft, test the network: the jobs are not removed by its scripts',
    judge: ({ sqlServer, managedInstance }) =>
      [sqlServer, managedInstance].flatMap((side) =>
        fromRows({ side, question: jobs }, (rows) =>
          rows.length === 0
            ? [passed(side.server, 'there is none.')]
            : rows.map(({ name }) =>
                warned(side.server, `the job ${name} is left.`, {
                  server: side.server,
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
    questions: [certificates],
    source: 'Microsoft, test the network: TEST_CERT lasts until 2051',
    judge: ({ sqlServer, managedInstance }) =>
      [sqlServer, managedInstance].flatMap((side) =>
        fromRows({ side, question: certificates }, (rows) => {
          const left = rows.filter(({ name }) => isOfTest(name));
          return left.length === 0
            ? [passed(side.server, 'there is none.')]
            : left.map(({ name }) =>
                warned(side.server, `the certificate ${name} is left.`, {
                  server: side.server,
                  statement: `USE master; DROP CERTIFICATE ${quoteName(name)}`,
                }),
              );
        }),
      ),
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
