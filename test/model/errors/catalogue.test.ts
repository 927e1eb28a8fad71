import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeError, errorCatalogue, errorSubjects } from '../../../src/model/errors/catalogue.ts';
import { errorSeverities, errorSources } from '../../../src/model/errors/description.ts';

/** Written by hand, apart from the catalogue: the seven errors of Microsoft's pages on the link. */
const documentedLinkErrors = [41962, 41973, 41974, 41976, 41977, 41986, 47521];

/** Other messages of the link, from the list of messages 41400 to 49999. */
const otherLinkErrors = [
  41429, 41947, 41948, 41949, 41950, 41951, 41952, 41954, 41955, 41956, 41957, 41958, 41959, 41960, 41961, 41963, 41964,
  41965, 41968, 41969, 41970, 42033,
];

/** Numbers of SQL Server in general that people see when a link has trouble. */
const generalErrors = [
  976, 1408, 1412, 1418, 1475, 1480, 2812, 9002, 9642, 9666, 9691, 9692, 9693, 19499, 28034, 28036, 28045, 28047, 28048,
  28080, 28091, 33309, 35201, 35202, 35203, 35204, 35205, 35206, 35207, 35217, 35250, 35264, 35267,
];

const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((one, other) => one - other);

describe('the catalogue of errors', () => {
  test('has every number of the hand-written list and no other', () => {
    assert.deepEqual(
      ascending(errorCatalogue.map(({ number }) => number)),
      ascending([...documentedLinkErrors, ...otherLinkErrors, ...generalErrors]),
    );
  });

  test('begins with the seven errors of creating a link, all of them critical', () => {
    const seven = errorCatalogue.slice(0, 7);
    assert.deepEqual(
      seven.map(({ number }) => number),
      documentedLinkErrors,
    );
    assert.ok(seven.every(({ severity }) => severity === 'critical'));
  });

  test("says which numbers are the link's own", () => {
    assert.deepEqual(
      ascending(errorCatalogue.filter(({ isLinkError }) => isLinkError).map(({ number }) => number)),
      ascending([...documentedLinkErrors, ...otherLinkErrors]),
    );
  });

  test('has each number and each name once', () => {
    assert.equal(new Set(errorCatalogue.map(({ number }) => number)).size, errorCatalogue.length);
    assert.equal(new Set(errorCatalogue.map(({ name }) => name)).size, errorCatalogue.length);
    assert.equal(new Set(errorSubjects.map(({ title }) => title)).size, errorSubjects.length);
  });

  test('marks as transient only what the server repeats or reconnects by itself', () => {
    assert.deepEqual(
      ascending(errorCatalogue.filter(({ transient }) => transient).map(({ number }) => number)),
      [35206, 35267, 41954, 41955, 41956, 41958, 41959, 41960, 41961],
    );
  });

  test('says what is not known from a source', () => {
    for (const number of [976, 1418, ...documentedLinkErrors]) {
      assert.notEqual(describeError(number)?.unverified, undefined, `${number}`);
    }
  });
});

describe('an entry of the catalogue', () => {
  for (const error of errorCatalogue) {
    test(`${error.number} is complete and well-formed`, () => {
      assert.match(error.name, /^[a-z]+(_[a-z]+){0,5}$/);
      assert.ok(error.name.length <= 40, error.name);
      assert.ok(errorSeverities.includes(error.severity));
      assert.ok(error.likelyCauses.length > 0 && error.whatToDo.length > 0 && error.seenIn.length > 0);
      assert.ok(error.seenIn.every((source) => errorSources.includes(source)));
      for (const list of [error.seenIn, error.likelyCauses, error.whatToDo]) {
        assert.equal(new Set<string>(list).size, list.length, 'said twice');
      }
      const unverified = error.unverified === undefined ? [] : [error.unverified];
      for (const text of [error.meaning, ...error.likelyCauses, ...error.whatToDo, ...unverified]) {
        assertPlainSentence(text);
      }
      assert.doesNotMatch(error.meaning, /\. /, 'the meaning is one sentence');
    });
  }

  test('is found by its number, and nothing is found by others', () => {
    for (const error of errorCatalogue) {
      assert.equal(describeError(error.number), error);
    }
    for (const number of [0, -41962, 41962.5, 41971, 41975, Number.NaN, Number.MAX_SAFE_INTEGER]) {
      assert.equal(describeError(number), null);
    }
  });
});

function assertPlainSentence(text: string): void {
  assert.match(text, /^[A-Z`]/, `begins with a capital: ${text}`);
  assert.match(text, /(?:\.|[;)]`|[a-z]`)$/, `ends as a sentence or with a statement: ${text}`);
  assert.match(text, /^[ -~]+$/, `ASCII in one line: ${text}`);
  assert.doesNotMatch(text, / {2}|^ | $/, `blanks: ${text}`);
  assert.equal(text.split('`').length % 2, 1, `code spans are closed: ${text}`);
  assert.ok(text.length >= 15 && text.length <= 300, `length ${text.length}: ${text}`);
}
