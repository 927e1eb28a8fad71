import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acceptsGzip, negotiateFormat } from '../../src/metrics/negotiate.ts';

const text = 'text/plain; version=0.0.4; charset=utf-8';
const text1 = 'text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8';
const openmetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores';
const openmetricsUtf8 = 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8';

/** Accept headers as programs send them. */
const cases: Readonly<Record<string, readonly [string | undefined, string]>> = {
  'no header': [undefined, text],
  'empty header': ['', text],
  curl: ['*/*', text],
  'a browser': ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', text],
  'Prometheus 1': ['text/plain;version=0.0.4;q=1,*/*;q=0.1', text],
  'Prometheus 2.30, which asks for a draft of OpenMetrics': [
    'application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    text,
  ],
  'Prometheus 2.42': [
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    openmetrics,
  ],
  'Prometheus 3': [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    openmetricsUtf8,
  ],
  'Prometheus 3 with legacy names': [
    'application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    openmetrics,
  ],
  'Prometheus 3, protobuf first': [
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    openmetricsUtf8,
  ],
  'Prometheus 3, text only': [
    'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3',
    text1,
  ],
  'Prometheus 3, text 0.0.4 first': [
    'text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.2',
    text,
  ],
  'protobuf only': ['application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily', text],
  'an escaping that we can not claim': ['application/openmetrics-text;version=1.0.0;escaping=dots', openmetrics],
  'an escaping that tries to inject': ['application/openmetrics-text;version=1.0.0;escaping="a\r\nb"', openmetrics],
  'OpenMetrics without a version': ['application/openmetrics-text', openmetrics],
  'OpenMetrics 2': ['application/openmetrics-text;version=2.0.0,text/plain;q=0.1', text],
  'OpenMetrics refused': ['application/openmetrics-text;version=1.0.0;q=0,*/*;q=0.1', text],
  'OpenMetrics refused with decimals': ['application/openmetrics-text;q=0.000', text],
  'capitals, blanks and quotes': [
    ' Application/OpenMetrics-Text ; Version="1.0.0" ; Q=0.9 , text/plain;q=0.8',
    openmetrics,
  ],
  'a weight that is none refuses its clause': ['application/openmetrics-text;q=high, text/plain;q=0.1', text],
  'the first of equals': ['text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0', text],
  'a comma within quotes': ['text/html;a="x,application/openmetrics-text",*/*;q=0.1', text],
  'a quote that never ends': ['text/plain;a="', text],
  garbage: [';;;,,,=;q', text],
};

describe('Accept', () => {
  for (const [name, [accept, contentType]] of Object.entries(cases)) {
    test(name, () => {
      const answer = negotiateFormat(accept);
      assert.equal(answer.contentType, contentType);
      assert.equal(answer.format, contentType.startsWith('text/') ? 'text' : 'openmetrics');
    });
  }
});

const encodings: Readonly<Record<string, readonly [string | undefined, boolean]>> = {
  'no header': [undefined, false],
  'empty header': ['', false],
  Prometheus: ['gzip', true],
  'Prometheus without compression': ['identity', false],
  'a browser': ['gzip, deflate, br, zstd', true],
  'the old name': ['x-gzip', true],
  refused: ['gzip;q=0, *', false],
  'refused with blanks and capitals': ['GZIP ; Q=0.0', false],
  'any but identity': ['*;q=0.5, identity;q=0', true],
  any: ['*', true],
  'identity liked better': ['identity;q=1, gzip;q=0.5', false],
  'liked as well as identity': ['identity, gzip', true],
  'something else': ['br, zstd', false],
};

describe('Accept-Encoding', () => {
  for (const [name, [header, expected]] of Object.entries(encodings)) {
    test(name, () => assert.equal(acceptsGzip(header), expected));
  }
});
