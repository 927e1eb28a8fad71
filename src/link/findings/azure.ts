import { isReady } from '../../model/azure/instance.ts';
import { describeError } from '../../model/errors/catalogue.ts';
import type { DatabaseInAzure, LinkInAzure } from '../azure/witness.ts';
import { type Finding, finding } from '../data/finding.ts';
import { listText } from '../words.ts';
import type { Evidence } from './evidence.ts';

/** The instance is stopped, being made or changed: it explains what is seen of its links. */
export function instanceNotReady({ azure, pairing }: Evidence): readonly Finding[] {
  const { instance = null } = azure ?? {};
  if (instance === null || isReady(instance) !== false) return [];
  const text = `${pairing.managedInstance} is in state ${instance.state}, as Azure says: it may not serve its links.`;
  return [finding('azure_instance_not_ready', { text })];
}

/** What is being done to the instance. */
export function operationsInAzure({ azure, pairing }: Evidence): readonly Finding[] {
  return (azure?.operations ?? []).map((operation) => {
    const name = operation.friendlyName ?? operation.operation ?? 'an operation';
    const progress = operation.progress === null ? '' : `, ${Math.floor(operation.progress * 100)} % done`;
    const step = operation.step === null ? '' : `, now ${operation.step}`;
    const text = `Azure is at work on ${pairing.managedInstance}: ${name}${progress}${step}. Connections may break for a moment.`;
    return finding('azure_operation_in_progress', { text, since: operation.startTimestampSeconds });
  });
}

/** How long a new link may take to be shown by Azure: six minutes in a user's walkthrough (October 2026). */
const newLinkSeconds = 600;

/** The links of the instance could not be read. */
export function azureNotRead({ azure, pairing }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'unread' || azure.failure === null) return [];
  const { reason, action, message } = azure.failure;
  const missing = action === null ? message : `the right ${action} is missing`;
  const text = `what Azure says of the links of ${pairing.managedInstance} could not be read (${reason}): ${missing}.`;
  return [finding('azure_not_read', { text })];
}

/** An expected link that Azure, the only witness there is, does not list. */
export function notFoundInAzure({ azure, pairing, answered, absence }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'absent' || answered === null || pairing.expected === null) return [];
  if (answered.servers.length > 0 || absence.unseen.length > 0) return [];
  const text = `the link is configured, and Azure lists no such link on ${pairing.managedInstance}: it was dropped, or a cutover ended it.`;
  return [finding('azure_not_found', { text })];
}

/** A link that a server shows and Azure does not list. */
export function notListed({ azure, pairing }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'absent' || azure.readTimestampSeconds === null) return [];
  if (!pairing.ends.some(({ local }) => local !== null)) return [];
  const since = azure.goneTimestampSeconds ?? azure.watchedTimestampSeconds ?? azure.readTimestampSeconds;
  const servers = listText(pairing.ends.map(({ server }) => server));
  const what = `${servers} shows the link, and Azure does not list it on ${pairing.managedInstance}`;
  return azure.readTimestampSeconds - since >= newLinkSeconds
    ? [finding('azure_link_not_listed', { text: `${what}: it was deleted in Azure, or never made there.`, since })]
    : [finding('azure_link_not_listed_yet', { text: `${what}: a new link takes minutes to be listed.` })];
}

/** A link that Azure lists and that a server which answered does not have. */
export function listedAlone({ azure, pairing, absence }: Evidence): readonly Finding[] {
  if (azure?.listing !== 'listed' || pairing.ends.length > 0 || absence.silent.length === 0) return [];
  const text = `Azure lists the link on ${pairing.managedInstance}, and ${listText(absence.silent)} answered and does not have it: it is being made, its creation failed, or it was dropped on the server alone.`;
  return [finding('azure_lists_absent_link', { text })];
}

/** Azure was recorded with an error for seconds on a link that was just made, and good. */
const errorWaitSeconds = 600;

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
