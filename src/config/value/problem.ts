/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** The configuration file, as it was named on the command line. */
  readonly file: string;
  /** Like `servers[1].tls.mode`; empty when the problem is with the file as a whole. */
  readonly path: string;
  /** From 1; null when the problem is at no line. */
  readonly line: number | null;
  readonly message: string;
}

/** Collects a problem. Readers report and go on, with a default in the place of the bad value, so that none is missed. */
export interface Report {
  (path: string, line: number | null, message: string): void;
  /** What to say of a key that a mapping doesn't have, in a file other than the configuration file. */
  readonly unknownKey?: (key: string | null, allowed: readonly string[]) => string;
}

/** The configuration can't be used. `problems` holds all of them, in the order of the file, and never a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(formatProblems(problems));
    this.problems = problems;
  }
}

/** One line for each problem, as compilers print them: `milink.yaml:12: servers[1].port: ...`. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(formatProblem).join('\n');
}

function formatProblem({ file, path, line, message }: ConfigProblem): string {
  const place = line === null ? file : `${file}:${line}`;
  return [place, path, message].filter((part) => part !== '').join(': ');
}

const byPath = new Intl.Collator('en', { numeric: true });

/** The problems of one file in the order of its lines, and always in the same one. */
export function inLineOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || byPath.compare(a.path, b.path));
}
