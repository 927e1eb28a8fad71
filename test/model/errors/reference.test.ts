import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCatalogue, errorSubjects } from '../../../src/model/errors/catalogue.ts';
import { messageCatalogue } from '../../../src/model/errors/messages.ts';
import { notLinkErrors, numberRanges } from '../../../src/model/errors/ranges.ts';
import { errorReference } from '../../../src/model/errors/reference.ts';

const reference = errorReference();

test('the tables have one row per error, below the heading of its subject, and lead to its section', () => {
  assert.deepEqual(
    [...reference.matchAll(/^\| \[(\d+)\]\(#error-(\d+)\) \|/gm)].map(([, number, anchor]) => [number, anchor]),
    errorCatalogue.map(({ number }) => [`${number}`, `${number}`]),
  );
  assert.deepEqual(
    [...reference.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
    [
      ...errorSubjects.map(({ title }) => title),
      'Messages without a number',
      'Which numbers are here',
      'Not about a link',
      'Each error',
    ],
  );
});

test('every error has one section with its anchor, causes and steps', () => {
  const sections = reference.split('<a id="').slice(1);
  assert.equal(sections.length, errorCatalogue.length + messageCatalogue.length);
  for (const [index, error] of errorCatalogue.entries()) {
    const section = sections[index] ?? '';
    assert.ok(section.startsWith(`error-${error.number}"></a>\n\n### ${error.number} ${error.name}\n`), section);
    assert.equal(section.match(/^- /gm)?.length, error.likelyCauses.length, section);
    assert.equal(section.match(/^\d+\. /gm)?.length, error.whatToDo.length, section);
    assert.equal(section.includes('Unverified: '), error.unverified !== undefined, section);
  }
});

test('every row of a table has as many cells as its heading', () => {
  for (const row of reference.match(/^\|.*$/gm) ?? []) {
    assert.equal(row.split(/(?<!\\)\|/).length, 6, row);
  }
});

test('what looks like HTML is code', () => {
  const withoutCode = reference
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/<a id="(?:error-\d+|message-\w+)"><\/a>/g, '')
    .replaceAll(/^Its text has: .*$/gm, '');
  assert.deepEqual(withoutCode.match(/<(?!!--).*/g), null);
  assert.match(reference, /`[^`\n]*<[^`\n]*`/);
});

test('says which neighbours are not about a link', () => {
  for (const number of notLinkErrors.keys()) {
    assert.match(reference, new RegExp(`^- ${number}: `, 'm'));
  }
});

test('says of each range which numbers are there, and finds a number by a piece of its text', () => {
  for (const { first, last } of numberRanges) {
    assert.match(reference, new RegExp(`^\\| ${first} to ${last} \\| here \\| \\[\\d+\\]`, 'm'));
  }
  assert.match(reference, /### 1478 .*\n\nIts text has: "has insufficient transaction log data"/);
  assert.match(reference, /### invalid_public_blob\n\nIts text has: "Invalid public blob specified"/);
});
