import type { Condition } from '../condition.ts';
import { azureConditions } from './azure.ts';
import { backupConditions } from './backups.ts';
import { certificateConditions } from './certificates.ts';
import { databaseConditions } from './databases.ts';
import { endpointConditions } from './endpoint.ts';
import { failoverConditions } from './failover.ts';
import { fileConditions } from './files.ts';
import { logRateCondition } from './log-rate.ts';
import { makingConditions } from './making.ts';
import { remainsConditions } from './remains.ts';
import { serverConditions } from './server.ts';

/** Every condition, in the order in which they are told within one level. */
export const conditions: readonly Condition[] = [
  ...failoverConditions.slice(0, 2),
  ...serverConditions,
  ...endpointConditions,
  ...certificateConditions,
  ...azureConditions,
  ...databaseConditions,
  ...fileConditions,
  logRateCondition,
  ...failoverConditions.slice(2),
  ...makingConditions,
  ...backupConditions,
  ...remainsConditions,
];
