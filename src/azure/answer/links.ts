import type { AzureLink, AzureLinkDatabase, AzureLinkError } from '../../model/azure/link.ts';
import {
  type Fields,
  fieldsIn,
  isFields,
  itemsIn,
  numberIn,
  type Parsed,
  textIn,
  timestampIn,
  valueIn,
} from './fields.ts';

/** A link of a list, or of an answer of its own. What has no name can't be told from others, and is left out. */
export function parseLink(item: Fields): Parsed<AzureLink> {
  const properties = fieldsIn(item, 'properties');
  // As the name of a nested resource it may come with those above it.
  const name = textIn(item, 'name')?.split('/').at(-1) ?? textIn(properties, 'distributedAvailabilityGroupName');
  if (name === null || name === undefined || name === '') return { value: null, oddity: 'a link without a name' };
  const instanceRole = roleIn(properties, 'instanceLinkRole');
  return {
    value: {
      name,
      groupId: textIn(properties, 'distributedAvailabilityGroupId')?.toLowerCase().replace(/[{}]/g, '') ?? null,
      instanceRole,
      partnerRole: roleIn(properties, 'partnerLinkRole'),
      replicationMode: textIn(properties, 'replicationMode'),
      failoverMode: textIn(properties, 'failoverMode'),
      seedingMode: textIn(properties, 'seedingMode'),
      linkMode: textIn(properties, 'linkMode'),
      partnerEndpoint: textIn(properties, 'partnerEndpoint')?.toLowerCase() ?? null,
      databases: databasesOf(properties, instanceRole),
    },
    oddity: oddityOfDatabases(name, properties),
  };
}

/** In SQL Server's words, so that roles of both can be compared. */
function roleIn(properties: Fields, key: string): string | null {
  const role = textIn(properties, key);
  const upper = role?.toUpperCase();
  return upper === 'PRIMARY' || upper === 'SECONDARY' ? upper : role;
}

/** Each name once: of two entries of one name nobody can tell which holds. */
function databasesOf(properties: Fields, instanceRole: string | null): readonly AzureLinkDatabase[] {
  const databases = itemsIn(properties, 'databases').flatMap((item) => {
    const name = textIn(item, 'databaseName');
    return name === null ? [] : [[name, databaseOf(name, item, instanceRole)] as const];
  });
  return [...new Map(databases).values()];
}

function databaseOf(name: string, item: Fields, instanceRole: string | null): AzureLinkDatabase {
  const lag = (key: string): number | null => (instanceRole === 'PRIMARY' ? lagIn(item, key) : null);
  return {
    name,
    replicaState: textIn(item, 'replicaState'),
    health: textIn(item, 'synchronizationHealth')?.toUpperCase() ?? null,
    connectedState: textIn(item, 'connectedState')?.toUpperCase() ?? null,
    error: errorIn(item),
    seedingProgress: progressIn(item),
    sendLagSeconds: lag('instanceSendReplicationLagSeconds'),
    redoLagSeconds: lag('instanceRedoReplicationLagSeconds'),
    lastSentTimestampSeconds: timeAt(item, 'lastSent'),
    lastReceivedTimestampSeconds: timeAt(item, 'lastReceived'),
    lastCommitTimestampSeconds: timeAt(item, 'lastCommit'),
    lastHardenedTimestampSeconds: timeAt(item, 'lastHardened'),
    lastBackupTimestampSeconds: timeAt(item, 'lastBackup'),
    partnerCertificate: certificateIn(item),
  };
}

/** Azure writes lags as int32: its greatest value, or more, can only stand for something else. */
const greatestInt32 = 2_147_483_647;

/** -1 stands for a lag that is not known, as after the loss of the partner. */
function lagIn(item: Fields, key: string): number | null {
  const seconds = numberIn(item, key);
  return seconds === null || seconds < 0 || seconds >= greatestInt32 ? null : seconds;
}

/** "0" and "1" stand for no log position; the time beside them is of nothing then. */
function timeAt(item: Fields, prefix: string): number | null {
  const position = textIn(item, `${prefix}Lsn`);
  return position === '0' || position === '1' ? null : timestampIn(item, `${prefix}Time`);
}

function errorIn(item: Fields): AzureLinkError | null {
  const value = textIn(item, 'mostRecentLinkError') ?? numberIn(item, 'mostRecentLinkError');
  if (value === null) return null;
  const text = String(value);
  const digits = /(?<!\d)\d{3,7}(?!\d)/.exec(text)?.[0];
  if (digits === undefined) return /^-?[\d.]+$/.test(text) ? null : { number: null, text };
  return { number: Number(digits), text };
}

function progressIn(item: Fields): number | null {
  const value = textIn(item, 'seedingProgress') ?? numberIn(item, 'seedingProgress');
  const digits = /^(\d{1,3}(?:\.\d{1,9})?)\s*%?$/.exec(String(value ?? ''))?.[1];
  const percent = Number(digits);
  return digits === undefined || percent > 100 ? null : percent / 100;
}

function certificateIn(item: Fields): AzureLinkDatabase['partnerCertificate'] {
  const validity = fieldsIn(item, 'partnerAuthCertValidity');
  const expiryTimestampSeconds = timestampIn(validity, 'expiryDate');
  return expiryTimestampSeconds === null ? null : { name: textIn(validity, 'certificateName'), expiryTimestampSeconds };
}

/** Of databases of a link, what a word or a number says; an absent key and null are the normal form of "not known". */
const wordsOfDatabase = ['replicaState', 'mostRecentLinkError', 'synchronizationHealth', 'connectedState'] as const;

/** What of a link's databases is in a form that can't be taken, for people; null where all of it is. */
function oddityOfDatabases(link: string, properties: Fields): string | null {
  const of = `of link ${JSON.stringify(link)}`;
  const databases = valueIn(properties, 'databases') ?? [];
  if (!Array.isArray(databases)) return `the databases ${of} are no list`;
  const items = databases.filter(isFields);
  const names = items.flatMap((item) => textIn(item, 'databaseName') ?? []);
  if (names.length < databases.length) return `${databases.length - names.length} databases ${of} have no name`;
  if (new Set(names).size < names.length) return `a database ${of} is listed twice: the last entry is taken`;
  const odd = wordsOfDatabase.find((key) => items.some((item) => !isWord(valueIn(item, key) ?? null)));
  return odd === undefined ? null : `${odd} of a database ${of} is neither a text nor a number`;
}

function isWord(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'number';
}
