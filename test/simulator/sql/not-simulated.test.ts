import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, withPair } from '../pair-client.ts';
import { known, unknown } from './known-statements.ts';

test('what SQL Server knows and the simulator has not is refused as that, and the connection lives on', () =>
  withPair({}, async (pair) => {
    const pool = await connect(pair, pair.sqlServer);
    const failureOf = async (statement: string) => {
      const failure = await pool
        .request()
        .batch(statement)
        .then(
          () => ({ number: 0, message: '' }),
          (error: { number: number; message: string }) => error,
        );
      return { number: failure.number, message: failure.message };
    };
    try {
      const wrong: string[] = [];
      for (const statement of known) {
        const { number, message } = await failureOf(statement);
        if (number !== 40_514 || !message.startsWith('not simulated: '))
          wrong.push(`${number} ${statement}: ${message}`);
      }
      for (const [statement, expected] of unknown) {
        const { number, message } = await failureOf(statement);
        if (number !== expected) wrong.push(`${number} for ${expected} ${statement}: ${message}`);
      }
      assert.deepEqual(wrong, []);
      assert.equal(pair.sqlServer.counts().connections, 1);
    } finally {
      await pool.close();
    }
  }));
