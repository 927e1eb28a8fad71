import { buildReport, type HeldSince } from '../../check/report/build.ts';
import type { CheckReport } from '../../check/report/report.ts';
import type { State } from '../../metrics/family.ts';
import { type ConfiguredServer, checkedServers } from '../check/servers.ts';

/** The report of what is known at `nowSeconds`, Unix seconds: what `check` would say without polling again. */
export function reportOfState(
  { servers, links, azure }: State,
  configured: readonly ConfiguredServer[],
  { nowSeconds, held }: { readonly nowSeconds: number; readonly held: HeldSince },
): CheckReport {
  return buildReport({
    servers: checkedServers(servers, configured),
    links,
    azure: azure ?? null,
    nowSeconds,
    chosen: null,
    held,
  });
}

/** A report of the same state is made anew after this, since it tells how old things are. */
const longestSeconds = 1;

/** Creates what gives the report of now, put together once per change however many pages are made of it. */
export function keptReport(
  readState: () => State,
  make: (state: State) => CheckReport,
  nowSeconds: () => number,
): () => CheckReport {
  let kept: { readonly state: State; readonly report: CheckReport } | null = null;
  return () => {
    const state = readState();
    const age = kept === null ? 0 : nowSeconds() - kept.report.generatedAtSeconds;
    if (kept?.state !== state || age < 0 || age >= longestSeconds) kept = { state, report: make(state) };
    return kept.report;
  };
}
