import { setTimeout as wait } from 'node:timers/promises';
import { askService, type HealthProbe, HealthProbeError, refusalText } from '../../http/health-probe.ts';
import { exitCodeOfSeverity } from '../../link/severity.ts';
import type { Line } from '../../terminal/line.ts';
import { type Span, span, type Tone, visibleJson } from '../../text/visible.ts';
import { CommandError } from '../command.ts';
import { UsageError } from '../flags/flag.ts';
import type { Output } from './output.ts';

/** A report of thousands of links stays below. */
const maximumBytes = 64 * 1024 * 1024;

export interface UrlCheckOptions {
  readonly probe: HealthProbe;
  readonly names: readonly string[];
  readonly output: Output;
  readonly isJson: boolean;
  /** Null: once. */
  readonly intervalSeconds: number | null;
  readonly stop: AbortSignal;
}

/**
 * Shows what a running exporter knows, in place of polling: no server is asked, and no login of one is needed.
 * @throws CommandError where it can't be asked, UsageError for a link that it does not know
 */
export async function checkUrl(options: UrlCheckOptions): Promise<number> {
  const { probe, names, output, isJson, intervalSeconds, stop } = options;
  const [path, width] = isJson ? ['check', {}] : ['check/screen', { width: String(output.columns()) }];
  for (;;) {
    const document = await askApi(probe, path, [
      ...Object.entries(width),
      ...names.map((name) => ['link', name] as const),
    ]);
    const code = numberIn(document, 'exit_code') ?? exitCodeOfSeverity.unknown;
    const isWatched = intervalSeconds !== null;
    if (isJson) output.writeJson(visibleJson(JSON.stringify(document, null, isWatched ? 0 : 2)));
    else if (isWatched)
      output.refreshLines(linesOf(document), `every ${intervalSeconds} s from ${probe.url.host}, Ctrl-C ends`);
    else output.writeLines(linesOf(document));
    if (intervalSeconds === null) return code;
    await wait(intervalSeconds * 1000, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return code;
  }
}

/** Asks a place of the API. */
export async function askApi(
  probe: HealthProbe,
  path: string,
  query: readonly (readonly [string, string])[],
): Promise<unknown> {
  // A slash at its end says nothing; what the URL asks for is the API's to say.
  const { origin, pathname } = probe.url;
  const url = new URL(`${origin}${pathname.endsWith('/') ? pathname.slice(0, -1) : pathname}/api/v1/${path}`);
  for (const [name, value] of query) url.searchParams.append(name, value);
  try {
    const { status, body } = await askService({ ...probe, url }, maximumBytes);
    if (status === 404 && body.includes('no link has this name'))
      throw new UsageError(`--link: ${probe.url.host} knows no link of this name`);
    if (status !== 200) throw new CommandError(`${url.href}: ${refusalText(status, probe)}`);
    return parsed(body, url);
  } catch (error) {
    if (error instanceof HealthProbeError) throw new CommandError(`${url.href}: ${error.message}`);
    throw error;
  }
}

function parsed(body: string, url: URL): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new CommandError(`${url.href}: the answer is not JSON: is this the URL of a milink-exporter?`);
  }
}

function numberIn(document: unknown, key: string): number | null {
  const value = isRecord(document) ? document[key] : null;
  return typeof value === 'number' ? value : null;
}

const tones: readonly string[] = ['plain', 'strong', 'faint', 'good', 'warning', 'bad', 'open'] satisfies Tone[];

/** Nothing of it is taken for granted, and nothing that a terminal obeys is let through. */
function linesOf(document: unknown): readonly Line[] {
  const lines = isRecord(document) && Array.isArray(document.lines) ? document.lines : [];
  return lines.map((line: unknown) => (Array.isArray(line) ? line.flatMap(spanOf) : []));
}

function spanOf(value: unknown): readonly Span[] {
  if (!isRecord(value) || typeof value.text !== 'string') return [];
  return [span(value.text, tones.includes(String(value.tone)) ? (value.tone as Tone) : 'plain')];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
