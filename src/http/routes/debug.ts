import type { Response } from 'express';
import type { ServerState } from '../../model/server-state.ts';
import { answerMade, answerText, htmlAnswer, type Route } from '../route.ts';
import { azureDebugPage, debugPage } from '../status/debug-page.ts';
import type { DebugPoll } from '../status/debug-polls.ts';
import { missingPage } from '../status/document.ts';
import { answerPage, contentSecurityPolicy, frameOf, type StatusOptions } from '../status/page-route.ts';
import { isAbout, namesOf, pagePaths, queryOf } from '../status/places.ts';

/**
 * The debug view of one server, and of what was read of Azure of one managed instance, which nobody can have asked anew.
 * GET shows the rows of its latest poll, from memory. POST is the only request of the whole
 * exporter that reaches a server: it polls once, and then leads to what that gave.
 */
export function debugRoute(options: StatusOptions): Route {
  const poll = options.status.debugPoll;
  return {
    path: pagePaths.debug,
    methods: ['GET', 'HEAD', 'POST'],
    turn: 'page',
    handle: async (request, response) => {
      if (poll === null) return answerText(response, 403, 'the debug view is off: --web.disable-debug is given\n');
      const query = queryOf(request.url);
      const state = options.readState().servers.find((each) => isAbout(query, namesOf.debug(each.name)));
      if (state !== undefined && request.method === 'POST') return answerPoll(response, { options, state, poll });
      answerPage(options, { request, response }, () => {
        if (state !== undefined) return { code: 200, html: debugHtml(options, { state, notice: null }) };
        const instance = options
          .readState()
          .azure?.subscriptions.flatMap(({ instances }) => instances)
          .find((each) => isAbout(query, namesOf.debugAzure(each)));
        if (instance !== undefined) {
          return { code: 200, html: azureDebugPage(frameOf(options), options.status.readReport(), instance) };
        }
        return { code: 404, html: missingPage(frameOf(options), options.status.readReport(), missingText(query)) };
      });
    },
  };
}

interface Asked {
  readonly options: StatusOptions;
  readonly state: ServerState;
  readonly poll: (server: string) => Promise<DebugPoll>;
}

async function answerPoll(response: Response, { options, state, poll }: Asked): Promise<void> {
  const result = await poll(state.name);
  if (result.kind === 'refused') {
    response.setHeader('Retry-After', result.retryAfterSeconds);
    const notice = refusalText(result);
    // Kept too: to ask again and again costs nothing more.
    const made = options.kept.of(`not polled: ${state.name} ${notice}`, () =>
      htmlAnswer(debugHtml(options, { state, notice }), contentSecurityPolicy, 429),
    );
    return answerMade(response, options.untaken, made);
  }
  // What the poll gave is shown by a page of its own, so that to load it again polls nothing.
  const place = frameOf(options).places.debug(state.name);
  response.setHeader('Location', place);
  answerText(response, 303, result.kind === 'ended' ? `see ${place}\n` : `the poll has not ended yet: see ${place}\n`);
}

function missingText(query: URLSearchParams): string {
  const instance = query.get('managed_instance');
  return instance === null
    ? `The configuration has no server ${query.get('server') ?? ''}`
    : `No managed instance ${instance} of the subscription ${query.get('subscription') ?? ''} is read in Azure`;
}

function debugHtml(options: StatusOptions, view: Parameters<typeof debugPage>[2]): string {
  return debugPage(frameOf(options), options.status.readReport(), view);
}

function refusalText({ why, retryAfterSeconds }: Extract<DebugPoll, { kind: 'refused' }>): string {
  return why === 'busy'
    ? 'Not polled: another poll that was asked for is under way. Try again when it has ended.'
    : `Not polled: this server was polled on request a moment ago. Try again in ${retryAfterSeconds} s.`;
}
