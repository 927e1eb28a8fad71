import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files by their name in the folder that a program runs in. */
type Files = Readonly<Record<string, string>>;

/** Tools written in Go collect garbage a fifth as often as they would: a third of promtool's time, for 100 MB. */
const env = { ...process.env, GOGC: '800' };

/** Runs promtool in a folder that holds the given files; what it complains of fails the test. Returns what it printed. */
export const promtool = tool('promtool', 'prometheus');

/** Alertmanager's tool, in the same way. */
export const amtool = tool('amtool', 'prometheus-alertmanager');

/** Evaluates jsonnet, in the same way. */
export const jsonnet = tool('jsonnet', 'jsonnet');

function tool(program: string, debianPackage: string): (args: readonly string[], files?: Files) => string {
  return (args, files = {}) => {
    const folder = mkdtempSync(join(tmpdir(), `milink-${program}-`));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
      assert.equal(error, undefined, `${program} is in the Debian package ${debianPackage}`);
      assert.equal(status, 0, `${stdout}${stderr}`);
      return stdout;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

/** Runs promtool beside other work. What it printed on both streams is an answer, whether it complains or not. */
export function promtoolAnswer(args: readonly string[], files: Files): Promise<{ readonly printed: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'milink-promtool-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return new Promise((resolve, reject) => {
    execFile('promtool', args, { cwd: folder, env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      rmSync(folder, { recursive: true });
      // A program that could not be started has a code in letters.
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ printed: `${stdout}${stderr}` });
    });
  });
}
