import { answerText } from '../answer.ts';
import type { Route } from '../route.ts';
import type { ConfigurationAccess } from './reload.ts';

/** The configuration in force, as YAML for people; secrets are where it says, not in it. */
export function configRoute({ text }: ConfigurationAccess): Route {
  return {
    path: '/config',
    handle: (_request, response) => {
      response.setHeader('Cache-Control', 'no-store');
      answerText(response, 200, text());
    },
  };
}
