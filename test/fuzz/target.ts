/** The exporter as the fuzzer has it: a process of its own, which polls as often as it can. Started by fuzz.ts. */
import { startExporter } from '../../src/cli/exporter.ts';
import type { ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret.ts';
import { createLogger } from '../../src/log/logger.ts';

interface Target {
  readonly servers: readonly { readonly name: string; readonly port: number; readonly isStrict: boolean }[];
  readonly ca: string;
}

const { servers, ca } = JSON.parse(process.argv[2] ?? '') as Target;
const authentication = { type: 'sql_login', username: 'milink', password: secretOf('pässwörd-✓') } as const;
const exporter = await startExporter({
  config: {
    pollIntervalSeconds: 0.1,
    pollTimeoutSeconds: 2,
    views: {},
    links: [],
    servers: servers.map(({ name, port, isStrict }): ServerConfig => {
      const tls = { ca: isStrict ? ca : null, serverName: 'localhost', trustServerCertificate: false };
      return { name, host: '127.0.0.1', port, authentication, tls: { mode: isStrict ? 'strict' : 'off', ...tls } };
    }),
  },
  sources: [{ host: '127.0.0.1', port: 0 }],
  logger: createLogger({ level: 'info', format: 'json', write: (line) => process.stdout.write(line) }),
});
process.stdout.write(`${JSON.stringify({ port: exporter.addresses[0]?.port })}\n`);
process.once('SIGTERM', () => {
  void exporter.stop().then(() => process.exit(0));
});
