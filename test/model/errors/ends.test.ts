import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorCatalogue } from '../../../src/model/errors/catalogue.ts';
import type { ErrorEnd } from '../../../src/model/errors/description.ts';
import { messageCatalogue } from '../../../src/model/errors/messages.ts';
import { statementEngine } from '../../../src/model/errors/step.ts';
import type { Engine } from '../../../src/model/server.ts';
import { suspendReasons } from '../../../src/model/suspend-reason.ts';

const engines = ['sql_server', 'managed_instance'] as const satisfies readonly Engine[];

const names: Readonly<Record<Engine, RegExp>> = {
  sql_server: /SQL Server(?! Agent)/,
  managed_instance: /managed instance/,
};

/** What only the people of a machine or of its SQL Server can do, in words. */
const byHand =
  /[Rr]estart (?:it|SQL)|\blog backups of\b|\b[Tt]ake a (?:full|log) backup|[Cc]onfiguration Manager|\bfolder there\b|\benlarge the file or the disk\b|[Dd]rop the stale copy/;

/** Where an entry is met, when this engine is the primary: both where it may be either. */
function metAt(end: ErrorEnd | undefined, primary: Engine): readonly Engine[] {
  switch (end) {
    case 'sql_server':
    case 'managed_instance':
      return [end];
    case 'primary':
      return [primary];
    case 'secondary':
      return engines.filter((engine) => engine !== primary);
    default:
      return engines;
  }
}

/** The engines at which somebody would do this step: those that it names, otherwise where the error is met. */
function doneAt(step: string, end: ErrorEnd | undefined, primary: Engine): readonly Engine[] {
  const words = step.replaceAll(/`[^`]*`/g, '');
  const named = engines.filter((engine) => names[engine].test(words));
  return named.length > 0 ? named : metAt(end, primary);
}

/** The engine that alone can do the step; null for both. */
function neededBy(step: string): Engine | null {
  const statements = (step.match(/`[^`]*`/g) ?? []).map((each) => statementEngine(each));
  return statements.find((engine) => engine !== null) ?? (byHand.test(step) ? 'sql_server' : null);
}

const entries = [
  ...errorCatalogue.map(({ number, whatToDo, end }) => ({ title: `${number}`, whatToDo, end })),
  ...messageCatalogue.map(({ name, whatToDo, end }) => ({ title: name, whatToDo, end })),
  ...suspendReasons.map(({ name, whatToDo }) => ({ title: name, whatToDo, end: undefined })),
];

describe('no step of the catalogue is for an end that cannot do it', () => {
  for (const primary of engines) {
    test(`while the primary is the ${primary}`, () => {
      const wrong = entries.flatMap(({ title, whatToDo, end }) =>
        whatToDo.flatMap((step, index) => {
          const needed = neededBy(step);
          // "there": the server of the step before it.
          const place = / there[,:. ]/.test(step) ? [whatToDo[index - 1] ?? '', step].join(' ') : step;
          return needed === null || doneAt(place, end, primary).includes(needed) ? [] : [`${title}: ${step}`];
        }),
      );
      assert.deepEqual(wrong, []);
    });
  }

  test('and those are found that can not', () => {
    const backup = "Take a log backup at the primary: `BACKUP LOG [database] TO DISK = N'<file>';`";
    assert.equal(neededBy(backup), 'sql_server');
    assert.deepEqual(doneAt(backup, 'primary', 'managed_instance'), ['managed_instance']);
    assert.equal(neededBy('Read it: `EXEC sp_get_endpoint_certificate @endpoint_type = 4;`'), 'managed_instance');
    assert.equal(neededBy('Look: `SELECT name, state_desc FROM sys.databases;`'), null);
  });

  test('an entry for one engine does not send people to the other with what the other cannot do', () => {
    for (const { number, whatToDo, end } of errorCatalogue) {
      if (end !== 'managed_instance') continue;
      assert.ok(
        whatToDo.every((step) => neededBy(step) !== 'sql_server'),
        `${number}`,
      );
    }
  });
});
