import { basename } from 'node:path';
import { parseYaml } from '../file/document.ts';
import { TextFileError } from '../file/text-file.ts';
import { joinPath, type YamlMapping } from '../file/yaml-tree.ts';
import type { Located } from '../value/mapping.ts';
import { type ConfigProblem, inLineOrder } from '../value/problem.ts';
import { showKind } from '../value/wording.ts';
import { parseGoDuration } from './formats.ts';
import { headersSchema, httpServerSchema, rateLimitSchema, webSchema } from './schema.ts';
import { absent, collectingContext, type FileStamps, readSection, type WebContext } from './section.ts';
import { readWebTls } from './tls.ts';
import type { RateLimit, WebConfig } from './web-config.ts';

/** What reading the file gave. */
export interface WebConfigReading {
  /** Null when there are problems. */
  readonly config: WebConfig | null;
  /** In the order of the file, never with a secret. */
  readonly problems: readonly ConfigProblem[];
  /** Of a file without problems. */
  readonly warnings: readonly ConfigProblem[];
  /** Of every file that was read, or tried: when none of them changes, reading again gives the same. */
  readonly stamps: FileStamps;
}

/** Reads and checks the web configuration file and the files that it names. Rejects for a defect only. */
export async function readWebConfig(path: string): Promise<WebConfigReading> {
  const { context, problems, warnings, stamps } = collectingContext(path);
  const root = await readRoot(path, context);
  const config = root === null ? null : await readTop(root, context);
  return {
    config: problems.length === 0 ? config : null,
    problems: inLineOrder(problems),
    warnings: problems.length === 0 ? inLineOrder(warnings) : [],
    stamps,
  };
}

async function readRoot(path: string, { report, readFile }: WebContext): Promise<YamlMapping | null> {
  try {
    // The context's paths start at the folder of the file itself.
    return parseYaml(await readFile(basename(path)), report, { firstKey: 'tls_server_config', mayBeEmpty: true });
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    report('', null, error.message);
    return null;
  }
}

async function readTop(root: YamlMapping, context: WebContext): Promise<WebConfig> {
  const top = readSection(webSchema, { path: '', line: root.line, node: root }, context.report);
  const place = (key: keyof typeof webSchema): Located => top.given(key) ?? absent(key);
  const http = readSection(httpServerSchema, place('http_server_config'), context.report);
  const { http2 } = http.values;
  return {
    http2,
    tls: await readWebTls(place('tls_server_config'), http2, context),
    headers: readHeaders(http.given('headers') ?? absent('headers'), context),
    users: readUsers(place('basic_auth_users'), context),
    rateLimit: readRateLimit(place('rate_limit'), context),
  };
}

function readHeaders(at: Located, { report }: WebContext): WebConfig['headers'] {
  const { values } = readSection<Readonly<Record<string, string | null>>>(headersSchema, at, report);
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function readRateLimit(at: Located, { report }: WebContext): RateLimit | null {
  const section = readSection(rateLimitSchema, at, report);
  const { interval, burst } = section.values;
  const intervalSeconds = parseGoDuration(String(interval)) ?? 0;
  if (intervalSeconds === 0) return null;
  // The toolkit's bucket then never holds a request: it would answer 429 to all of them, for ever.
  if (burst === 0 && !section.reported('burst'))
    report(at.path, at.line, 'with a burst of 0 every request would be refused: give at least burst: 1');
  return { intervalSeconds, burst };
}

/** The versions that bcryptjs knows, costs from 4 to 31, 22 characters of salt and 31 of hash. */
const bcryptPattern = /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

/**
 * Below, whoever reads the file guesses the password soon. Beyond, one comparison takes longer than any scrape waits, and
 * who names that user, with whatever password, keeps all others waiting for as long.
 */
const [lowestCost, highestCost] = [8, 16];

/** Reads `basic_auth_users`: hashes by user. No message shows a user or a hash: both may be a password in the wrong place. */
function readUsers(at: Located, { report, warn }: WebContext): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  if (at.node.kind !== 'mapping') {
    report(at.path, at.line, 'not a mapping: give users as keys and their bcrypt hashes as values');
    return users;
  }
  for (const { key, line, value } of at.node.entries) {
    const path = joinPath(at.path, key);
    const hash = value.kind === 'scalar' ? value.value : value.kind;
    if (key === null) report(path, line, 'the user is not a text: put it in quotes');
    // RFC 7617 section 2: the first colon ends the user.
    else if (key === '' || key.includes(':')) report(path, line, 'a user is a text without a colon');
    else if (typeof hash !== 'string') report(path, line, `${showKind(hash)} is not a bcrypt hash: ${howToHash}`);
    else if (!bcryptPattern.test(hash))
      report(path, line, `this is not a bcrypt hash ($2a$, $2b$ or $2y$): ${howToHash}`);
    else {
      if (costOf(hash) > highestCost)
        warn(
          path,
          line,
          `a hash of cost ${costOf(hash)} makes each login slow: 10 is usual, each step doubles the time`,
        );
      if (costOf(hash) < lowestCost)
        warn(path, line, `a hash of cost ${costOf(hash)} is quickly guessed by whoever reads this file: 10 is usual`);
      users.set(key, hash);
    }
  }
  return users;
}

const howToHash = 'make one with `htpasswd -nBC 10 USER`';

/** The binary logarithm of the work that a bcrypt hash takes. */
export function costOf(hash: string): number {
  return Number(hash.slice(4, 6));
}
