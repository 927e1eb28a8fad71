import { createHmac, scryptSync } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { alternatives, show } from '../config/value/wording.ts';
import { type RecordedServer, recordViews } from '../poll/once/record-views.ts';
import { systemClock } from '../poll/time/clock.ts';
import { connect } from '../sql/mssql-connection.ts';
import { createPseudonyms, type KeyedDigest } from '../views/pseudonyms.ts';
import { type Command, CommandError, exitCodes, type Terminal } from './command.ts';
import { type Flag, type FlagValues, flagValue, flagValueList, UsageError } from './flags/flag.ts';
import { configFileFlag, loadConfigFile } from './reading/config-file.ts';
import { version } from './version.ts';

const forFlag: Flag = {
  name: 'for',
  group: 'Output',
  value: 'SERVER',
  isRepeatable: true,
  help: 'A server of the configuration. Give it once for each end of a link: what belongs together still does in the file.',
};

/** What a file of this command begins with: `simulate --replay` reads no other. */
const recordingFormat = 'milink-exporter recording 1';

const notes = [
  'Reads each view once, as a poll does, and changes nothing. The file is written to',
  'standard output. Names, addresses, identifiers and thumbprints are replaced, each',
  'always by the same, also in another file of the same configuration; certificates',
  'and the texts of errors are left out. Read it before you give it away.',
  '`simulate --replay=FILE` plays it back; two files of one server each, as a pair.',
];

/**
 * With a key from what the configuration names: whoever has the file only can't try names, and two recordings of one
 * configuration call each thing by the same name, also when each is of one end of a link.
 */
function digestOf({ servers, links }: Config): KeyedDigest {
  const names = servers.map(({ name, host, port, instance }) => [name, host, port ?? null, instance ?? null]);
  const secret = JSON.stringify([names, links.map(({ name, managedInstance }) => [name, managedInstance])]);
  const key = scryptSync(secret, recordingFormat, 32);
  return (kind, text) => createHmac('sha256', key).update(`${kind} ${text}`).digest();
}

/** Writes what the views of servers returned, for an issue. */
export const record: Command = {
  name: 'record',
  summary: 'Write what the views of a server return, without its names, to attach to an issue',
  flags: [configFileFlag, forFlag],
  notes,
  run: runRecord,
};

async function runRecord(values: FlagValues, terminal: Terminal): Promise<number> {
  const loaded = await loadConfigFile(flagValue(values, configFileFlag), terminal);
  if (loaded === null) return exitCodes.failed;
  const { servers, pollTimeoutSeconds: timeoutSeconds } = loaded.config;
  const names = servers.map(({ name }) => name);
  const chosen = flagValueList(values, forFlag);
  const hint = `use ${alternatives(names.map(show))}`;
  if (chosen.length === 0) throw new UsageError(`--${forFlag.name} is missing: ${hint}`);
  for (const name of chosen) {
    if (!names.includes(name))
      throw new UsageError(`--${forFlag.name}: no server ${show(name)} in the configuration: ${hint}`);
  }
  const pseudonyms = createPseudonyms(digestOf(loaded.config));
  const options = { connect, clock: systemClock, pseudonyms, timeoutSeconds, stop: terminal.stop };
  const recorded: RecordedServer[] = [];
  for (const server of servers.filter(({ name }) => chosen.includes(name))) {
    const result = await recordViews(server, options);
    if ('reason' in result) throw new CommandError(`${server.name}: ${result.reason}: ${result.message}`);
    recorded.push(result);
  }
  const document = { format: recordingFormat, exporter: version, servers: recorded };
  terminal.writeOut(`${JSON.stringify(document, null, 1)}\n`);
  return exitCodes.ok;
}
