import { type Changes, nextIds } from '../../changes.ts';
import type { Statement } from '../ast.ts';
import { type SqlError, sqlError } from '../errors/errors.ts';
import { cannotFind } from '../errors/permission.ts';
import { holds } from '../permission.ts';
import { done, type Execution, failed, type Step } from './execution.ts';

type Refused = Statement & { readonly kind: 'refused' };

type Act = (execution: Execution, statement: Refused, changes: Changes) => SqlError | null;

/** The definitions that a sysadmin can make and remove here: what the published network tests consist of. */
const acts: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['CREATE CERTIFICATE', createCertificate],
  ['DROP CERTIFICATE', dropCertificate],
  ['ALTER ENDPOINT', alterEndpoint],
  ['CREATE ENDPOINT', createEndpoint],
  ['DROP ENDPOINT', dropEndpoint],
  ['DROP PROCEDURE', dropProcedure],
  ['DROP PROC', dropProcedure],
]);

/** Whether a statement is one that this login may have executed here. */
export function isDefinition({ runtime }: Execution, statement: Refused): boolean {
  const { instance, login } = runtime;
  const { action, target } = statement;
  return (
    acts.has(`${action} ${target}`) &&
    (action !== 'ALTER' || wordAfter(statement, 'CERTIFICATE') !== null) &&
    instance.changes !== undefined &&
    holds(instance, login, 'CONTROL SERVER') === true
  );
}

/** Makes or removes a definition. */
export async function* executeDefinition(execution: Execution, statement: Refused): Step {
  const { changes } = execution.runtime.instance;
  const act = acts.get(`${statement.action} ${statement.target}`);
  if (act === undefined || changes === undefined) return 'abort';
  const error = act(execution, statement, changes);
  if (error !== null) return yield* failed(execution, [error], statement.line);
  execution.runtime.errorNumber = 0;
  yield done(execution, null);
  return 'next';
}

/** CREATE PROCEDURE, of what its body is once it was read. */
export async function* executeCreateProcedure(
  execution: Execution,
  statement: Statement & { kind: 'create procedure' },
): Step {
  const { instance, login, database } = execution.runtime;
  const { changes } = instance;
  if (changes === undefined || holds(instance, login, 'CONTROL SERVER') !== true) {
    const message = `CREATE PROCEDURE permission denied in database '${database}'.`;
    return yield* failed(
      execution,
      [sqlError({ number: 262, class: 14, reach: 'statement' }, message)],
      statement.line,
    );
  }
  const name = statement.name.at(-1) ?? '';
  if (changes.procedures.has(name.toLowerCase())) {
    const message = `There is already an object named '${name}' in the database.`;
    return yield* failed(execution, [sqlError({ number: 2714, state: 3 }, message)], statement.line);
  }
  changes.procedures.set(name.toLowerCase(), { name, database, body: statement.body });
  yield done(execution, null);
  return 'next';
}

/** The word that follows another one in a statement; null where that one is not in it. */
function wordAfter({ rest }: Refused, word: string): string | null {
  const at = rest.findIndex((each) => same(each, word));
  return at < 0 ? null : (rest[at + 1] ?? null);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function createCertificate({ runtime }: Execution, { object, rest }: Refused, changes: Changes): SqlError | null {
  const name = object.at(-1) ?? '';
  const rows = [...runtime.instance.rows('certificates')];
  if (rows.some((row) => same(String(row.name), name))) {
    return sqlError(
      { number: 15_232 },
      `A certificate with name '${name}' already exists or this certificate already has been added to the database.`,
    );
  }
  const hasMasterKey = [...runtime.instance.rows('symmetric_keys')].some(
    (row) => row.name === '##MS_DatabaseMasterKey##',
  );
  if (!hasMasterKey)
    return sqlError(
      { number: 15_581 },
      'Please create a master key in the database or open the master key in the session before performing this operation.',
    );
  const after = (word: string): string => rest[rest.findIndex((each) => same(each, word)) + 2] ?? '';
  const now = runtime.instance.nowMilliseconds();
  const expiry = Date.parse(`${after('EXPIRY_DATE')} UTC`);
  const made = {
    name,
    certificateId: nextIds(changes).certificate,
    subject: after('SUBJECT'),
    startMilliseconds: now,
    expiryMilliseconds: Number.isNaN(expiry) ? now + 365 * 86_400_000 : expiry,
  };
  changes.certificates = [...changes.certificates, made];
  return null;
}

function dropCertificate({ runtime }: Execution, { object }: Refused, changes: Changes): SqlError | null {
  const name = object.at(-1) ?? '';
  const found = [...runtime.instance.rows('certificates')].find((row) => same(String(row.name), name));
  if (found === undefined) return cannotFind('drop', 'certificate', name);
  const id = Number(found.certificate_id);
  const used = [...runtime.instance.rows('database_mirroring_endpoints')].some((row) => row.certificate_id === id);
  if (used) return sqlError({ number: 15_352 }, `The certificate cannot be dropped because it is used by an endpoint.`);
  const left = changes.certificates.filter(({ certificateId }) => certificateId !== id);
  const isOfScenario = left.length === changes.certificates.length;
  changes.certificates = left;
  if (isOfScenario) {
    const { rotation } = changes;
    changes.rotation = { ...rotation, droppedCertificateIds: [...rotation.droppedCertificateIds, id] };
  }
  return null;
}

/** What the endpoint shows from now on: the one thing that rotating a certificate alters. */
function alterEndpoint({ runtime }: Execution, statement: Refused, changes: Changes): SqlError | null {
  const name = statement.object.at(-1) ?? '';
  const { instance } = runtime;
  const endpoint = [...instance.rows('database_mirroring_endpoints')].find((row) => same(String(row.name), name));
  if (endpoint === undefined) return cannotFind('alter', 'endpoint', name);
  const certificate = wordAfter(statement, 'CERTIFICATE') ?? '';
  const found = [...instance.rows('certificates')].find((row) => same(String(row.name), certificate));
  if (found === undefined) return cannotFind('use', 'certificate', certificate);
  const certificateId = Number(found.certificate_id);
  const isMade = changes.endpoints.some((each) => same(each.name, name));
  if (isMade)
    changes.endpoints = changes.endpoints.map((each) => (same(each.name, name) ? { ...each, certificateId } : each));
  else changes.rotation = { ...changes.rotation, endpointCertificateId: certificateId };
  return null;
}

function createEndpoint({ runtime }: Execution, statement: Refused, changes: Changes): SqlError | null {
  const { object, rest } = statement;
  const name = object.at(-1) ?? '';
  const { instance } = runtime;
  if ([...instance.rows('endpoints')].some((row) => same(String(row.name), name))) {
    return sqlError({ number: 7804, class: 15 }, `The endpoint '${name}' already exists.`);
  }
  if ([...instance.rows('database_mirroring_endpoints')].length > 0) {
    return sqlError(
      { number: 7862 },
      'An endpoint of the requested type already exists. Only one endpoint of this type is supported. Use ALTER ENDPOINT or DROP the existing endpoint and execute the CREATE ENDPOINT statement.',
    );
  }
  const certificate = wordAfter(statement, 'CERTIFICATE') ?? '';
  const found = [...instance.rows('certificates')].find((row) => same(String(row.name), certificate));
  if (found === undefined) return cannotFind('use', 'certificate', certificate);
  const port = Number(rest[rest.findIndex((each) => same(each, 'LISTENER_PORT')) + 2]);
  const made = { name, endpointId: nextIds(changes).endpoint, port, certificateId: Number(found.certificate_id) };
  changes.endpoints = [...changes.endpoints, made];
  return null;
}

function dropEndpoint(_: Execution, { object }: Refused, changes: Changes): SqlError | null {
  const name = object.at(-1) ?? '';
  const left = changes.endpoints.filter((each) => !same(each.name, name));
  if (left.length === changes.endpoints.length) return cannotFind('drop', 'endpoint', name);
  changes.endpoints = left;
  return null;
}

function dropProcedure(_: Execution, { object }: Refused, changes: Changes): SqlError | null {
  const name = object.at(-1) ?? '';
  return changes.procedures.delete(name.toLowerCase()) ? null : cannotFind('drop', 'procedure', name);
}
