/** The exporter as the fuzzer has it: a process of its own, which polls as often as it can. Started by fuzz.ts. */
import { startExporter } from '../../src/cli/serve/exporter.ts';
import type { ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import { openProtection } from '../../src/http/protection.ts';
import { defaultWebOptions } from '../../src/http/start-web.ts';
import { createLogger } from '../../src/log/logger.ts';

interface Target {
  readonly servers: readonly {
    readonly name: string;
    readonly port: number;
    readonly mode: 'off' | 'strict' | 'encrypt';
    readonly ca: string | null;
  }[];
  /** Of the exporter whose port speaks TLS. */
  readonly webConfigFile: string;
}

const { servers, webConfigFile } = JSON.parse(process.argv[2] ?? '') as Target;
const authentication = { type: 'sql_login', username: 'milink', password: secretOf('pässwörd-✓') } as const;
const logger = createLogger({ level: 'info', format: 'json', write: (line) => process.stdout.write(line) });
const exporter = await startExporter({
  config: {
    pollIntervalSeconds: 0.1,
    pollTimeoutSeconds: 2,
    views: {},
    links: [],
    servers: servers.map(({ name, port, mode, ca }): ServerConfig => {
      const tls = { mode, ca, serverName: 'localhost', trustServerCertificate: false };
      return { name, host: '127.0.0.1', port, authentication, tls };
    }),
  },
  sources: [{ host: '127.0.0.1', port: 0 }],
  logger,
});
const protection = await openProtection(webConfigFile, logger);
const secured = await startExporter({
  config: { pollIntervalSeconds: 60, pollTimeoutSeconds: 2, views: {}, links: [], servers: [] },
  sources: [{ host: '127.0.0.1', port: 0 }],
  logger,
  web: { ...defaultWebOptions, protection },
});
const [port, securedPort] = [exporter, secured].map(({ addresses }) => addresses[0]?.port);
process.stdout.write(`${JSON.stringify({ port, securedPort })}\n`);
process.once('SIGTERM', () => {
  void Promise.all([exporter.stop(), secured.stop()]).then(() => process.exit(0));
});
