import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { CheckReport } from '../../check/report/report.ts';
import type { Timeline } from '../../history/history.ts';
import type { State } from '../../metrics/family.ts';
import type { KeptAnswers, Untaken } from '../load/answers.ts';
import { answerMade, htmlAnswer, type Route } from '../route.ts';
import type { WebPaths } from '../web-paths.ts';
import type { DebugPoll } from './debug-polls.ts';
import type { Frame } from './document.ts';
import { placesUnder } from './places.ts';
import { refreshScript } from './refresh-script.ts';
import { style } from './style.ts';

/** Where the pages for people come from. */
interface StatusSource {
  /** All that is known now, put together from memory. */
  readonly readReport: () => CheckReport;
  /** What happened, from memory. */
  readonly timeline: Timeline;
  /** Has a server polled, within limits; one for all listeners. Null: the debug view is off. */
  readonly debugPoll: ((server: string) => Promise<DebugPoll>) | null;
}

export interface StatusOptions {
  readonly version: string;
  readonly readState: () => State;
  readonly paths: WebPaths;
  /** The pages that were made of the present state. */
  readonly kept: KeptAnswers;
  readonly untaken: Untaken;
  readonly status: StatusSource;
  /** Present where /config is. */
  readonly configuration?: object;
}

/** What is around every page. */
export function frameOf({ version, paths, configuration }: StatusOptions): Frame {
  const others = [
    [paths.telemetryPath, 'Metrics'],
    ...(configuration === undefined ? [] : [['/config', 'Configuration'] as const]),
    ['/sd', 'Discovery'],
    ['/-/healthy', 'Healthy'],
    ['/-/ready', 'Ready'],
  ] as const;
  return { version, places: placesUnder(paths), others };
}

/** A page for people, and whether what it is about is there. */
interface ShownPage {
  readonly code: 200 | 404;
  readonly html: string;
}

/** A place of pages: each is made once per change, by whoever asks for it first. `show` gets the request's address. */
export function pageRoute(options: StatusOptions, path: string, show: (url: string) => ShownPage): Route {
  return {
    path,
    turn: 'page',
    handle: (request, response) => answerPage(options, { request, response }, () => show(request.url)),
  };
}

/** Answers with the page of this address that is there, or makes it. */
export function answerPage(
  { kept, untaken }: StatusOptions,
  { request, response }: { readonly request: Request; readonly response: Response },
  show: () => ShownPage,
): void {
  const made = kept.of(request.originalUrl, () => {
    const { code, html } = show();
    return htmlAnswer(html, contentSecurityPolicy, code);
  });
  answerMade(response, untaken, made);
}

/**
 * What a browser may do with the pages: use their own style and their own script, each told by its hash, the icon that is
 * in the page, and requests to the exporter itself. Nothing else is loaded or run, and nobody may frame them.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(refreshScript)}`,
  'img-src data:',
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
