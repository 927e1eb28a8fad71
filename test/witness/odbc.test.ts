import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

type Failure = readonly [state: string, text: string];

interface Answer {
  /** When the login was refused; nothing else is there then. */
  readonly refused?: Failure;
  /** Rows by result set, each value as Python writes it. */
  readonly login: Sets;
  readonly wrongPassword: Failure;
  readonly parameters: Sets;
  readonly rows: Sets;
  readonly several: Sets;
  readonly values: Sets;
  readonly notSimulated: Failure;
  readonly typesOfServer: Failure;
  readonly doesNotExist: Failure;
  readonly lateError: Failure;
  readonly timedOut: Failure;
  readonly afterwards: Sets;
}

type Sets = readonly (readonly (readonly string[])[])[];

/** Debian's python3-pyodbc over unixODBC and the ODBC driver of FreeTDS, in a process of its own. */
async function ask({ freeTdsFile }: WitnessPair): Promise<Answer> {
  const client = join(import.meta.dirname, 'odbc-client.py');
  // Debian's own interpreter, and the driver by its file: no odbcinst.ini of the machine is needed.
  const running = promisify(execFile)('/usr/bin/python3', [client], { env: { LC_ALL: 'C.UTF-8' } });
  running.child.stdin?.end(JSON.stringify({ freeTdsFile, driver: 'libtdsodbc.so' }));
  return JSON.parse((await running).stdout);
}

for (const wire of wires) {
  test(`pyodbc over ODBC gets what a server gives, ${wire}`, async (context) => {
    const witness = await startWitnessPair(wire);
    context.after(() => witness.close());
    const answer = await ask(witness);
    const told = (failure: Failure): string => `${failure[0]} ${/\((\d+)\)/.exec(failure[1])?.[1]}`;

    assert.equal(answer.refused, undefined);
    assert.deepEqual(answer.login, [[["'milink'", "'master'"]]]);
    assert.equal(told(answer.wrongPassword), '42000 18456');
    // The driver asks sp_datatype_info how precise a time is; without an answer it sends whole seconds.
    const moment = 'datetime.datetime(2026, 11, 21, 10, 0)';
    assert.deepEqual(answer.parameters, [[['42', "'Größe 数'", "Decimal('12.50')", moment, 'None']]]);
    assert.equal(told(answer.typesOfServer), '42000 40514');
    assert.deepEqual(answer.rows, [[["'master'"]]]);
    assert.deepEqual(answer.several, [[['1']], [['None', '2']], []]);
    const precise = 'datetime.datetime(2026, 11, 21, 10, 0, 0, 123000)';
    const dates = ['datetime.date(2026, 11, 21)', precise, precise];
    assert.deepEqual(answer.values, [[['None', ...dates, 'True', '9000000000', String.raw`b'\x01\x02'`, "''"]]]);
    assert.equal(told(answer.notSimulated), '42000 40514');
    assert.match(answer.notSimulated[1], /not simulated: sys\.dm_os_wait_stats/);
    assert.equal(told(answer.doesNotExist), '42S02 208');
    assert.equal(told(answer.lateError), '22012 8134');
    assert.equal(answer.timedOut[0], 'HYT00');
    assert.deepEqual(answer.afterwards, [[['7']]]);

    if (wire === 'tls') {
      // Any certificate that is not behind the server's will do.
      const stranger = await startWitnessPair('tls');
      context.after(() => stranger.close());
      await witness.configureFreeTds({ authorityFile: stranger.authorityFile });
      assert.equal((await ask(witness)).refused?.[0], '08001');
    }
  });
}
