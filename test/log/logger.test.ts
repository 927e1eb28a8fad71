import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger, formatLogfmt, type LogFormat, type LogLevel, logFormats } from '../../src/log/logger.ts';
import { fc } from '../fuzz/property.ts';

function collect(level: LogLevel, format: LogFormat): { lines: string[]; log: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  return { lines, log: createLogger({ level, format, write: (line) => lines.push(line) }) };
}

const logfmtCases: readonly [unknown, string][] = [
  ['plain', 'k=plain'],
  ['two words', 'k="two words"'],
  ['', 'k=""'],
  ['say "hi"', 'k="say \\"hi\\""'],
  ['a=b', 'k="a=b"'],
  ['first\nlevel=error msg=forged', 'k="first\\nlevel=error msg=forged"'],
  ['\u202egnp', 'k="\\u202egnp"'],
  [17, 'k=17'],
  [true, 'k=true'],
  [null, 'k=null'],
];

for (const [value, line] of logfmtCases) {
  test(`logfmt writes ${JSON.stringify(value)} as ${line}`, () => {
    assert.equal(formatLogfmt({ k: value }), line);
  });
}

test('no value can break a logfmt line or forge a field', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const line = formatLogfmt({ k: value, end: 1 });
      assert.match(line, /^k=("(?:[^"\\]|\\.)*"|[^\s"=]+) end=1$/su);
      assert.doesNotMatch(line, /[\n\r\u2028\u2029]/u);
    }),
  );
});

test('a json line is one object with time, level, msg and the fields', () => {
  const { lines, log } = collect('info', 'json');
  log.warn('poll failed', { server: 'sql-1', reason: 'timeout' });
  const record = JSON.parse(lines.join(''));
  assert.deepEqual(Object.keys(record), ['level', 'time', 'server', 'reason', 'msg']);
  assert.equal(record.level, 'warn');
  assert.equal(record.msg, 'poll failed');
  assert.ok(!Number.isNaN(Date.parse(record.time)));
});

/** Next line, bidi override, line separator, a tag beyond U+FFFF, a surrogate that stands alone, delete. */
const deceptive = ['\u009b', '\u0085', '\u202e', '\u2028', '\u2029', '\u{e0041}', '\ud800', '\u007f', '\u200b'];

for (const format of ['json', 'logfmt'] as const) {
  for (const character of deceptive) {
    const name = `U+${character.codePointAt(0)?.toString(16)}`;
    test(`${name} is escaped in ${format}, and programs read the original`, () => {
      const { lines, log } = collect('info', format);
      log.info('told', { name: `a${character}b` });
      const line = lines.join('');
      assert.doesNotMatch(line.slice(0, -1), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const value = JSON.parse(line.match(/[ ,"]name"?[=:]("(?:[^"\\]|\\.)*")/)?.[1] ?? '');
      assert.equal(value, `a${character}b`);
    });
  }

  test(`a line stays short in ${format}, however long a text is`, () => {
    const { lines, log } = collect('info', format);
    log.info('told', { version: 'x'.repeat(8_000_000), after: 'it' });
    assert.ok(lines.join('').length < 5000);
    assert.match(lines.join(''), /xxx… \(8000000 characters\).*after/);
  });
}

test('lines below the level are not written', () => {
  const { lines, log } = collect('warn', 'logfmt');
  log.debug('no');
  log.info('no');
  log.warn('yes');
  log.error('yes');
  assert.equal(lines.length, 2);
});

test('a field named like a secret is never written', () => {
  for (const format of ['json', 'logfmt'] as const) {
    const { lines, log } = collect('debug', format);
    log.info('login', { password: 'hunter2', token: 'hunter2' });
    assert.doesNotMatch(lines.join(''), /hunter2/);
  }
});

test('what is not known is left out, in both formats', () => {
  for (const format of logFormats) {
    const lines: string[] = [];
    createLogger({ level: 'info', format, write: (line) => lines.push(line) }).warn('poll failed', {
      view: null,
      n: 0,
    });
    assert.match(lines[0] ?? '', /"?n"?[=:]0/);
    assert.doesNotMatch(lines[0] ?? '', /view|null/);
  }
});
