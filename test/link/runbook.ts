import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import type { Verdict } from '../../src/link/data/verdict.ts';
import type { FindingCode } from '../../src/link/findings/kinds.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';

function onlyLink(servers: readonly ServerState[], links: readonly ExpectedLink[] = []): AssessedLink {
  const [link, ...others] = assessLinks(servers, links);
  assert.ok(link);
  assert.deepEqual(others, []);
  assert.deepEqual([link.name, link.managedInstance], ['DAG_Sales', 'mi-prod']);
  return link;
}

/** One line of a runbook about the link DAG_Sales on mi-prod. */
export interface Row {
  readonly when: string;
  readonly servers: readonly ServerState[];
  readonly expected?: readonly ExpectedLink[];
  readonly verdict: Verdict;
  /** Codes of all reasons, in order. */
  readonly reasons: readonly FindingCode[];
  /** endsObserved and primaries. */
  readonly seen: readonly [number, number | null];
}

/** Checks verdict, reasons and counts of every row. */
export function runbook(rows: readonly Row[]): void {
  for (const row of rows) {
    test(`${row.when}: ${row.verdict}`, () => {
      const link = onlyLink(row.servers, row.expected);
      assert.deepEqual(
        [link.verdict, link.findings.map(({ code }) => code), [link.endsObserved, link.primaries]],
        [row.verdict, row.reasons, row.seen],
      );
    });
  }
}
