import { basename } from 'node:path';
import { parseYaml } from '../file/document.ts';
import { TextFileError } from '../file/text-file.ts';
import type { YamlMapping } from '../file/yaml-tree.ts';
import type { Located } from '../value/mapping.ts';
import { type ConfigProblem, inLineOrder } from '../value/problem.ts';
import { parseGoDuration } from './formats.ts';
import { headersSchema, httpServerSchema, rateLimitSchema, webSchema } from './schema.ts';
import { absent, collectingContext, type FileStamps, readSection, type WebContext } from './section.ts';
import { readWebTls } from './tls.ts';
import { readUsers } from './users.ts';
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
