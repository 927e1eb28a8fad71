import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, escapeHtml, html, named } from '../../../src/http/status/html.ts';
import { fc } from '../../fuzz/property.ts';

test('what is put into a template is text, HTML stays HTML, lists are joined, null leaves nothing', () => {
  const inner = html`<b>${'<i>'}</b>`;
  const { markup } = html`<p title="${'a "b" & \'c\''}">${inner}${[1, html`<br>`, 'x']}${null}</p>`;
  assert.equal(markup, '<p title="a &#34;b&#34; &#38; &#39;c&#39;"><b>&#60;i&#62;</b>1<br>x</p>');
});

test('characters that would turn or hide the text around them are shown by their numbers', () => {
  assert.equal(named('a\u202eb\u0000c').markup, '<bdi>a\\u{202e}b\\u{0}c</bdi>');
  assert.equal(escapeHtml('\ud800'), '\ufffd');
});

test('an attribute for programs keeps every character', () => {
  assert.equal(attribute('a\u202e"\n').markup, 'a\u202e&#34;\n');
});

test('no text whatsoever becomes markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(html`${text}`.markup, /[<>"']|&(?!#\d+;)/);
      assert.doesNotMatch(attribute(text).markup, /[<>"']|&(?!#\d+;)/);
    }),
  );
});
