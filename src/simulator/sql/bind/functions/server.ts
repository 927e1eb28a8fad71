import { loginSid } from '../../../agent/agent.ts';
import type { SqlType } from '../../../sql-type.ts';
import { call, implicitly, nullLiteral, strict } from '../../bound.ts';
import { bigint, int, textType } from '../../data-type.ts';
import type { FunctionCall, FunctionSpec, Functions } from '../../function-spec.ts';
import { majorVersion, type Runtime } from '../../runtime.ts';
import type { Stored } from '../../storage.ts';
import type { Bound } from '../binder.ts';

const sysname = textType(true, 128);

/** What server, database, login and object this is. */
export const serverFunctions: Functions = {
  SERVERPROPERTY: { least: 1, most: 1, bind: serverProperty },
  DB_NAME: { least: 0, most: 1, bind: databaseName },
  DB_ID: { least: 0, most: 1, bind: databaseId },
  ORIGINAL_DB_NAME: known(sysname, (runtime) => runtime.database),
  SUSER_SID: known({ name: 'varbinary', length: 85 }, ({ login }) => loginSid(login)),
  SUSER_SNAME: login(),
  SUSER_NAME: login(),
  ORIGINAL_LOGIN: known(sysname, (runtime) => runtime.login),
  SYSTEM_USER: known(sysname, (runtime) => runtime.login),
  USER_NAME: known(sysname, () => 'guest'),
  CURRENT_USER: known(sysname, () => 'guest'),
  SESSION_USER: known(sysname, () => 'guest'),
  USER: known(sysname, () => 'guest'),
  SCHEMA_NAME: known(sysname, () => 'guest'),
  HOST_NAME: known(sysname, (runtime) => runtime.client.hostName || null),
  APP_NAME: known(sysname, (runtime) => runtime.client.applicationName || null),
  ROWCOUNT_BIG: known(bigint, (runtime) => BigInt(runtime.rowCount)),
  XACT_STATE: known({ name: 'smallint' }, (runtime) => (runtime.transactions.count > 0 ? 1n : 0n)),
  CURRENT_TIMEZONE_ID: known(textType(false, 8000), (runtime) => runtime.instance.properties.timeZoneId),
  OBJECT_ID: { least: 1, most: 2, bind: objectId },
};

/** A function that only asks the session; an optional argument is not looked at. */
function known(type: SqlType, run: (runtime: Runtime) => Stored): FunctionSpec {
  return {
    least: 0,
    most: 1,
    bind: ({ binder, name }) => call(binder, { key: name, run: () => run(binder.runtime), type, nullable: true }, []),
  };
}

/** The session's own login; other principals' names are not simulated and give NULL. */
function login(): FunctionSpec {
  return {
    least: 0,
    most: 1,
    bind: ({ binder, name, args }) => {
      const run = (...values: readonly Stored[]): Stored => (values.length === 0 ? binder.runtime.login : null);
      return call(binder, { key: `${name} ${args.length}`, run, type: sysname, nullable: true }, args);
    },
  };
}

type Property = readonly [type: SqlType, read: (runtime: Runtime) => Stored];

const text = (read: (runtime: Runtime) => Stored): Property => [sysname, read];
const number = (read: (runtime: Runtime) => Stored): Property => [int, read];
const isManagedInstance = (runtime: Runtime): boolean => runtime.instance.properties.engineEdition === 8;

/**
 * SERVERPROPERTY's values. A real server gives sql_variant, which the simulated wire hasn't: a literal name gives the
 * property's base type (int or nvarchar(128)), anything else nvarchar(128). Callers that CAST see no difference.
 */
const properties: Readonly<Record<string, Property>> = {
  BUILDCLRVERSION: text(() => 'v4.0.30319'),
  COLLATION: text(({ instance }) => instance.properties.collation),
  EDITION: text(({ instance }) => instance.properties.edition),
  ENGINEEDITION: number(({ instance }) => BigInt(instance.properties.engineEdition)),
  HADRMANAGERSTATUS: number(({ instance }) => (instance.properties.isHadrEnabled ? 1n : 0n)),
  INSTANCENAME: text((runtime) => (isManagedInstance(runtime) ? null : namedInstance(runtime))),
  ISCLUSTERED: number(() => 0n),
  ISHADRENABLED: number(({ instance }) => (instance.properties.isHadrEnabled ? 1n : 0n)),
  ISINTEGRATEDSECURITYONLY: number(() => 0n),
  ISSINGLEUSER: number(() => 0n),
  MACHINENAME: text((runtime) => serverName(runtime).split(/[\\.]/)[0] ?? ''),
  COMPUTERNAMEPHYSICALNETBIOS: text((runtime) =>
    (serverName(runtime).split(/[\\.]/)[0] ?? '').toUpperCase().slice(0, 15),
  ),
  PRODUCTLEVEL: text(({ instance }) => instance.properties.productLevel),
  PRODUCTMAJORVERSION: text(({ instance }) => String(majorVersion(instance))),
  PRODUCTMINORVERSION: text(({ instance }) => instance.properties.productVersion.split('.')[1] ?? '0'),
  PRODUCTBUILD: text(({ instance }) => instance.properties.productVersion.split('.')[2] ?? '0'),
  PRODUCTUPDATETYPE: text(({ instance }) => instance.properties.productUpdateType ?? null),
  PRODUCTVERSION: text(({ instance }) => instance.properties.productVersion),
  SERVERNAME: text(serverName),
};

function serverName({ instance }: Runtime): string {
  return instance.properties.serverName;
}

function namedInstance(runtime: Runtime): Stored {
  return serverName(runtime).split('\\')[1] ?? null;
}

function readProperty(runtime: Runtime, name: string): Stored {
  const key = name.trimEnd().toUpperCase();
  return Object.hasOwn(properties, key) ? (properties[key]?.[1](runtime) ?? null) : null;
}

function serverProperty({ binder, args, line }: FunctionCall): Bound {
  const [name = nullLiteral()] = args;
  const known_ = typeof name.constant === 'string' ? name.constant.trimEnd().toUpperCase() : '';
  const property = Object.hasOwn(properties, known_) ? properties[known_] : undefined;
  const type = property?.[0] ?? sysname;
  const run = strict((wanted) => readProperty(binder.runtime, String(wanted)));
  const text_ = implicitly(binder, name, sysname, line);
  return call(binder, { key: 'SERVERPROPERTY', run, type, nullable: true }, [text_]);
}

function databaseName({ binder, args, line }: FunctionCall): Bound {
  const { runtime } = binder;
  const [id] = args;
  if (id === undefined)
    return call(binder, { key: 'DB_NAME', run: () => runtime.database, type: sysname, nullable: true }, []);
  const run = strict((wanted) => runtime.instance.databases().get(Number(wanted)) ?? null);
  const operand = implicitly(binder, id, int, line);
  return call(binder, { key: 'DB_NAME of', run, type: sysname, nullable: true }, [operand]);
}

function databaseId({ binder, args, line }: FunctionCall): Bound {
  const { runtime } = binder;
  const find = (name: string): Stored => {
    const found = [...runtime.instance.databases()].find(([, each]) => each.toLowerCase() === name.toLowerCase());
    return found === undefined ? null : BigInt(found[0]);
  };
  const type = { name: 'smallint' } as const;
  const [name] = args;
  if (name === undefined)
    return call(binder, { key: 'DB_ID', run: () => find(runtime.database), type, nullable: true }, []);
  const operand = implicitly(binder, name, sysname, line);
  return call(binder, { key: 'DB_ID of', run: strict((each) => find(String(each))), type, nullable: true }, [operand]);
}

/** The simulated views' ids are made up: negative, as system objects' are, and the same for one name. */
function objectId({ binder, args, line }: FunctionCall): Bound {
  const { instance } = binder.runtime;
  const run = strict((name) => {
    const found = /^(?:\[?\w*\]?\.)?\[?sys\]?\.\[?(\w+)\]?$/i.exec(String(name))?.[1]?.toLowerCase() ?? '';
    if (!instance.tables.has(found)) return null;
    let hash = 0;
    for (const character of found) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_000_007;
    return BigInt(-1 - hash);
  });
  const operand = implicitly(binder, args[0] ?? nullLiteral(), sysname, line);
  return call(binder, { key: 'OBJECT_ID', run, type: int, nullable: true }, [operand]);
}
