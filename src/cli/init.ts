import { open } from 'node:fs/promises';
import { type Command, CommandError, exitCodes, type Terminal } from './command.ts';
import { type FlagValues, flagValue } from './flags/flag.ts';
import { configFileFlag } from './reading/config-file.ts';

/** deploy/milink.minimal.yaml, which a test holds to be the same: an image has no such file. */
export const minimalConfiguration = `# A start: replace the host names, the names of the link and of the databases, and set the two environment variables.
# Every key there is: deploy/milink-exporter.example.yaml. What the logins need: milink-exporter grants.
servers:
  # One end of the link: the SQL Server.
  - name: sql-server
    host: sql01.corp.example
    authentication: { type: sql_login, username: milink, password_env: MILINK_SQL_SERVER_PASSWORD }
    # Where no authority that this machine knows vouches for its certificate (docs/authorities.md):
    # tls: { ca_file: corp-root.pem }
  # The other end: the managed instance.
  - name: managed-instance
    host: mi-prod.0123abcd.database.windows.net
    authentication: { type: sql_login, username: milink, password_env: MILINK_MANAGED_INSTANCE_PASSWORD }
links:
  # So that a link that vanishes is an alert. managed_instance: the first part of its host name.
  - { link: DAG_Sales, managed_instance: mi-prod, databases: [Sales] }
`;

/** Writes a configuration to begin with. It asks nothing and never touches a file that is there. */
export const init: Command = {
  name: 'init',
  summary: 'Write a configuration of ten lines to begin with, where there is none',
  flags: [{ ...configFileFlag, help: 'The file to write.' }],
  run: runInit,
};

async function runInit(values: FlagValues, terminal: Terminal): Promise<number> {
  const path = flagValue(values, configFileFlag);
  await writeNew(path, minimalConfiguration);
  const flag = path === configFileFlag.default ? '' : ` --config.file=${path}`;
  terminal.writeOut(
    [
      `wrote ${path}`,
      'Next:',
      '  1. put your host names and the name of the link into it',
      '  2. export MILINK_SQL_SERVER_PASSWORD=... MILINK_MANAGED_INSTANCE_PASSWORD=...',
      `  3. milink-exporter check${flag}`,
      '     polls every server once and says what is wrong, also with the logins;',
      `     milink-exporter grants --for=sql-server${flag} prints what a login needs`,
      `  4. milink-exporter${flag}`,
      '     serves http://localhost:10522/ and /metrics',
      '',
    ].join('\n'),
  );
  return exitCodes.ok;
}

const reasonByCode: Readonly<Record<string, string>> = {
  EEXIST: 'is there already: nothing was written. Another file: --config.file=PATH',
  ENOENT: 'can not be written: its folder does not exist',
  EACCES: 'can not be written: its folder is not yours to write to',
  EROFS: 'can not be written: its file system is read-only',
};

async function writeNew(path: string, text: string): Promise<void> {
  try {
    // Whole or not at all: `wx` takes no file that is there, and so follows no link either.
    await using file = await open(path, 'wx', 0o644);
    await file.writeFile(text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CommandError(`${path} ${reasonByCode[code] ?? `can not be written (${code})`}`);
  }
}
