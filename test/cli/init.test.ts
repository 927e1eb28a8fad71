import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { minimalConfiguration } from '../../src/cli/init.ts';
import { runHere } from './fake-terminal.ts';

const root = resolve(import.meta.dirname, '../..');

describe('init', () => {
  const folder = mkdtempSync(join(tmpdir(), 'milink-init-'));
  after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'milink.yaml');

  it('writes a configuration that is valid, and says what comes next', async () => {
    const terminal = await runHere(['init', `--config.file=${path}`]);
    assert.equal(terminal.code, 0, terminal.error);
    assert.match(terminal.out, new RegExp(`^wrote ${path}\nNext:[^]*check --config.file=${path}\n`));
    assert.equal(readFileSync(path, 'utf8'), minimalConfiguration);
    const checking = await runHere([`--config.file=${path}`, '--config.check'], {
      environment: { MILINK_SQL_SERVER_PASSWORD: 'a', MILINK_MANAGED_INSTANCE_PASSWORD: 'b' },
    });
    assert.equal(checking.code, 0, checking.error);
    assert.match(checking.out, /is valid: 2 servers, 1 expected link\n$/);
  });

  it('never touches a file that is there', async () => {
    writeFileSync(path, 'mine\n');
    const terminal = await runHere(['init', `--config.file=${path}`]);
    assert.equal(terminal.code, 1, terminal.error);
    assert.match(terminal.error, /milink\.yaml is there already: nothing was written/);
    assert.equal(readFileSync(path, 'utf8'), 'mine\n');
  });

  it('says what is wrong with the folder', async () => {
    const terminal = await runHere(['init', `--config.file=${join(folder, 'none/milink.yaml')}`]);
    assert.equal(terminal.code, 1, terminal.error);
    assert.match(terminal.error, /can not be written: its folder does not exist\n$/);
  });

  it('is what a command without its file names', async () => {
    const terminal = await runHere(['check', `--config.file=${join(folder, 'none.yaml')}`]);
    assert.equal(terminal.code, 3);
    assert.match(terminal.error, /none\.yaml: the file does not exist: milink-exporter init writes one/);
  });

  it('writes what deploy/ shows', () => {
    assert.equal(readFileSync(join(root, 'deploy/milink.minimal.yaml'), 'utf8'), minimalConfiguration);
  });
});
