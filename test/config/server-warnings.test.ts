import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHere } from '../cli/fake-terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const managedInstance = 'mi-prod.0123abcd.database.windows.net';
const ownLogin = 'type: sql_login, username: milink, password_env: P';

interface Case {
  readonly what: string;
  readonly server: string;
  readonly login?: string;
  /** Null: nothing to say. */
  readonly warning: RegExp | null;
}

const cases: readonly Case[] = [
  {
    what: 'the port of the endpoint',
    server: 'host: a.example, port: 5022',
    warning: /\.port: 5022 is usually the end/,
  },
  {
    what: 'the port of SQL Server Browser',
    server: 'host: a.example, port: 1434',
    warning: /\.port: 1434 is usually SQL/,
  },
  {
    what: 'the port of the public endpoint without its name',
    server: `host: ${managedInstance}, port: 3342`,
    warning: /\.port: 3342 is the port of the public endpoint/,
  },
  {
    what: 'a port that a managed instance redirects to',
    server: `host: ${managedInstance}, port: 11003`,
    warning: /\.port: a managed instance sends clients on to 11000 to 11999 by itself: give 1433/,
  },
  {
    what: 'a server of Azure SQL Database',
    server: 'host: app.database.windows.net',
    warning: /\.host: "app\.database\.windows\.net" names a server of Azure SQL Database, which has no links/,
  },
  {
    what: 'NTLM at a managed instance',
    server: `host: ${managedInstance}`,
    login: 'type: windows, domain: CORP, username: milink, password_env: P',
    warning: /\.authentication\.type: a managed instance takes no NTLM/,
  },
  {
    what: 'sa',
    server: 'host: a.example',
    login: 'type: sql_login, username: SA, password_env: P',
    warning: /\.authentication\.username: sa has every right: `milink-exporter grants --for=s`/,
  },
  { what: 'a SQL Server at a port of its own', server: 'host: a.example, port: 11003', warning: null },
  { what: 'a named instance', server: 'host: a.example, instance: PROD', warning: null },
  { what: 'a managed instance', server: `host: ${managedInstance}`, warning: null },
  {
    what: 'the public endpoint',
    server: 'host: mi-prod.public.0123abcd.database.windows.net, port: 3342',
    warning: null,
  },
  {
    what: 'a managed instance of another cloud',
    server: 'host: mi.0123abcd.database.usgovcloudapi.net',
    warning: null,
  },
  { what: 'a host with database in its name', server: 'host: database.corp.example', warning: null },
];

test('--config.check warns of what is probably not meant, and stays valid', async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, 'milink.yaml');
  for (const { what, server, login = ownLogin, warning } of cases) {
    await writeFile(path, `servers:\n  - { name: s, ${server}, authentication: { ${login} } }\n`);
    const { code, out, error } = await runHere(['--config.check', `--config.file=${path}`], {
      environment: { P: 'secret' },
    });
    assert.deepEqual([what, code, error], [what, 0, '']);
    const lines = out.trim().split('\n');
    assert.match(lines.at(-1) ?? '', /is valid: 1 server, 0 expected links$/, what);
    assert.equal(lines.length, warning === null ? 1 : 2, `${what}: ${out}`);
    if (warning !== null) assert.match(lines[0] ?? '', warning, what);
  }
});
