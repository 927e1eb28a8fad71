import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { describe, type TestContext } from 'node:test';
import type { Config, ServerConfig } from '../../../src/config/config.ts';
import { Secret } from '../../../src/config/secret/secret.ts';
import { type Pair, type PairOptions, startPair } from '../../../src/simulator/pair.ts';
import { password, worldMilliseconds } from '../harness.ts';
import { type Switchboard, startSwitchboard } from '../switchboard.ts';
import { itSurvives, type PollFault } from './poll-fault.ts';

function withSqlServer(config: Config, change: Partial<ServerConfig>): Config {
  return {
    ...config,
    servers: config.servers.map((server, index) => (index === 0 ? { ...server, ...change } : server)),
  };
}

/** The SQL Server's name is in the hosts file, until it is not. */
function nameService(context: TestContext): PollFault {
  const host = 'sql01.corp.example';
  const read = fs.readFileSync;
  let isKnown = true;
  const withHost = (...[path, ...rest]: Parameters<typeof fs.readFileSync>): ReturnType<typeof fs.readFileSync> =>
    path === '/etc/hosts' ? (isKnown ? `127.0.0.1 ${host}\n` : '') : read(path, ...rest);
  const mocked = context.mock.method(fs, 'readFileSync', withHost as typeof fs.readFileSync);
  syncBuiltinESMExports();
  context.after(() => {
    mocked.mock.restore();
    syncBuiltinESMExports();
  });
  return {
    options: { configure: (config) => withSqlServer(config, { host }) },
    begin: ({ pair }) => {
      isKnown = false;
      pair.sqlServer.restart();
    },
    end: () => {
      isKnown = true;
    },
  };
}

/** The password file no longer holds the login's password, until it is corrected. */
function rotatedPassword(): PollFault {
  let current = password;
  const secret = new Secret(async () => current);
  return {
    options: {
      configure: (config) =>
        withSqlServer(config, { authentication: { type: 'sql_login', username: 'milink', password: secret } }),
    },
    begin: ({ pair }) => {
      current = `${password}-of-last-month`;
      pair.sqlServer.restart();
    },
    end: () => {
      current = password;
    },
  };
}

interface Exchange {
  /** What shows another certificate for a while. */
  readonly impostor: PairOptions;
  readonly isTrusted: boolean;
  readonly tls?: Partial<ServerConfig['tls']>;
}

/** Another certificate is installed on the SQL Server for a while: an equal server answers in its place. */
async function exchangedCertificate(context: TestContext, { impostor, isTrusted, tls }: Exchange): Promise<PollFault> {
  const accounts = [{ name: 'milink', password }];
  const other = await startPair({ scenario: 'healthy', clock: () => worldMilliseconds, accounts, ...impostor });
  context.after(() => other.close());
  let switchboard: Switchboard | null = null;
  const tlsOf = (server: ServerConfig, pair: Pair): ServerConfig['tls'] => ({
    ...server.tls,
    ca: [pair.certificateAuthority, ...(isTrusted ? [other.certificateAuthority] : [])].join('\n'),
    ...tls,
  });
  return {
    options: {
      prepare: async ({ sqlServer }) => {
        switchboard = await startSwitchboard(context, sqlServer);
      },
      configure: (config, pair) => {
        const [server] = config.servers;
        if (switchboard === null || server === undefined) return config;
        return withSqlServer(config, { port: switchboard.port, tls: tlsOf(server, pair) });
      },
    },
    begin: () => switchboard?.leadTo(other.sqlServer),
    end: ({ pair }) => switchboard?.leadTo(pair.sqlServer),
  };
}

describe('a fault of connecting', { concurrency: 3 }, () => {
  itSurvives({
    name: 'nothing listens on the port',
    failures: [[null, 'refused']],
    fault: () => ({
      begin: ({ pair }) => pair.sqlServer.stop(),
      end: ({ pair }) => pair.sqlServer.start(),
    }),
  });

  itSurvives({ name: 'the name does not resolve', failures: [[null, 'dns']], fault: nameService });

  itSurvives({
    name: 'the password is wrong',
    failures: [[null, 'login']],
    rests: 'until_noticed',
    fault: rotatedPassword,
  });

  itSurvives({
    name: 'nobody vouches for the certificate',
    failures: [[null, 'tls']],
    rests: 'until_asked',
    message: /nobody who is trusted vouches for the certificate of the server/,
    fault: (context) => exchangedCertificate(context, { impostor: {}, isTrusted: false }),
  });

  itSurvives({
    name: 'the certificate has another host name',
    failures: [[null, 'tls']],
    rests: 'until_asked',
    message: /the certificate of the server is for another name .*Host: localhost. is not in the cert's altnames/,
    fault: (context) =>
      exchangedCertificate(context, {
        impostor: { certificateNames: { sqlServer: ['sql02.corp.example'] } },
        isTrusted: true,
      }),
  });

  itSurvives({
    name: 'the certificate of a TDS 8 server has another host name',
    failures: [[null, 'tls']],
    rests: 'until_asked',
    message: /the certificate of the server is for another name .*Host: localhost. is not in the cert's altnames/,
    fault: (context) =>
      exchangedCertificate(context, {
        impostor: { certificateNames: { sqlServer: ['sql02.corp.example'] } },
        isTrusted: true,
        tls: { mode: 'strict' },
      }),
  });

  itSurvives({
    name: 'the server offers no encryption any more',
    failures: [[null, 'tls']],
    rests: 'until_asked',
    message: /does not (offer|support) encryption/,
    fault: (context) => exchangedCertificate(context, { impostor: { encryption: 'off' }, isTrusted: false }),
  });
});
