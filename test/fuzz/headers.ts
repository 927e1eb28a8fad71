import type { Random } from './random.ts';
import { oddText } from './texts.ts';

type Texts = readonly [string, ...string[]];

const types: Texts = [
  ...(['text/plain', 'application/openmetrics-text', '*/*', 'text/*', 'application/*', 'text/html', 'a/b/c'] as const),
  ...(['application/vnd.google.protobuf', '/', ''] as const),
];
const parameters: Texts = [
  ...(['version=0.0.4', 'version=1.0.0', 'version="1.0.0"', 'version=', 'charset=utf-8', 'q="1"', 'a=";,"'] as const),
  ...(['escaping=allow-utf-8', 'escaping=underscores', 'escaping=none', ';', '='] as const),
];
const codings: Texts = ['gzip', 'identity', '*', 'br', 'zstd', 'deflate', 'x-gzip', 'GZIP', '', 'gzip gzip'];
const weights: Texts = ['0', '1', '0.5', '0.001', '1.0000', '-1', '2', '1e3', 'NaN', '.5', '0,5', ''];

function weighted(random: Random, values: Texts, extras: Texts | null): string {
  const count = random.chance(0.02) ? 2000 : 1 + random.below(5);
  return Array.from({ length: count }, () => {
    const extra = extras !== null && random.chance(0.5) ? `;${random.of(extras)}` : '';
    const weight = random.chance(0.5) ? `;${random.of(['q', 'Q', ' q '])}=${random.of(weights)}` : '';
    return random.of(values) + extra + weight;
  }).join(random.of([',', ', ', ',,', ' , ']));
}

/** One line without a line break of its own: half of them as clients send them, half of them as nobody should. */
const makers: Readonly<Record<string, (random: Random) => string>> = {
  Accept: (random) => weighted(random, types, parameters),
  'Accept-Encoding': (random) => weighted(random, codings, null),
  'If-None-Match': (random) => random.of(['*', '"x"', 'W/"x"', '"', `"${'x'.repeat(5000)}"`, '"a", "b"', 'x']),
  'If-Modified-Since': (random) => random.of(['Sun, 29 Nov 2026 12:00:00 GMT', 'yesterday', '-1', '99999999999999']),
  Range: (random) =>
    random.of([
      'bytes=0-',
      'bytes=-1',
      'bytes=5-2',
      'bytes=0-0,1-1,2-2',
      'lines=1-',
      `bytes=${'0-0,'.repeat(2000)}0-0`,
    ]),
  Host: (random) => random.of(['x', '', 'x:99999', '[::1]:80', 'x/y', 'x y', '127.0.0.1', 'a'.repeat(300), '\u00e9']),
  Authorization: (random) =>
    random.of([
      'Basic',
      'Basic eDp5',
      'Basic ====',
      'Bearer x',
      `Basic ${'A'.repeat(9000)}`,
      'basic Og==',
      'Basic \u00ff',
    ]),
  'X-Forwarded-For': (random) => random.of(['1.2.3.4', 'a, b, c', '::1', '1.2.3.4,'.repeat(1000), '']),
  'X-Forwarded-Prefix': (random) => random.of(['/x', '//evil.example', '/../..', 'javascript:1', '/<script>', '']),
  'X-Forwarded-Proto': (random) => random.of(['https', 'javascript', 'https,http', '']),
  'X-Prometheus-Scrape-Timeout-Seconds': (random) => random.of(['10', '0', '-1', '1e999', 'NaN', '0x10']),
  'Sec-Fetch-Site': (random) => random.of(['same-origin', 'cross-site', 'none', 'x']),
  Origin: (random) => random.of(['null', 'http://x', 'http://127.0.0.1', 'x']),
  Cookie: (random) => random.of(['a=b', '='.repeat(5000), 'a="']),
  'Content-Length': (random) => random.of(['5', '-1', '0', '00', '1e3', '5, 5']),
  'Transfer-Encoding': (random) => random.of(['chunked', 'identity', 'chunked, chunked', 'gzip']),
  Expect: (random) => random.of(['100-continue', 'x']),
  Connection: (random) => random.of(['close', 'keep-alive', 'Upgrade\r\nUpgrade: h2c', 'Host']),
};

const names = Object.keys(makers) as unknown as Texts;

/** Up to eight lines of a head, some of them twice. */
export function oddHeaders(random: Random): readonly string[] {
  return Array.from({ length: random.below(9) }, () => {
    const name = random.of(names);
    const value = random.chance(0.05) ? oddText(random).replaceAll(/[\r\n]/g, '') : (makers[name]?.(random) ?? '');
    return `${name}: ${value}`;
  });
}
