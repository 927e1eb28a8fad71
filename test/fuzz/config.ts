import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/value/problem.ts';
import { readWebConfig } from '../../src/config/web/load.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { type Random, randomOf } from './random.ts';
import { oddText } from './texts.ts';

const root = resolve(import.meta.dirname, '../..');
const examples = ['deploy/milink-exporter.example.yaml', 'deploy/web-config.example.yaml'].map((path) =>
  readFileSync(join(root, path), 'utf8').split('\n'),
);

/**
 * Reads one odd file as both configurations. Throws for anything but a list of problems: that would be a stack trace for
 * whoever wrote the file.
 */
export async function readOddConfig(folder: string, seed: number, index: number): Promise<void> {
  const random = randomOf(seed, index);
  const path = join(folder, 'odd.yaml');
  const text = Buffer.from(oddLines(examples[index % 2] ?? [], random).join('\n'));
  await writeFile(path, random.chance(0.3) ? mutateBytes(text, random) : text);
  try {
    await loadConfig(path, { env: {} });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
  await readWebConfig(path);
}

function oddLines(lines: readonly string[], random: Random): readonly string[] {
  const odd = [...lines];
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(odd.length);
    const line = odd[at] ?? '';
    const changed: readonly string[] = random.of([
      [],
      [line, line],
      [`${' '.repeat(random.below(9))}${line.trimStart()}`],
      [line.replace(/: .*$/, () => `: ${oddText(random)}`)],
      [
        line.replace(
          /: .*$/,
          () =>
            `: ${random.of(['*a', '&a [*a]', '!!binary x', '{a: {a: 1', '1e999', '0x7fffffff', '~', '[]', '{}', '.nan', '|'])}`,
        ),
      ],
      [`${line.replace(/\S.*/, '')}? ${'['.repeat(random.below(300))}`],
    ]);
    odd.splice(at, 1, ...changed);
  }
  return odd;
}
