import type { State } from '../../metrics/family.ts';
import { answerHtml } from '../answer.ts';
import type { Route } from '../route.ts';
import { contentSecurityPolicy, statusPage } from '../status-page.ts';
import type { WebPaths } from '../web-paths.ts';

export interface StatusRouteOptions {
  readonly version: string;
  readonly readState: () => State;
  readonly paths: WebPaths;
}

/** The page for people. */
export function statusRoute({ version, readState, paths }: StatusRouteOptions): Route {
  return {
    path: '/',
    handle: (_request, response) =>
      answerHtml(response, statusPage({ version, state: readState(), paths }), contentSecurityPolicy),
  };
}
