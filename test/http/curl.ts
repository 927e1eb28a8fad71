import { execFile } from 'node:child_process';

/** What curl printed, and its exit code: 0 when there was an answer, whatever it was. */
export interface Curled {
  readonly exitCode: number;
  readonly status: number;
  readonly httpVersion: string;
  readonly body: string;
  readonly headers: string;
}

/** Runs curl for one URL. `status` is 0 without an answer. */
export function curl(url: string, ...args: readonly string[]): Promise<Curled> {
  const own = ['--silent', '--include', '--max-time', '60', '--write-out', '\n%{http_code} %{http_version}'];
  return new Promise((resolve) => {
    execFile('curl', [...own, ...args, url], (error, stdout) => {
      const [, text = '', status = '0', httpVersion = ''] = /^(.*)\n(\d+) ([\d.]+)$/s.exec(stdout) ?? [];
      const end = text.lastIndexOf('\r\n\r\n');
      resolve({
        exitCode: typeof error?.code === 'number' ? error.code : 0,
        status: Number(status),
        httpVersion,
        headers: text.slice(0, Math.max(0, end)),
        body: end === -1 ? '' : text.slice(end + 4),
      });
    });
  });
}
