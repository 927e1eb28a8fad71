import type { SqlType } from '../../../sql-type.ts';
import { call, nullLiteral } from '../../bound.ts';
import { int, textType } from '../../data-type.ts';
import { unsupported } from '../../errors/errors.ts';
import { undeclaredVariable } from '../../errors/name.ts';
import { isKnownGlobal } from '../../known-names.ts';
import type { Runtime } from '../../runtime.ts';
import { optionBits } from '../../session-options.ts';
import type { Stored } from '../../storage.ts';
import type { Binder, Bound } from '../binder.ts';

const sysname = textType(true, 128);

type Global = readonly [type: SqlType, read: (runtime: Runtime) => Stored];

const globals: Readonly<Record<string, Global>> = {
  '@@VERSION': [textType(true, 300), versionText],
  '@@SERVERNAME': [sysname, ({ instance }) => instance.properties.serverName],
  '@@SERVICENAME': [sysname, serviceName],
  '@@SPID': [{ name: 'smallint' }, ({ sessionId }) => BigInt(sessionId)],
  '@@ROWCOUNT': [int, ({ rowCount }) => BigInt(rowCount)],
  '@@ERROR': [int, ({ errorNumber }) => BigInt(errorNumber)],
  '@@TRANCOUNT': [int, ({ transactions }) => BigInt(transactions.count)],
  '@@LANGUAGE': [sysname, () => 'us_english'],
  '@@LANGID': [{ name: 'smallint' }, () => 0n],
  '@@DATEFIRST': [{ name: 'tinyint' }, ({ options }) => BigInt(options.dateFirst)],
  '@@LOCK_TIMEOUT': [int, ({ options }) => BigInt(options.lockTimeoutMilliseconds)],
  '@@MAX_PRECISION': [{ name: 'tinyint' }, () => 38n],
  '@@MICROSOFTVERSION': [int, ({ instance }) => microsoftVersion(instance.properties.productVersion)],
  '@@NESTLEVEL': [int, () => 0n],
  '@@OPTIONS': [int, ({ options }) => BigInt(optionBits(options))],
  '@@TEXTSIZE': [int, ({ options }) => BigInt(options.textSizeBytes)],
};

/** `@@VERSION` and its like; an unknown one is an undeclared variable (137). */
export function bindGlobal(binder: Binder, name: string, line: number): Bound {
  const key = name.toUpperCase();
  const global = Object.hasOwn(globals, key) ? globals[key] : undefined;
  if (global === undefined && isKnownGlobal(key)) throw unsupported(name, line);
  if (global === undefined) {
    binder.problems.push(undeclaredVariable(name, line));
    return nullLiteral();
  }
  const [type, read] = global;
  return call(binder, { key, run: () => read(binder.runtime), type, nullable: true }, []);
}

const years: Readonly<Record<string, string>> = { 13: '2016', 14: '2017', 15: '2019', 16: '2022', 17: '2025' };

function versionText({ instance }: Runtime): string {
  const { engineEdition, productVersion, productLevel, edition } = instance.properties;
  if (engineEdition === 8)
    return `Microsoft SQL Azure (RTM) - ${productVersion} \n\tCopyright (C) Microsoft Corporation\n`;
  const year = years[productVersion.split('.')[0] ?? ''] ?? '';
  return `Microsoft SQL Server ${year} (${productLevel}) - ${productVersion} (X64) \n\tCopyright (C) Microsoft Corporation\n\t${edition}\n`;
}

/** NULL on a managed instance; the default instance is called MSSQLSERVER. */
function serviceName({ instance }: Runtime): Stored {
  if (instance.properties.engineEdition === 8) return null;
  return instance.properties.serverName.split('\\')[1] ?? 'MSSQLSERVER';
}

function microsoftVersion(version: string): bigint {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number);
  return BigInt(major) * 16_777_216n + BigInt(minor) * 65_536n + BigInt(build);
}
