import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../cli/process.ts';
import { startPairs } from './pairs.ts';
import { scrape, values } from './scrape.ts';

const root = resolve(import.meta.dirname, '../..');
const password = 'Pa55-of-the-bench';
const pollIntervalSeconds = 15;

/** What the compiled package takes with two servers of five databases, scraped as by Prometheus for so many intervals. */
export async function benchCompiled(intervals: number, say: (text: string) => void): Promise<string> {
  say('compiling');
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' });
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const pairs = startPairs({ databases: 5, account: { name: 'milink', password }, folder });
  try {
    await pairs.grow(1);
    const servers = pairs.ends().map(({ name, host, port, ca }) => ({
      ...{ name, host, port },
      authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
      tls: { ca_file: ca, server_name: 'localhost' },
    }));
    await writeFile(join(folder, 'milink.yaml'), JSON.stringify({ poll_interval: `${pollIntervalSeconds}s`, servers }));
    const args = [join(root, 'dist/main.js'), '--web.listen-address=127.0.0.1:0'];
    // As the image and the unit set it.
    const env = { PASSWORD: password, MALLOC_ARENA_MAX: '2' };
    const exporter = startProgram(process.execPath, args, { cwd: folder, env });
    try {
      const [, port] = await exporter.seen(/address=127\.0\.0\.1:(\d+)/);
      const resident: number[] = [];
      for (let interval = 0; interval < intervals; interval += 1) {
        await wait(pollIntervalSeconds * 1000);
        const page = await scrape(`http://127.0.0.1:${port}/metrics`);
        resident.push((values(page, 'process_resident_memory_bytes')[0] ?? Number.NaN) / 1e6);
      }
      return `two servers, compiled: resident MB after each interval\n${resident.map((each) => each.toFixed(0)).join(' ')}\n`;
    } finally {
      exporter.process.kill();
      await exporter.finished;
    }
  } finally {
    await pairs.close();
    await rm(folder, { recursive: true });
  }
}
