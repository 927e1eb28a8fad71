import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';

test("the daemon is loaded without Node's second HTTP client", () => {
  const daemon = JSON.stringify(resolve(import.meta.dirname, '../../src/cli/serve/exporter.ts'));
  const program = `await import(${daemon}); process.stdout.write(process.moduleLoadList.join('\\n'));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  const loaded = stdout.split('\n');
  assert.ok(loaded.includes('NativeModule http'), stdout);
  assert.deepEqual(
    loaded.filter((name) => name.includes('undici')),
    [],
  );
});
