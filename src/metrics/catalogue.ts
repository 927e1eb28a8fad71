import { azureInstanceFamilies } from './families/azure/instance.ts';
import { azureLinkFamilies } from './families/azure/link.ts';
import { azureReadingFamilies } from './families/azure/reading.ts';
import { certificateFamilies } from './families/certificate.ts';
import { databaseFamilies } from './families/database.ts';
import { databaseLogFamilies } from './families/database-log.ts';
import { databaseStateFamilies } from './families/database-state.ts';
import { endpointFamilies } from './families/endpoint.ts';
import { errorFamilies } from './families/error.ts';
import { linkFamilies } from './families/link.ts';
import { linkDatabaseFamilies } from './families/link-database.ts';
import { pollingFamilies } from './families/polling.ts';
import { replicaFamilies } from './families/replica.ts';
import { seedingFamilies } from './families/seeding.ts';
import { serverFamilies } from './families/server.ts';
import type { Family } from './family.ts';

/** The families of one subject, as docs/metrics.md and the page order them. */
export interface Subject {
  readonly title: string;
  readonly families: readonly Family[];
}

/** Every state family that there is: a family that is not here is not served. */
export const subjects: readonly Subject[] = [
  { title: 'Link', families: [...linkFamilies, ...linkDatabaseFamilies] },
  { title: 'Replica', families: replicaFamilies },
  { title: 'Database', families: [...databaseStateFamilies, ...databaseFamilies, ...databaseLogFamilies] },
  { title: 'Seeding', families: seedingFamilies },
  { title: 'Error', families: errorFamilies },
  { title: 'Certificate', families: certificateFamilies },
  { title: 'Endpoint', families: endpointFamilies },
  { title: 'Server', families: serverFamilies },
  { title: 'Polling', families: pollingFamilies },
  { title: 'Azure', families: [...azureLinkFamilies, ...azureInstanceFamilies, ...azureReadingFamilies] },
];

export const catalogue: readonly Family[] = subjects.flatMap(({ families }) => families);
