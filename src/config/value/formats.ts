import { isIP } from 'node:net';
import convict from 'convict';
import {
  checkApiVersion,
  checkClientId,
  checkHttpsUrl,
  checkResourceGroup,
  checkSubscriptionId,
  checkTenantId,
} from '../azure/formats.ts';
import { webFormats } from '../web/formats.ts';
import { parseDuration } from './duration.ts';
import { alternatives, mappingValue, nearest, refuse, show, showKind, textOf } from './wording.ts';

/** How the connection is protected, in the order of the documentation. */
export const tlsModes = ['encrypt', 'strict', 'off'] as const;

/** The ways to log in. */
export const authenticationTypes = [
  'sql_login',
  'windows',
  'managed_identity',
  'service_principal',
  'workload_identity',
  'azure_default',
] as const;

const azureCloudNames = ['public', 'us_government', 'china'] as const;

/** sysname, the type of every name in SQL Server, holds 128 characters. */
const maximumNameCharacters = 128;

/** Azure's rule for the name of a managed instance. */
const managedInstancePattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** RFC 1123 section 2.1, and the underscore that Windows allows. */
const hostPattern = /^(?!.{254})[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?$/;

/** A NetBIOS name, or a DNS name. */
const windowsDomainPattern = /^(?:[^\s\\/:*?"<>|.@]{1,15}|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)$/;

/** Each check throws an error whose message becomes the problem. None of them changes a value. */
const formats = {
  'milink-duration': checkDuration,
  'milink-port': checkPort,
  'milink-count': checkCount,
  'milink-boolean': checkBoolean,
  'milink-name': checkName,
  'milink-host': checkHost,
  'milink-managed-instance': checkManagedInstance,
  'milink-username': checkUsername,
  'milink-sql-login': checkSqlLogin,
  'milink-path': checkPath,
  'milink-environment-variable': checkEnvironmentVariable,
  'milink-tls-mode': (value: unknown) => checkOneOf(value, tlsModes, 'a TLS mode'),
  'milink-authentication-type': (value: unknown) => checkOneOf(value, authenticationTypes, 'an authentication type'),
  'milink-azure-cloud': (value: unknown) => checkOneOf(value, azureCloudNames, 'a cloud'),
  'milink-https-url': checkHttpsUrl,
  'milink-client-id': checkClientId,
  'milink-tenant-id': checkTenantId,
  'milink-windows-domain': checkWindowsDomain,
  'milink-subscription-id': checkSubscriptionId,
  'milink-resource-group': checkResourceGroup,
  'milink-api-version': checkApiVersion,
  'milink-instance': checkInstance,
  'milink-mapping': checkMapping,
  'milink-list': checkList,
  'milink-filled-list': checkFilledList,
  ...webFormats,
} as const satisfies Record<string, (value: unknown) => void>;

/** The name of a check, for `format` in the schema. */
export type FormatName = keyof typeof formats;

// By name: a format that is a function would leave convict to coerce by the default's type, and `14x` would pass as 14.
for (const [name, validate] of Object.entries(formats)) convict.addFormat({ name, validate });

function checkDuration(value: unknown): void {
  if (typeof value === 'number')
    refuse(`${value} has no unit: ${value > 0 ? `write ${value}s for seconds` : 'write it like 15s'}`);
  if (typeof value !== 'string' || parseDuration(value) === null) {
    refuse(`${show(value)} is not a duration: write it like 15s, 500ms or 1m30s (units d, h, m, s, ms)`);
  }
}

function checkPort(value: unknown): void {
  if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > 65535) {
    const hint = typeof value === 'string' && /^\d+$/.test(value) ? ', without quotes' : '';
    refuse(`${show(value)} is not a port: use a whole number from 1 to 65535${hint}`);
  }
}

function checkCount(value: unknown): void {
  if (Number.isSafeInteger(value) && Number(value) > 0) return;
  const hint = typeof value === 'string' && /^\d+$/.test(value) ? ', without quotes' : ', without a unit';
  refuse(`${show(value)} is not a number of anything: use a whole number above 0${hint}`);
}

function checkBoolean(value: unknown): void {
  if (typeof value !== 'boolean') refuse(`${show(value)} is not a yes-or-no value: use true or false, without quotes`);
}

function checkName(value: unknown): void {
  const name = textOf(value, 'a name');
  if (name === '') refuse('the name is empty');
  if (name.trim() !== name) refuse('the name starts or ends with a space');
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) refuse(`${show(name)} holds a character that can't be printed`);
  if ([...name].length > maximumNameCharacters) refuse(`the name is longer than ${maximumNameCharacters} characters`);
}

function checkHost(value: unknown): void {
  const host = textOf(value, 'a host name');
  if (host.includes('\\'))
    refuse(`${show(host)} is a named instance: give the host here and the name after the backslash in instance`);
  if (isIP(host) === 0 && !hostPattern.test(host)) {
    refuse(`${show(host)} is not a host name or an IP address: without scheme, port, brackets or spaces`);
  }
}

/** SQL Server's rule for the name of an instance; SQL Server Browser is asked for nothing else. */
function checkInstance(value: unknown): void {
  const name = textOf(value, 'the name of an instance');
  if (!/^[\p{L}_][\p{L}\p{N}_$#]{0,15}$/u.test(name)) {
    refuse(`${show(name)} is not the name of an instance: at most 16 letters, digits, _, $ or #, without the host`);
  }
}

function checkManagedInstance(value: unknown): void {
  const name = textOf(value, 'the name of a managed instance');
  if (managedInstancePattern.test(name)) return;
  const short = name.split('.')[0] ?? '';
  const hint = name.includes('.') && managedInstancePattern.test(short) ? `: use the short name, ${show(short)}` : '';
  refuse(`${show(name)} is not the name of a managed instance: letters, digits and hyphens, at most 63${hint}`);
}

function checkUsername(value: unknown): void {
  const username = textOf(value, 'a login');
  if (username === '') refuse('the login is empty');
  if (username.length > maximumNameCharacters) refuse(`the login is longer than ${maximumNameCharacters} characters`);
  if (/\p{Cc}/u.test(username)) refuse("the login holds a character that can't be printed");
  if (isPlaceholder(username)) {
    // Without the value: a password may stand here by mistake.
    refuse('the login is a placeholder of a template that nothing fills in here: write the login itself');
  }
}

/** As shells, Helm, Ansible, Windows, Azure DevOps and documents write what is to be filled in. */
function isPlaceholder(text: string): boolean {
  const isVariable = /^(?:\$\w+|\$\{[^{}]*\}|\$\([^()]*\)|%\w+%|<[^<>]*>|@\w+@|__\w+__|#\{[^{}]*\}#?)$/.test(text);
  return isVariable || (text.includes('{{') && text.includes('}}'));
}

/** Of a login of SQL Server itself. `CORP\name` would be refused there as a wrong password, for ever. */
function checkSqlLogin(value: unknown): void {
  checkUsername(value);
  const [domain = '', name] = String(value).split('\\');
  if (name === undefined) return;
  refuse(
    `${show(value)} is a Windows account: use type windows with domain ${show(domain)} and username ${show(name)}, or a login of SQL Server`,
  );
}

/** Shows no value: it may be a password in the wrong place. */
function checkPath(value: unknown): void {
  if (textOf(value, 'a file path') === '') refuse('the file path is empty');
}

/** Shows no value: it may be a password in the wrong place. */
function checkEnvironmentVariable(value: unknown): void {
  if (typeof value !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) {
    refuse('this is not the name of an environment variable: letters, digits and underscores, without `$`');
  }
}

function checkOneOf(value: unknown, allowed: readonly string[], kind: string): void {
  if (typeof value === 'string' && allowed.includes(value)) return;
  const close = typeof value === 'string' ? nearest(value, allowed) : null;
  refuse(
    `${show(value)} is not ${kind}: ${close === null ? `use ${alternatives(allowed)}` : `did you mean ${close}?`}`,
  );
}

function checkMapping(value: unknown): void {
  // A section that is absent keeps its default, null.
  if (value !== mappingValue && value !== null) refuse(`${showKind(value)} is not a mapping: give keys under it`);
}

function checkList(value: unknown): void {
  if (!Array.isArray(value)) refuse(`${showKind(value)} is not a list: start each item with \`- \``);
}

function checkFilledList(value: unknown): void {
  checkList(value);
  if (Array.isArray(value) && value.length === 0) refuse('the list is empty: give at least one item or remove the key');
}

/** Shows no value: a password may be in the wrong place. */
function checkWindowsDomain(value: unknown): void {
  if (!windowsDomainPattern.test(textOf(value, 'the name of a Windows domain'))) {
    refuse('this is not the name of a Windows domain: CORP, or corp.example');
  }
}
