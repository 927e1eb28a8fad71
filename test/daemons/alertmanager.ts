import { type Daemon, type Place, type Scope, startDaemon, temporaryFolder } from './daemon.ts';

/** Starts Debian's Alertmanager with a configuration file, alone, its data in a folder of its own unless told otherwise. */
export async function startAlertmanager(scope: Scope, configFile: string, place?: Place): Promise<Daemon> {
  const own = place ?? { data: await temporaryFolder(scope) };
  return startIn(scope, own, [`--config.file=${configFile}`, '--cluster.listen-address=']);
}

/** Starts two that know of each other: what one has sent the other does not send again. */
export async function startAlertmanagerPair(scope: Scope, configFile: string): Promise<readonly [Daemon, Daemon]> {
  const start = async (peer: readonly string[]): Promise<Daemon> =>
    startIn(scope, { data: await temporaryFolder(scope) }, [
      `--config.file=${configFile}`,
      '--cluster.listen-address=127.0.0.1:0',
      '--cluster.advertise-address=127.0.0.1:0',
      // The second waits this long for word of the first.
      '--cluster.peer-timeout=1s',
      ...peer,
    ]);
  const first = await start([]);
  return [first, await start([`--cluster.peer=${await clusterAddress(first)}`])];
}

async function clusterAddress({ url }: Daemon): Promise<string> {
  const response = await fetch(`${url}/api/v2/status`);
  const { cluster } = (await response.json()) as { cluster: { peers: readonly { readonly address: string }[] } };
  return cluster.peers[0]?.address ?? '';
}

function startIn(scope: Scope, { data, address }: Place, args: readonly string[]): Promise<Daemon> {
  return startDaemon(scope, 'prometheus-alertmanager', [`--storage.path=${data}`, ...args], address);
}
