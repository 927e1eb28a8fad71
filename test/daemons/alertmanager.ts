import { type Daemon, type Scope, startDaemon, temporaryFolder } from './daemon.ts';

/** Starts Debian's Alertmanager with a configuration file, alone, its data in a folder of its own. */
export async function startAlertmanager(scope: Scope, configFile: string): Promise<Daemon> {
  const data = await temporaryFolder(scope);
  return startDaemon(scope, 'prometheus-alertmanager', [
    `--config.file=${configFile}`,
    `--storage.path=${data}`,
    '--cluster.listen-address=',
  ]);
}
