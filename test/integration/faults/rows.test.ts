import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { managedInstanceName as mi, sqlServerName as sql } from '../harness.ts';
import { familyLines, linkLines, seriesValue, stateLines } from '../page-lines.ts';
import { itShows } from './view-fault.ts';

const link = 'link="DAG_Sales",managed_instance="mi-prod"';

/** Verdict, reasons and counts of the link: the lines that hold, without the verdicts that do not and what is configured. */
function linkSays(page: string): readonly string[] {
  return linkLines(page).filter((line) => !/^milink_link_(verdict.* 0$|(database_)?expected)/.test(line));
}

describe('a fault of rows', { concurrency: 3 }, () => {
  itShows({
    name: 'the link vanishes on both ends',
    begin: ({ pair }) => pair.setScenario('vanished'),
    end: ({ pair }) => pair.setScenario('healthy'),
    check: (page, before) => {
      for (const server of [sql, mi]) {
        const expected = stateLines(before, server).filter(
          (line) => !/^milink_(replica|seeding|database_(?!rows_without_link))/.test(line),
        );
        // Without a link nothing says any more that the imported certificate is the partner's.
        assert.deepEqual(
          stateLines(page, server),
          expected.filter((line) => !line.includes('usage="partner"')),
        );
      }
      assert.deepEqual(linkSays(page), [
        `milink_link_verdict{${link},verdict="missing"} 1`,
        `milink_link_finding{${link},finding="not_found_anywhere",severity="critical",server="",database="",certificate=""} 1`,
        `milink_link_ends_observed{${link}} 0`,
      ]);
    },
  });

  itShows({
    name: 'the SQL Server has its group and no row of its role',
    begin: ({ pair }) => pair.sqlServer.setFaults({ empty: ['dm_hadr_availability_replica_states'] }),
    check: (page) => {
      const own = stateLines(page, sql);
      assert.deepEqual(
        own.filter((line) => /^milink_replica_(?!info|role_changes)/.test(line)),
        [],
      );
      assert.deepEqual(linkSays(page), [
        `milink_link_verdict{${link},verdict="unknown"} 1`,
        `milink_link_finding{${link},finding="role_not_reported",severity="critical",server="${sql}",database="",certificate=""} 1`,
        `milink_link_ends_observed{${link}} 1`,
        `milink_link_certificate_matches{${link},certificate_owner="managed_instance"} 1`,
        `milink_link_certificate_matches{${link},certificate_owner="sql_server"} 1`,
        `milink_link_database_present{${link},database="Sales"} 1`,
        `milink_link_failover_check{${link},database="",check="certificates_valid"} 1`,
        `milink_link_failover_check{${link},database="",check="commit_modes_equal"} 1`,
        `milink_link_failover_check{${link},database="Sales",check="copy_joined"} 1`,
      ]);
    },
  });

  itShows({
    name: 'every nullable column of the SQL Server is NULL',
    pair: { scenario: 'seeding' },
    begin: ({ pair }) => pair.sqlServer.setFaults({ nullColumns: true }),
    check: (page) => {
      const own = stateLines(page, sql).filter((line) => !/^milink_(permission|server_info)\{/.test(line));
      // Names and thumbprints can't be NULL; whether an endpoint has started or a certificate ends can.
      assert.deepEqual(own, [
        `milink_certificate_info{server="${sql}",certificate="Cert_sql-prod-01_endpoint",usage="endpoint",issuer="",thumbprint="${thumbprint(page)}"} 1`,
        `milink_endpoint_info{server="${sql}",mirroring_endpoint="database_mirroring_endpoint",port="5022",encryption="",authentication=""} 1`,
        `milink_server_unlinked_distributed_groups{server="${sql}"} 0`,
      ]);
      assert.equal(seriesValue(page, `milink_link_primaries{${link}}`), null);
      assert.deepEqual(linkSays(page), [
        `milink_link_verdict{${link},verdict="unknown"} 1`,
        `milink_link_finding{${link},finding="end_not_read",severity="critical",server="${sql}",database="",certificate=""} 1`,
        `milink_link_finding{${link},finding="seeding_running",severity="warning",server="${mi}",database="F90802EE-9058-4860-99A1-3B21F4A8CD47",certificate=""} 1`,
        `milink_link_finding{${link},finding="end_view_failed",severity="info",server="${sql}",database="",certificate=""} 1`,
        `milink_link_ends_observed{${link}} 1`,
      ]);
    },
  });
});

function thumbprint(page: string): string {
  const line = familyLines(page, 'milink_certificate_info').find((each) => each.includes('Cert_sql-prod-01_endpoint'));
  return /thumbprint="([0-9A-F]{40})"/.exec(line ?? '')?.[1] ?? 'none';
}
