import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { gzipMember, joinDeflated, openDeflate } from '../../src/metrics/gzip-member.ts';
import { fc } from '../fuzz/property.ts';

const anyBytes = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 400 }))
  .map(([bytes, times]) => Buffer.concat(Array.from({ length: times }, () => bytes)));

test('two parts compressed apart are one gzip member with both, and the first can be used again', async () => {
  await fc.assert(
    fc.asyncProperty(anyBytes, anyBytes, anyBytes, async (first, second, third) => {
      const open = await openDeflate(first);
      for (const rest of [second, third]) {
        const unpacked = gunzipSync(Buffer.concat(gzipMember(open, rest)));
        assert.equal(unpacked.compare(Buffer.concat([first, rest])), 0);
      }
    }),
  );
});

test('any number of parts compressed apart are one gzip member, its checksum put together from theirs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyBytes, { maxLength: 5 }), anyBytes, async (parts, rest) => {
      const joined = joinDeflated(await Promise.all(parts.map(openDeflate)));
      const unpacked = gunzipSync(Buffer.concat(gzipMember(joined, rest)));
      assert.equal(unpacked.compare(Buffer.concat([...parts, rest])), 0);
    }),
  );
});
