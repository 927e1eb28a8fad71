import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inMaster } from '../../src/check/report/fill-step.ts';
import { errorCatalogue } from '../../src/model/errors/catalogue.ts';
import { messageCatalogue } from '../../src/model/errors/messages.ts';
import { pages, textOf } from './calls.ts';

const begins = (text: string): boolean => inMaster({ text, template: text }).text === text;
const inlineCode = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => (/^[A-Z]+ .*;$/.test(code) ? [code] : []));

test('a statement of the catalogue of errors that is refused outside of master says USE master', () => {
  const steps = [...errorCatalogue, ...messageCatalogue].flatMap(({ whatToDo }) => whatToDo.flatMap(inlineCode));
  assert.ok(steps.length > 50, `${steps.length} statements`);
  assert.deepEqual(
    steps.filter((statement) => !begins(statement)),
    [],
  );
  assert.ok(steps.some((statement) => statement.startsWith('USE master; GRANT CONNECT ON ENDPOINT')));
});

test('so does a block of statements of a page', () => {
  const blocks = pages.flatMap((page) =>
    [...textOf(page).matchAll(/^ *```t?sql\n(.*?)^ *```$/gms)].map(([, code = '']) => ({
      page,
      code: code.replaceAll(/^ *--.*\n/gm, '').trim(),
    })),
  );
  assert.ok(blocks.length > 20, `${blocks.length} blocks`);
  assert.deepEqual(
    blocks.filter(({ code }) => !begins(code)),
    [],
  );
});
