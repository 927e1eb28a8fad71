import assert from 'node:assert/strict';
import type { Fields } from '../../src/azure/answer/fields.ts';
import { parseLink } from '../../src/azure/answer/links.ts';
import { nextHistory } from '../../src/azure/poll/reading.ts';
import { parseItems } from '../../src/azure/poll/resources.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import type { AzureCertificate, AzureInstance, AzureOperation } from '../../src/model/azure/instance.ts';
import {
  type AzureFailure,
  type AzureReading,
  type AzureState,
  noAzureHistory,
  notYetRead,
} from '../../src/model/azure/state.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { fixture } from '../azure/answer/fixture.ts';
import { managedInstanceWithDatabase, sqlServerWithDatabase } from './database-rows.ts';
import { now } from './server-state.ts';

export interface AzureAnswers {
  /** Items of the list of links; null: it could not be read. */
  readonly links: readonly Fields[] | null;
  /** For how long the list has been as it is, and how long before that there was another one. */
  readonly ageSeconds?: number;
  readonly watchedSeconds?: number;
  readonly failure?: AzureFailure;
  readonly instance?: AzureInstance;
  readonly operations?: readonly AzureOperation[];
  readonly own?: readonly AzureCertificate[];
  readonly trusted?: readonly AzureCertificate[];
}

function read<Value>(value: Value | undefined): AzureReading<Value> {
  return value === undefined
    ? notYetRead
    : { ...notYetRead, value, lastPollTimestampSeconds: now, lastSuccessTimestampSeconds: now };
}

/** Azure as it is known of mi-prod, read now. */
export function azureState(answers: AzureAnswers): AzureState {
  const { links, ageSeconds = 0, watchedSeconds = ageSeconds } = answers;
  const parsed = parseItems(links ?? [], parseLink).values;
  const first = watchedSeconds > ageSeconds ? nextHistory(noAzureHistory, [], now - watchedSeconds) : noAzureHistory;
  return {
    subscriptions: [
      {
        id: 'id',
        name: 'production',
        listing: null,
        pausedUntilTimestampSeconds: null,
        throttledSeconds: 0,
        remainingReads: 249,
        remainingGlobalReads: null,
        instances: [
          {
            subscription: 'production',
            subscriptionId: 'id',
            resourceGroup: 'rg-sales',
            name: 'mi-prod',
            instance: read(answers.instance),
            operations: read(answers.operations),
            endpointCertificates: read(answers.own),
            serverTrustCertificates: read(answers.trusted),
            links:
              links === null
                ? { ...notYetRead, lastPollTimestampSeconds: now, failure: answers.failure ?? null }
                : read(parsed),
            history: links === null ? noAzureHistory : nextHistory(first, parsed, now - ageSeconds),
          },
        ],
      },
    ],
  };
}

export const readyInstance: AzureInstance = {
  name: 'mi-prod',
  resourceGroup: 'rg-sales',
  state: 'Ready',
  provisioningState: 'Succeeded',
  domainName: 'mi-prod.0123abcd.database.windows.net',
  databaseFormat: 'SQLServer2022',
  tier: 'GeneralPurpose',
  vCores: 8,
  storageSizeBytes: 1e12,
  location: 'westeurope',
  hasPublicEndpoint: false,
  isNextGeneration: null,
};

export const listed: ExpectedLink = { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: [] };
export const healthy = [sqlServerWithDatabase(), managedInstanceWithDatabase()];

export function named(name: string, changes: object = {}): Fields {
  const item = fixture(name);
  return { ...item, name: 'DAG_Sales', properties: { ...(item.properties as object), ...changes } };
}

export const secondary = named('link-mi-secondary-synchronizing');
export const primary = named('link-mi-primary-synchronizing');

export function assess(
  servers: readonly ServerState[],
  answers: AzureAnswers,
  expected: readonly ExpectedLink[] = [],
): AssessedLink {
  const [link, ...others] = assessLinks(servers, expected, azureState(answers));
  assert.ok(link);
  assert.deepEqual(others, []);
  return link;
}

/** Severity and verdict, and the codes of Azure. */
export function said(link: AssessedLink): string {
  const codes = link.findings.map(({ code }) => code).filter((code) => code.startsWith('azure'));
  return [link.severity, link.verdict, ...codes].join(' ');
}
