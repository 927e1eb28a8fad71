import { answerText } from '../answer.ts';
import type { Route } from '../route.ts';

/** The process answers: says nothing of the servers. */
export const healthyRoute: Route = {
  path: '/-/healthy',
  turn: null,
  handle: (_request, response) => answerText(response, 200, 'milink-exporter is healthy.\n'),
};
