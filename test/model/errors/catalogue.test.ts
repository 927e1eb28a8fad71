import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeError, errorCatalogue, errorSubjects } from '../../../src/model/errors/catalogue.ts';
import { errorEnds, errorSeverities, errorSources } from '../../../src/model/errors/description.ts';
import { messageCatalogue, messageFragments } from '../../../src/model/errors/messages.ts';

/** Written by hand, apart from the catalogue: the seven errors of Microsoft's pages on the link. */
const documentedLinkErrors = [41962, 41973, 41974, 41976, 41977, 41986, 47521];

/** Other messages of the link, from the list of messages 41400 to 49999. */
const otherLinkErrors = [
  41429, 41947, 41948, 41949, 41950, 41951, 41952, 41954, 41955, 41956, 41957, 41958, 41959, 41960, 41961, 41963, 41964,
  41965, 41968, 41969, 41970, 41988, 42033, 47500, 47501, 47502, 47503, 47504, 47505, 47506, 47507, 47508, 47509, 47510,
  47511, 47512, 47513, 47514, 47515, 47516, 47517, 47518, 47519, 47520, 47522,
];

/** What public reports of people who make, fail over and remove links are full of. */
const reportedErrors = [
  946, 1478, 5133, 7862, 15281, 19405, 19407, 22022, 35279, 41096, 41131, 41145, 41169, 41190, 41414, 41418, 41922,
  41938, 47106, 47107,
];

/** Their neighbours in the same lists. */
const neighbours = [
  1465, 1466, 1467, 1468, 1469, 1488, 35221, 35232, 35244, 35251, 35253, 35274, 35276, 35287, 35288, 41042, 41106,
  41122, 41142, 41153, 41159, 41191, 41904, 41937, 47105, 47122, 47129,
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
      ascending([...documentedLinkErrors, ...otherLinkErrors, ...generalErrors, ...reportedErrors, ...neighbours]),
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

  test('says for each number that people report at which end it is met', () => {
    for (const number of reportedErrors) {
      assert.ok(
        errorEnds.some((end) => end === describeError(number)?.end),
        `${number}`,
      );
    }
  });

  test('has a piece of the text of each number, and none of others', () => {
    assert.deepEqual(ascending([...messageFragments.keys()]), ascending(errorCatalogue.map(({ number }) => number)));
    const texts = [...messageFragments.values()];
    assert.equal(new Set(texts).size, texts.length);
  });

  test('shows no statement that can lose data: these are shown for a server and with a precondition only', () => {
    const all = [...errorCatalogue, ...messageCatalogue];
    const statements = all.flatMap(({ whatToDo }) => whatToDo.flatMap((step) => step.match(/`[^`]+`/g) ?? []));
    const destroying =
      /FORCE_FAILOVER|SET \(ROLE|\bDROP (?:AVAILABILITY|DATABASE)\b|\bREMOVE DATABASE\b|\bRESTORE\b|PARTNER OFF/;
    assert.deepEqual(
      statements.filter((statement) => destroying.test(statement)),
      [],
    );
  });

  test('has the message of a bare public key, and asks for the whole certificate', () => {
    const [message] = messageCatalogue;
    assert.equal(message?.name, 'invalid_public_blob');
    assert.match(message.whatToDo.join(' '), /whole certificate.*CERTENCODED/);
    assert.match(describeError(41973)?.whatToDo.join(' ') ?? '', /whole certificate.*CERTENCODED/);
  });

  test('says what is not known from a source', () => {
    for (const number of [976, 1418, ...documentedLinkErrors]) {
      assert.notEqual(describeError(number)?.unverified, undefined, `${number}`);
    }
  });
});

describe('an entry of the catalogue', () => {
  for (const error of [...errorCatalogue, ...messageCatalogue]) {
    test(`${'number' in error ? error.number : error.name} is complete and well-formed`, () => {
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
