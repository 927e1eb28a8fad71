import type { ListenSource } from '../../http/listen.ts';
import {
  parseExternalUrl,
  parseRoutePrefix,
  parseTelemetryPath,
  WebPathError,
  type WebPaths,
} from '../../http/web-paths.ts';
import { CommandError, type Terminal } from '../command.ts';
import { type Flag, type FlagValues, flagValue, isSet, UsageError, wholeNumber } from '../flags/flag.ts';
import { listenAddresses, listenAddressFlag } from '../flags/service.ts';

const webConfigFileFlag: Flag = {
  name: 'web.config.file',
  group: 'Web',
  value: 'PATH',
  mayBeEmpty: true,
  help: 'Web configuration file for TLS, client certificates, users, headers and a rate limit; docs/web-configuration.md describes it.',
};

const systemdSocketFlag: Flag = {
  name: 'web.systemd-socket',
  group: 'Web',
  help: 'Listen on the sockets that systemd passes on, in the place of --web.listen-address.',
};

const telemetryPathFlag: Flag = {
  name: 'web.telemetry-path',
  group: 'Web',
  value: 'PATH',
  default: '/metrics',
  help: 'Path of the metrics.',
};

const externalUrlFlag: Flag = {
  name: 'web.external-url',
  group: 'Web',
  value: 'URL',
  help: 'URL at which the exporter is reached from elsewhere, as behind a proxy; links start with its path.',
};

const routePrefixFlag: Flag = {
  name: 'web.route-prefix',
  group: 'Web',
  value: 'PREFIX',
  help: 'Prefix of the path of everything. Default: the path of --web.external-url',
};

const maxRequestsFlag: Flag = {
  name: 'web.max-requests',
  group: 'Web',
  value: 'COUNT',
  default: '40',
  help: 'Scrapes that are answered at a time, others get a 503; 0 for no limit.',
};

const disableExporterMetricsFlag: Flag = {
  name: 'web.disable-exporter-metrics',
  group: 'Web',
  help: 'Leave out the metrics about the exporter itself: its process, Node, requests and pages.',
};

const enableLifecycleFlag: Flag = {
  name: 'web.enable-lifecycle',
  group: 'Web',
  help: 'Taken as Prometheus has it, and without effect: POST /-/reload is always there.',
};

const disableDebugFlag: Flag = {
  name: 'web.disable-debug',
  group: 'Web',
  help: 'Turn off the debug view of the status page, on which a person can have a server polled.',
};

/** The flags of a service that is reached over HTTP. */
export const webFlags: readonly Flag[] = [
  listenAddressFlag,
  systemdSocketFlag,
  webConfigFileFlag,
  telemetryPathFlag,
  externalUrlFlag,
  routePrefixFlag,
  maxRequestsFlag,
  disableExporterMetricsFlag,
  enableLifecycleFlag,
  disableDebugFlag,
];

/** What the web flags say, the web configuration file not read yet. */
interface WebFlagValues {
  readonly sources: readonly ListenSource[];
  readonly paths: WebPaths;
  readonly maximumScrapes: number | null;
  readonly configFile: string | null;
  readonly hidesExporterMetrics: boolean;
  /** Whether a person may have a server polled. */
  readonly hasDebugView: boolean;
}

/** Throws UsageError for a value that can't be; CommandError when systemd has passed no socket. */
export function webFlagValues(values: FlagValues, { environment }: Pick<Terminal, 'environment'>): WebFlagValues {
  const addresses = listenAddresses(values);
  const maximum = wholeNumber(values, maxRequestsFlag, { minimum: 0, maximum: 1_000_000 });
  return {
    paths: pathsOf(values),
    maximumScrapes: maximum === 0 ? null : maximum,
    // Empty is none, as for the toolkit: scripts pass `--web.config.file="$FILE"`.
    configFile: (isSet(values, webConfigFileFlag) && flagValue(values, webConfigFileFlag)) || null,
    hidesExporterMetrics: isSet(values, disableExporterMetricsFlag),
    hasDebugView: !isSet(values, disableDebugFlag),
    sources: isSet(values, systemdSocketFlag) ? passedSockets(environment, process.pid) : addresses,
  };
}

function pathsOf(values: FlagValues): WebPaths {
  const external = isSet(values, externalUrlFlag) ? parsed(values, externalUrlFlag, parseExternalUrl) : null;
  const routePrefix = isSet(values, routePrefixFlag)
    ? parsed(values, routePrefixFlag, parseRoutePrefix)
    : (external?.path ?? '');
  return {
    routePrefix,
    linkPrefix: external?.path ?? routePrefix,
    telemetryPath: parsed(values, telemetryPathFlag, parseTelemetryPath),
    externalUrl: external?.externalUrl ?? null,
  };
}

function parsed<T>(values: FlagValues, flag: Flag, parse: (text: string) => T): T {
  try {
    return parse(flagValue(values, flag));
  } catch (error) {
    if (error instanceof WebPathError) throw new UsageError(`--${flag.name}: ${error.message}`);
    throw error;
  }
}

/** The first descriptor that is passed on: those before are standard input, output and error (sd_listen_fds(3)). */
const firstDescriptor = 3;

/** More than any unit has sockets. */
const maximumSockets = 256;

/**
 * The sockets that a service manager has opened for this process and passed on, as sd_listen_fds(3) describes it.
 * @throws CommandError when there is none, as the toolkit does.
 */
export function passedSockets(
  environment: Terminal['environment'],
  processId: number,
): readonly { readonly fileDescriptor: number }[] {
  const count = Number(environment.LISTEN_FDS);
  // The variables are inherited: a process further down must not take what was passed to its parent.
  if (environment.LISTEN_PID !== String(processId) || !Number.isInteger(count) || count < 1 || count > maximumSockets) {
    throw new CommandError(
      '--web.systemd-socket: no socket was passed on (LISTEN_PID, LISTEN_FDS): start milink-exporter from a systemd unit with a .socket, or without this flag',
    );
  }
  return Array.from({ length: count }, (_, index) => ({ fileDescriptor: firstDescriptor + index }));
}
