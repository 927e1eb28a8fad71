import type { Config } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';

/** A configuration from the names of its servers and those that each link lists, as `a b`. */
export function configOf(servers: string, links: readonly string[]): Config {
  return {
    pollIntervalSeconds: 15,
    pollTimeoutSeconds: 10,
    views: {},
    servers: words(servers).map((name) => ({
      name,
      host: `${name}.example`,
      port: 1433,
      authentication: { type: 'sql_login', username: 'milink', password: secretOf('') },
      tls: { mode: 'encrypt', ca: null, serverName: null, trustServerCertificate: false },
    })),
    links: links.map((ends, index) => ({
      name: `DAG_${index}`,
      managedInstance: 'mi',
      servers: words(ends),
      databases: [],
    })),
  };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
