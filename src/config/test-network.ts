import { readAuthentication } from './authentication/read.ts';
import type { TestLogin } from './config.ts';
import { testNetworkSchema } from './schema.ts';
import { type Context, itemsOf, type Mapping, readMapping } from './value/mapping.ts';
import { alternatives, nearest, show } from './value/wording.ts';

/** Reads who logs in for `test-network`. Each server is among `serverNames`, once. */
export async function readTestLogins(
  top: Mapping<{ test_network: null }>,
  serverNames: readonly string[],
  context: Context,
): Promise<readonly TestLogin[]> {
  const logins: TestLogin[] = [];
  for (const at of itemsOf(top, 'test_network')) {
    const mapping = readMapping(testNetworkSchema, at, context.report);
    const authentication = await readAuthentication(mapping.given('authentication'), context);
    const server = mapping.values.server ?? '';
    const given = mapping.given('server');
    if (given !== null && logins.some((login) => login.server === server)) {
      context.report(given.path, given.line, `${show(server)} is listed twice`);
    } else if (given !== null && serverNames.length > 0 && !serverNames.includes(server)) {
      const guess = nearest(server, serverNames);
      const hint = guess === null ? `use ${alternatives(serverNames.map(show))}` : `did you mean ${show(guess)}?`;
      context.report(given.path, given.line, `no server ${show(server)} in the configuration: ${hint}`);
    }
    logins.push({ server, authentication });
  }
  return logins;
}
