import type { Engine } from '../model/server.ts';
import type { Answers } from './answer.ts';
import type { CertificateUsage, LinkCertificate } from './certificate-usage.ts';
import type { FailoverCheck, FailoverCheckName } from './data/database.ts';
import type { LinkEnd } from './data/end.ts';
import { firstDnsLabel } from './identity.ts';
import { allowsPlannedFailover, isAlwaysUpToDate } from './version.ts';
import { describeEnd, listText } from './words.ts';

/** What the checks of a whole link rest on. */
export interface FailoverEvidence {
  readonly managedInstance: string;
  readonly ends: readonly LinkEnd[];
  /** As `AssessedLink.primaries`. */
  readonly primaries: number | null;
  readonly answers: Answers;
}

/** What a planned failover asks of the link as a whole, in the order of `failoverCheckNames`. */
export function linkChecks(evidence: FailoverEvidence): readonly FailoverCheck[] {
  return [
    onePrimary(evidence),
    ofPartner(evidence, 'connected', (end) => told(end.partner?.connectedState, 'CONNECTED', 'DISCONNECTED')),
    ownSide(evidence) ??
      ofPartner(evidence, 'healthy', (end) => told(end.partner?.synchronizationHealth, 'HEALTHY', 'NOT_HEALTHY')),
    certificatesValid(evidence),
    versionAllows(evidence),
    commitModesEqual(evidence),
  ];
}

/** A check in one sentence. */
export function checked(check: FailoverCheckName, status: FailoverCheck['status'], text: string): FailoverCheck {
  return { check, status, text };
}

function onePrimary({ primaries, ends }: FailoverEvidence): FailoverCheck {
  if (primaries === null) return checked('one_primary', 'unknown', 'the role of one end was not seen.');
  const roles = listText(ends.map((end) => `${describeEnd(end)} is ${end.role ?? 'without a role'}`));
  return checked('one_primary', primaries === 1 ? 'passed' : 'failed', `${roles}.`);
}

interface Told {
  readonly status: FailoverCheck['status'];
  readonly state: string;
}

/** An unknown text is neither; `PARTIALLY_HEALTHY` is known and not `HEALTHY`. */
function told(state: string | null | undefined, good: string, bad: string): Told {
  if (state === good) return { status: 'passed', state };
  const isBad = state === bad || state === `PARTIALLY_${good}`;
  return { status: isBad ? 'failed' : 'unknown', state: state ?? 'not reported' };
}

/** What the primary end says of its partner; of several primaries the worst word counts. */
function ofPartner({ ends }: FailoverEvidence, check: FailoverCheckName, tell: (end: LinkEnd) => Told): FailoverCheck {
  const primaries = ends.filter((end) => end.role === 'PRIMARY').map((end) => ({ end, ...tell(end) }));
  const worst = (['failed', 'unknown', 'passed'] as const)
    .map((status) => primaries.find((each) => each.status === status))
    .find((each) => each !== undefined);
  if (worst === undefined) return checked(check, 'unknown', 'no end that is PRIMARY was seen.');
  return checked(check, worst.status, `${describeEnd(worst.end)} reports its partner ${worst.state}.`);
}

/** A primary that says of itself that it is not healthy or not operational can't fail over, whatever it says of its partner. */
function ownSide({ ends }: FailoverEvidence): FailoverCheck | null {
  for (const end of ends.filter(({ role }) => role === 'PRIMARY')) {
    const { synchronizationHealth: health = null, operationalState: state = null } = end.local ?? {};
    const bad = [health === 'NOT_HEALTHY' ? health : null, state === 'ONLINE' ? null : state].find(
      (each) => each !== null,
    );
    if (bad) return checked('healthy', 'failed', `${describeEnd(end)} says of itself that it is ${bad}.`);
  }
  return null;
}

/**
 * The SQL Server shows both certificates of the link, its own and the managed instance's as imported; what the managed
 * instance shows counts too, but it may show nothing.
 */
function certificatesValid({ managedInstance, ends, answers }: FailoverEvidence): FailoverCheck {
  const used = ends.flatMap(({ server, engine }) => {
    const answer = answers.get(server);
    return (answer?.certificates ?? [])
      .filter(({ usage, row }) => isOfLink(usage, row, managedInstance))
      .map(({ usage, row }) => ({
        server,
        engine,
        usage,
        name: row.name,
        isValid: isValidAt(row, answer?.facts.utcTimestampSeconds ?? 0),
      }));
  });
  const invalid = used.find(({ isValid }) => isValid === false);
  if (invalid !== undefined) {
    const text = `certificate ${invalid.name} on ${invalid.server} is not valid now.`;
    return checked('certificates_valid', 'failed', text);
  }
  const isSeen = (usage: CertificateUsage): boolean =>
    used.some((each) => each.engine === 'sql_server' && each.usage === usage && each.isValid === true);
  return isSeen('endpoint') && isSeen('partner')
    ? checked('certificates_valid', 'passed', 'the certificates of both ends are valid now.')
    : checked('certificates_valid', 'unknown', 'the SQL Server does not show both certificates with their dates.');
}

/** The own certificate serves every link of a server, an imported one the managed instance that it is named after. */
function isOfLink(usage: CertificateUsage, { name }: LinkCertificate, managedInstance: string): boolean {
  return usage === 'endpoint' || (usage === 'partner' && firstDnsLabel(name) === managedInstance);
}

function isValidAt(certificate: LinkCertificate, nowSeconds: number): boolean | null {
  const { startTimestampSeconds: start, expiryTimestampSeconds: expiry } = certificate;
  if ((expiry !== null && expiry <= nowSeconds) || (start !== null && start > nowSeconds)) return false;
  return start === null || expiry === null ? null : true;
}

function versionAllows({ ends, answers }: FailoverEvidence): FailoverCheck {
  const primary = ends.find((end) => end.role === 'PRIMARY');
  const server = ends.find((end) => end.engine === 'sql_server');
  const version = server === undefined ? undefined : answers.get(server.server)?.facts.version;
  if (primary === undefined || server === undefined || version === undefined) {
    return checked('version_allows', 'unknown', 'the version of the SQL Server or the primary end was not seen.');
  }
  const towards = primary.engine === 'sql_server' ? 'managed_instance' : 'sql_server';
  const { isAllowed, text, remark } = allowsPlannedFailover(version, towards);
  const instance = ends.find((end) => end.engine === 'managed_instance');
  const policy = answers.get(instance?.server ?? '')?.facts.updateType ?? null;
  if (isAllowed === true && isAlwaysUpToDate(policy)) return alwaysUpToDate(towards, { text, remark });
  const check = checked('version_allows', isAllowed === null ? 'unknown' : isAllowed ? 'passed' : 'failed', text);
  return remark === null ? check : { ...check, remark };
}

/** Its databases have a format that no SQL Server takes. Source: Microsoft's link overview, update policy. */
function alwaysUpToDate(
  towards: Engine,
  { text, remark }: { readonly text: string; readonly remark: string | null },
): FailoverCheck {
  if (towards === 'sql_server') {
    const why = 'the managed instance is always up to date: no SQL Server takes its databases.';
    return checked('version_allows', 'failed', why);
  }
  const own = 'one way: the managed instance is always up to date';
  return { ...checked('version_allows', 'passed', text), remark: remark === null ? own : `${remark}; ${own}` };
}

/** Both members have one commit mode, and both ends say the same. Source: Microsoft's pages on distributed groups. */
function commitModesEqual({ ends }: FailoverEvidence): FailoverCheck {
  const told = ends.map((end) => ({
    end,
    modes: [end.localMember?.availabilityMode ?? null, end.partnerMember?.availabilityMode ?? null],
  }));
  const known = new Set(told.flatMap(({ modes }) => modes).filter((mode) => mode !== null));
  const text = told.map(
    ({ end, modes }) =>
      `${describeEnd(end)} has ${[...new Set(modes)].map((mode) => mode ?? 'no commit mode').join(' and ')}`,
  );
  const isComplete =
    new Set(ends.map(({ engine }) => engine)).size === 2 && told.every(({ modes }) => !modes.includes(null));
  const status = known.size > 1 ? 'failed' : isComplete ? 'passed' : 'unknown';
  return checked('commit_modes_equal', status, text.length === 0 ? 'no end was seen.' : `${listText(text)}.`);
}
