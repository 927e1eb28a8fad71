import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is to be drawn, and how large, in pixels. */
export interface Picture {
  readonly page: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a page to a PNG file with Debian's Chromium, which gets a new profile in the folder and no network.
 * @throws Error with what Chromium said when it draws nothing.
 */
export async function screenshot({ page, width, height }: Picture, folder: string, file: string): Promise<void> {
  const source = join(folder, 'page.html');
  await writeFile(source, page);
  const chromium = spawn(
    'chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      `--user-data-dir=${join(folder, 'profile')}`,
      `--window-size=${width},${height}`,
      `--screenshot=${file}`,
      pathToFileURL(source).href,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  chromium.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(chromium, 'close');
  if (code !== 0) throw new Error(`chromium ended with ${code}: ${said}`);
}
