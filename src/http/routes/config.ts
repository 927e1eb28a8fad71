import { answerMade, textAnswer } from '../answer.ts';
import type { Route } from '../route.ts';
import type { StatusOptions } from '../status/source.ts';
import type { ConfigurationAccess } from './reload.ts';

/** The configuration in force, as YAML for people; secrets are where it says, not in it. */
export function configRoute({ text }: ConfigurationAccess, { untaken }: Pick<StatusOptions, 'untaken'>): Route {
  return {
    path: '/config',
    turn: 'page',
    handle: (_request, response) => answerMade(response, untaken, textAnswer(text())),
  };
}
