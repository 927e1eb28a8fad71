import type { DatabaseInAzure } from '../../link/azure/witness.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { bytesText } from '../../text/quantity.ts';
import type { BeginningReport, BeginningStage, CopyReport, DatabaseReport, SeedingReport } from './report.ts';

const stages = ['creating', 'seeding', 'catch_up', 'synchronizing'] as const;
type Stage = (typeof stages)[number];

interface Told {
  readonly databases: readonly DatabaseReport[];
  readonly seedings: readonly SeedingReport[];
}

/**
 * How far each database is whose copy is just being made, as one story: what the servers say of each stage, and what Azure
 * says beside that. Where Azure is not read, or has its own word for what went wrong, the findings and seedings tell it.
 */
export function beginningsOf(link: AssessedLink, { databases, seedings }: Told): readonly BeginningReport[] {
  if (link.azure?.listing !== 'listed') return [];
  const inAzure = new Map(link.azure.databases.map((each) => [each.name.toLowerCase(), each]));
  const names = new Map([...databases, ...link.azure.databases].map(({ name }) => [name.toLowerCase(), name]));
  return [...names].flatMap(([key, name]) => {
    const database = databases.find((each) => each.name.toLowerCase() === key) ?? null;
    const seeding = seedings.find((each) => each.database.toLowerCase() === key) ?? null;
    return beginningOf({ name, database, seeding, azure: inAzure.get(key) ?? null }, link) ?? [];
  });
}

interface Subject {
  readonly name: string;
  readonly database: DatabaseReport | null;
  readonly seeding: SeedingReport | null;
  readonly azure: DatabaseInAzure | null;
}

function beginningOf(subject: Subject, link: AssessedLink): BeginningReport | null {
  const { name, seeding, azure } = subject;
  if (seeding?.status === 'failed') return null;
  const atServers = stageAtServers(subject, link);
  const inAzure = stages.find((stage) => stage === azure?.stage) ?? null;
  const now = atServers ?? inAzure;
  const isUnderWay = [atServers, inAzure].some((stage) => stage !== null && stage !== 'synchronizing');
  if (now === null || !isUnderWay) return null;
  return {
    database: name,
    stages: stages.map((stage): BeginningStage => {
      const behind = stages.indexOf(stage) - stages.indexOf(now);
      const own = stage === inAzure && azure !== null ? [azureText(azure, stage === now)] : [];
      return {
        stage,
        status: behind < 0 ? 'done' : behind === 0 ? 'now' : 'open',
        texts: [...(stage === atServers ? serverTexts(stage, subject) : []), ...own],
      };
    }),
  };
}

/** As the views of the servers say; null where they do not. */
function stageAtServers({ database, seeding }: Subject, { ends, findings }: AssessedLink): Stage | null {
  if (seeding !== null) return 'seeding';
  const states = copiesOf(database).map(({ synchronizationState }) => synchronizationState);
  if (states.some((state) => state === 'SYNCHRONIZING' || state === 'SYNCHRONIZED')) return 'synchronizing';
  if (states.includes('INITIALIZING')) return 'catch_up';
  const isNew = findings.some(({ code }) => code === 'other_end_has_no_row' || code === 'partner_not_joined');
  return isNew && ends.length > 0 ? 'creating' : null;
}

/** What is told of the copy that is made: not of the primary's own. */
function copiesOf(database: DatabaseReport | null): readonly CopyReport[] {
  return (database?.copies ?? []).filter(({ isOwn, toldByRole }) => isOwn === (toldByRole !== 'PRIMARY'));
}

function serverTexts(stage: Stage, { database, seeding }: Subject): readonly string[] {
  if (stage === 'seeding') return [seedingText(seeding)];
  const copy = copiesOf(database).find(
    ({ sendQueueBytes, redoQueueBytes }) => (sendQueueBytes ?? redoQueueBytes) !== null,
  );
  if (stage !== 'catch_up' || copy === undefined) return [];
  const { sendQueueBytes: send, redoQueueBytes: redo, toldBy } = copy;
  const parts = [
    ...(send === null ? [] : [`${bytesText(send)} to send`]),
    ...(redo === null ? [] : [`${bytesText(redo)} to apply`]),
  ];
  return [`${parts.join(', ')} by ${toldBy}`];
}

function seedingText(seeding: SeedingReport | null): string {
  const transfer = seeding?.transfer ?? null;
  if (seeding === null) return '';
  if (transfer === null || transfer.progress === null)
    return `${seeding.currentState ?? 'under way'} by ${seeding.server}`;
  const least = transfer.isProgressLowerBound ? 'at least ' : '';
  return `${least}${Math.floor(transfer.progress * 100)} % by ${seeding.server}`;
}

/** Azure's own word, and what it counts; it may be behind the servers, or before them. */
function azureText({ replicaState, seedingProgress }: DatabaseInAzure, isNow: boolean): string {
  const progress = seedingProgress === null ? '' : `${Math.floor(seedingProgress * 100)} % `;
  return `${progress}by Azure${isNow ? '' : ', which sees it here'} (${replicaState})`;
}
