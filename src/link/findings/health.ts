import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import { copyOf } from '../seeding-status.ts';
import { describeEnd } from '../words.ts';
import { type Evidence, isWithoutCopy } from './evidence.ts';
import type { FindingCode } from './kinds.ts';

/** What each primary end says of its partner's synchronization health; nothing for HEALTHY. */
export function partnerHealth(evidence: Evidence): readonly Finding[] {
  return evidence.primaries.flatMap((primary) => {
    const told = ofPartner(primary);
    if (told === null) return [];
    if (isExplainedBySeeding(evidence) && told.code !== 'health_not_recognised') return [];
    return [finding(told.code, { server: primary.server, text: told.text })];
  });
}

interface Told {
  readonly code: FindingCode;
  readonly text: string;
}

function ofPartner(primary: LinkEnd): Told | null {
  const name = describeEnd(primary);
  if (primary.partner === null) {
    const text = `${name} is PRIMARY and has no row for its partner: the partner has not joined yet, or left the link.`;
    return { code: 'no_partner_row', text };
  }
  const health = primary.partner.synchronizationHealth;
  switch (health) {
    case 'HEALTHY':
      return null;
    case 'NOT_HEALTHY':
      return { code: 'partner_not_healthy', text: `${name} is PRIMARY and reports its partner NOT_HEALTHY.` };
    case 'PARTIALLY_HEALTHY':
      return {
        code: 'partner_partially_healthy',
        text: `${name} is PRIMARY and reports its partner PARTIALLY_HEALTHY.`,
      };
    case null:
      return {
        code: 'health_not_reported',
        text: `${name} is PRIMARY and reports no synchronization health of its partner.`,
      };
    default: {
      const text = `${name} reports its partner's synchronization health as ${JSON.stringify(health)}, which is not known here.`;
      return { code: 'health_not_recognised', text };
    }
  }
}

/**
 * The health of a replica is the worst of its databases. It is no news of its own while a first copy runs or has failed,
 * which is a finding of its database, and every other database of the link has a copy that is HEALTHY.
 */
function isExplainedBySeeding(evidence: Evidence): boolean {
  const { seedings, databases } = evidence;
  if (![...seedings.keys()].some((name) => isWithoutCopy(evidence, name))) return false;
  return (
    databases
      .filter(({ name, isPresent }) => isPresent === true && !isWithoutCopy(evidence, name))
      // What has not joined is no part of the rollup.
      .filter((database) => copyOf(database, evidence.pairing.ends) !== 'absent')
      .every(({ ends }) =>
        ends.some(({ role, partner }) => role === 'PRIMARY' && partner?.synchronizationHealth === 'HEALTHY'),
      )
  );
}

/** No object: a server may say `constructor`. */
const badHealths: ReadonlyMap<string, FindingCode> = new Map([
  ['NOT_HEALTHY', 'end_not_healthy'],
  ['PARTIALLY_HEALTHY', 'end_partially_healthy'],
]);

/** What each end says of itself: the primary's own side is judged as its partner's is. */
export function endHealth(evidence: Evidence): readonly Finding[] {
  return evidence.pairing.ends.flatMap((end) => {
    const code = badHealths.get(end.local?.synchronizationHealth ?? '');
    if (code === undefined || isExplainedBySeeding(evidence)) return [];
    const text = `${describeEnd(end)} is ${end.role ?? 'without a role'} and reports its own part of the link ${end.local?.synchronizationHealth}.`;
    return [finding(code, { server: end.server, text })];
  });
}

const stuck: ReadonlySet<string> = new Set(['FAILED', 'FAILED_NO_QUORUM', 'OFFLINE']);
const passing: ReadonlySet<string> = new Set(['PENDING', 'PENDING_FAILOVER']);

/**
 * `operational_state_desc` of each end's local row. PENDING is brief, and can stick when workers run out.
 * Source: sys.dm_hadr_availability_replica_states.
 */
export function operationalState({ pairing }: Evidence): readonly Finding[] {
  return pairing.ends.flatMap((end) => {
    const state = end.local?.operationalState ?? '';
    const text = `${describeEnd(end)} is ${end.role ?? 'without a role'} and in operational state ${state}.`;
    if (stuck.has(state)) return [finding('end_not_operational', { server: end.server, text })];
    return passing.has(state) ? [finding('end_pending_operation', { server: end.server, text })] : [];
  });
}

/** `recovery_health_desc` ONLINE_IN_PROGRESS: a joined database of this end is not ONLINE. A copy that is being made is none. */
export function recoveryHealth(evidence: Evidence): readonly Finding[] {
  return evidence.pairing.ends.flatMap((end) => {
    if (end.local?.recoveryHealth !== 'ONLINE_IN_PROGRESS') return [];
    if (end.role !== 'PRIMARY' && isExplainedBySeeding(evidence)) return [];
    const text = `${describeEnd(end)} says that not all of its databases in the link are ONLINE (recovery health ONLINE_IN_PROGRESS).`;
    return [finding('end_in_recovery', { server: end.server, text })];
  });
}
