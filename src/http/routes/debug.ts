import type { Response } from 'express';
import type { ServerState } from '../../model/server-state.ts';
import { answerHtml, answerText } from '../answer.ts';
import type { Route } from '../route.ts';
import { debugPage } from '../status/debug-page.ts';
import type { DebugPoll } from '../status/debug-polls.ts';
import { missingPage } from '../status/missing-page.ts';
import { isName, pagePaths, queryOf } from '../status/places.ts';
import { contentSecurityPolicy } from '../status/policy.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/**
 * The debug view of one server. GET shows the rows of its latest poll, from memory. POST is the only request of the whole
 * exporter that reaches a server: it polls once, and then leads to what that gave.
 */
export function debugRoute(options: StatusOptions): Route {
  const poll = options.status.debugPoll;
  return {
    path: pagePaths.debug,
    methods: ['GET', 'HEAD', 'POST'],
    handle: async (request, response) => {
      if (poll === null) return answerText(response, 403, 'the debug view is off: --web.disable-debug is given\n');
      const name = queryOf(request.url).get('server') ?? '';
      const state = options.readState().servers.find((each) => isName(each.name, name));
      if (state === undefined) {
        response.statusCode = 404;
        const page = missingPage(
          frameOf(options),
          options.status.readReport(),
          `The configuration has no server ${name}`,
        );
        return answerHtml(response, page, contentSecurityPolicy);
      }
      if (request.method !== 'POST') return answerDebug(response, options, { state, notice: null });
      await answerPoll(response, { options, state, poll });
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
    response.statusCode = 429;
    response.setHeader('Retry-After', result.retryAfterSeconds);
    return answerDebug(response, options, { state, notice: refusalText(result) });
  }
  // What the poll gave is shown by a page of its own, so that to load it again polls nothing.
  const place = frameOf(options).places.debug(state.name);
  response.setHeader('Location', place);
  answerText(response, 303, result.kind === 'ended' ? `see ${place}\n` : `the poll has not ended yet: see ${place}\n`);
}

function answerDebug(response: Response, options: StatusOptions, view: Parameters<typeof debugPage>[2]): void {
  answerHtml(response, debugPage(frameOf(options), options.status.readReport(), view), contentSecurityPolicy);
}

function refusalText({ why, retryAfterSeconds }: Extract<DebugPoll, { kind: 'refused' }>): string {
  return why === 'busy'
    ? 'Not polled: another poll that was asked for is under way. Try again when it has ended.'
    : `Not polled: this server was polled on request a moment ago. Try again in ${retryAfterSeconds} s.`;
}
