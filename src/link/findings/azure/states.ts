import { describeError } from '../../../model/errors/catalogue.ts';
import type { DatabaseInAzure, LinkInAzure } from '../../azure/witness.ts';
import type { Finding } from '../../data/finding.ts';
import type { Evidence } from '../evidence.ts';
import { finding } from '../finding.ts';

/** Azure was recorded with an error for seconds on a link that was just made, and good. */
export const errorWaitSeconds = 600;

/** What Azure says of each database of the link. */
export function databasesInAzure(evidence: Evidence): readonly Finding[] {
  const { azure } = evidence;
  if (azure?.link === null || azure === null) return [];
  return [
    ...withoutDatabases(evidence, azure),
    ...azure.databases.flatMap((each) => ofDatabase(each, azure, evidence)),
  ];
}

function ofDatabase(database: DatabaseInAzure, azure: LinkInAzure, evidence: Evidence): readonly Finding[] {
  const at = { database: database.name };
  const isAlone = evidence.pairing.ends.length === 0;
  const what = `Azure shows database ${database.name} as ${database.replicaState ?? 'without a state'}`;
  if (database.stage === 'error') return [errorState(database, azure, evidence)];
  const last = lastError(database);
  if (database.stage === 'failover') {
    return [...last, finding('azure_failover_in_progress', { ...at, text: `${what}: a failover is under way.` })];
  }
  // Beside a server's own word Azure's is a second one, and adds nothing to it.
  if (!isAlone) return last;
  if (database.stage === 'creating' || database.stage === 'seeding' || database.stage === 'catch_up') {
    const progress = database.seedingProgress === null ? '' : `, ${Math.floor(database.seedingProgress * 100)} % done`;
    return [
      ...last,
      finding('azure_link_starting', { ...at, text: `${what}${progress}: its first copy is being made.` }),
    ];
  }
  return [...last, ...unhealthy(database, what)];
}

function unhealthy({ name, connectedState, health }: DatabaseInAzure, what: string): readonly Finding[] {
  if (connectedState === 'DISCONNECTED') {
    return [finding('azure_disconnected', { database: name, text: `${what}, DISCONNECTED from its partner.` })];
  }
  if (health === 'NOT_HEALTHY') {
    return [finding('azure_not_healthy', { database: name, text: `${what} and NOT_HEALTHY.` })];
  }
  return health === 'PARTIALLY_HEALTHY'
    ? [finding('azure_partially_healthy', { database: name, text: `${what} and PARTIALLY_HEALTHY.` })]
    : [];
}

function errorState(database: DatabaseInAzure, azure: LinkInAzure, evidence: Evidence): Finding {
  const { name, replicaState, connectedState, health, sinceTimestampSeconds: since } = database;
  const beside = [health, connectedState].filter((each) => each !== null).join(' and ');
  const error = errorText(database);
  const text = `Azure shows database ${name} in state ${replicaState}${beside === '' ? '' : `, ${beside}`}${error === null ? '' : `, most recent error ${error}`}.`;
  const scope = { database: name };
  if (!hasStayed(database, azure)) {
    return finding('azure_link_error_recent', {
      ...scope,
      since,
      text: `${text} It may pass: Azure shows that for a moment on a new link.`,
    });
  }
  return isContradicted(evidence)
    ? finding('azure_link_error_unconfirmed', {
        ...scope,
        since,
        text: `${text} Both servers show the link in good order.`,
      })
    : finding('azure_link_error', { ...scope, since, text });
}

/** Long enough, or from before this program looked, unless Azure contradicts itself. */
function hasStayed(
  { sinceTimestampSeconds: since, connectedState, health }: DatabaseInAzure,
  azure: LinkInAzure,
): boolean {
  if (since === null || azure.readTimestampSeconds === null) return false;
  if (azure.readTimestampSeconds - since >= errorWaitSeconds) return true;
  const contradictsItself = connectedState === 'CONNECTED' && health !== 'NOT_HEALTHY';
  return since === azure.watchedTimestampSeconds && !contradictsItself;
}

/** Both ends were seen, and the primary says that its partner is connected and healthy. */
function isContradicted({ pairing, primaries }: Evidence): boolean {
  const engines = new Set(pairing.ends.filter(({ local }) => local !== null).map(({ engine }) => engine));
  return (
    engines.size === 2 &&
    primaries.length > 0 &&
    primaries.every(
      ({ partner }) => partner?.connectedState === 'CONNECTED' && partner.synchronizationHealth === 'HEALTHY',
    )
  );
}

/** The most recent one may be over: it says nothing by itself. */
function lastError(database: DatabaseInAzure): readonly Finding[] {
  const error = errorText(database);
  if (error === null) return [];
  const text = `Azure's most recent error of database ${database.name} is ${error}; its present state is ${database.replicaState ?? 'not given'}.`;
  return [finding('azure_last_error', { database: database.name, text })];
}

/** `41976 (availability_group_not_responding): ...`; null without an error. */
export function errorText({ error }: Pick<DatabaseInAzure, 'error'>): string | null {
  if (error === null) return null;
  const described = error.number === null ? null : describeError(error.number);
  return described === null
    ? JSON.stringify(error.text)
    : `${described.number} (${described.name}): ${described.meaning.replace(/\.$/, '')}`;
}

/** Just made: a link of several databases has none for a while. */
function withoutDatabases({ pairing }: Evidence, { databases }: LinkInAzure): readonly Finding[] {
  if (databases.length > 0 || pairing.ends.length > 0) return [];
  return [finding('azure_link_starting', { text: 'Azure lists the link without any database: it was just made.' })];
}
