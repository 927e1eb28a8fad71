import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { answerMade, htmlAnswer, type Route } from '../route.ts';
import { refreshScript } from './refresh-script.ts';
import type { StatusOptions } from './source.ts';
import { style } from './style.ts';

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
