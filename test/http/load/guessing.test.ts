import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { test } from 'node:test';
import { hashes } from '../../config/web/files.ts';
import { startProtected, webFolder } from '../protected-service.ts';

const web = `basic_auth_users: { alice: ${hashes.b} }\n`;

/** The status of an answer to a login, over connections of this agent. */
function ask(url: string, agent: Agent, [user, password]: readonly [string, string]): Promise<number> {
  return new Promise((resolve, reject) => {
    get(`${url}/-/healthy`, { agent, auth: `${user}:${password}` }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject);
  });
}

for (const [name, userOf] of [
  ['the same user', () => 'alice'],
  ['other users', (index: number) => `user${index}`],
] as const) {
  test(`a hundred connections that guess without end, for ${name}, keep no good login out`, async (context) => {
    const { url } = await startProtected(context, await webFolder(context), { web });
    const guessers = new Agent({ keepAlive: true, maxSockets: 100 });
    const own = new Agent({ keepAlive: true });
    let isOver = false;
    const statuses = new Set<number>();
    const guess = async (index: number): Promise<void> => {
      for (let count = 0; !isOver; count += 1)
        statuses.add(await ask(url, guessers, [userOf(index), `guess ${index} ${count}`]));
    };
    const all = Promise.all(Array.from({ length: 100 }, (_, index) => guess(index)));
    // All of them are being compared, or wait for it.
    await ask(url, guessers, ['alice', 'guess']);
    const good: number[] = [];
    for (let count = 0; count < 5; count += 1) good.push(await ask(url, own, ['alice', 'opensesame']));
    isOver = true;
    await all;
    for (const agent of [guessers, own]) agent.destroy();
    assert.deepEqual(good, [200, 200, 200, 200, 200]);
    assert.deepEqual([...statuses], [401]);
  });
}
