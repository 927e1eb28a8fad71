import { call, implicitly, strict } from '../../bound.ts';
import { int, textType } from '../../data-type.ts';
import type { FunctionCall, Functions } from '../../function-spec.ts';
import { holds, serverStatePermission } from '../../permission.ts';
import type { Runtime } from '../../runtime.ts';
import type { Stored } from '../../storage.ts';
import type { Bound } from '../binder.ts';

const sysname = textType(true, 128);

/** HAS_PERMS_BY_NAME and IS_SRVROLEMEMBER. */
export const permissionFunctions: Functions = {
  HAS_PERMS_BY_NAME: { least: 3, most: 5, bind: hasPermission },
  IS_SRVROLEMEMBER: { least: 1, most: 2, bind: isRoleMember },
  HAS_DBACCESS: { least: 1, most: 1, bind: hasAccess },
};

function hasPermission({ binder, args, line }: FunctionCall): Bound {
  const operands = args.slice(0, 3).map((each) => implicitly(binder, each, sysname, line));
  const run = (securable: Stored = null, kind: Stored = null, permission: Stored = null): Stored =>
    answer(permitted(binder.runtime, { securable, kind, permission }));
  return call(binder, { key: 'HAS_PERMS_BY_NAME', run, type: int, nullable: true }, operands);
}

function answer(value: boolean | null): Stored {
  return value === null ? null : BigInt(value);
}

/** NULL for the securable and its class means the server; otherwise only SELECT on a simulated view or table is known. */
function permitted(
  runtime: Runtime,
  question: { readonly securable: Stored; readonly kind: Stored; readonly permission: Stored },
): boolean | null {
  const { instance, login } = runtime;
  if (question.permission === null) return null;
  const permission = String(question.permission).trimEnd().toUpperCase();
  const kind = question.kind === null ? null : String(question.kind).trimEnd().toUpperCase();
  if (question.securable === null && (kind === null || kind === 'SERVER')) return holds(instance, login, permission);
  if (question.securable === null || kind !== 'OBJECT') return null;
  const [, schema = '', named = ''] = /(?:^|\.)\[?(sys|dbo)\]?\.\[?(\w+)\]?$/i.exec(String(question.securable)) ?? [];
  const name = named.toLowerCase();
  const table = instance.tables.get(name);
  if (table?.schema !== schema.toLowerCase()) return null;
  if (permission !== 'SELECT') return holds(instance, login, 'CONTROL SERVER');
  if (instance.denied(name, login) !== null) return false;
  return table.access !== 'server state' || holds(instance, login, serverStatePermission(instance));
}

const roles = [
  'sysadmin',
  'serveradmin',
  'securityadmin',
  'processadmin',
  'setupadmin',
  'bulkadmin',
  'diskadmin',
  'dbcreator',
];

function isRoleMember({ binder, args, line }: FunctionCall): Bound {
  const operands = args.map((each) => implicitly(binder, each, sysname, line));
  const { runtime } = binder;
  const run = strict((role, login = runtime.login) => {
    const wanted = String(role).toLowerCase();
    if (String(login).toLowerCase() !== runtime.login.toLowerCase()) return null;
    if (wanted === 'public') return 1n;
    if (!roles.includes(wanted) && !wanted.startsWith('##ms_')) return null;
    return answer(wanted === 'sysadmin' && holds(runtime.instance, runtime.login, 'CONTROL SERVER') === true);
  });
  return call(binder, { key: 'IS_SRVROLEMEMBER', run, type: int, nullable: true }, operands);
}

function hasAccess({ binder, args, line }: FunctionCall): Bound {
  const operands = args.map((each) => implicitly(binder, each, sysname, line));
  const run = strict((name) => {
    const names = [...binder.runtime.instance.databases().values()].map((each) => each.toLowerCase());
    return names.includes(String(name).toLowerCase()) ? 1n : null;
  });
  return call(binder, { key: 'HAS_DBACCESS', run, type: int, nullable: true }, operands);
}
