import type { Request, Response } from 'express';
import { answerMade, htmlAnswer } from '../answer.ts';
import type { Route } from '../route.ts';
import { contentSecurityPolicy } from './policy.ts';
import type { StatusOptions } from './source.ts';

/** A page for people, and whether what it is about is there. */
export interface ShownPage {
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
