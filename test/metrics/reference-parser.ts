import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Format } from '../../src/metrics/exposition.ts';

export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly help: string;
  readonly samples: readonly ParsedSample[];
}

/** Debian's python3-prometheus-client in a process of its own, which parses page after page. */
export interface ReferenceParser {
  /** Rejects with the parser's complaint about a page that it does not accept. */
  readonly parse: (text: string, format: Format) => Promise<readonly ParsedFamily[]>;
  readonly stop: () => Promise<void>;
}

export function startReferenceParser(): ReferenceParser {
  // Debian's own interpreter: another python3 first on the PATH does not see Debian's modules.
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'reference-parser.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PYTHONIOENCODING: 'utf-8' },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    parse: async (text, format) => {
      child.stdin.write(`${JSON.stringify({ text, format })}\n`);
      const answer = await answers.next();
      if (answer.done) throw new Error('the reference parser ended: is python3-prometheus-client installed?');
      const { families, error } = JSON.parse(answer.value);
      if (error) throw new Error(`the reference parser refuses the page: ${error}\n${text}`);
      return families;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
