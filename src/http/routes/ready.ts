import type { State } from '../../metrics/family.ts';
import { answerText } from '../answer.ts';
import type { Route } from '../route.ts';

/**
 * Ready when every server has had a first poll, whether it succeeded or not: until then a link may only look missing. Ready
 * for ever then: a server that a reload adds must not take the others out of a Service.
 */
export function readyRoute(readState: () => State): Route {
  let hasBeenReady = false;
  return {
    path: '/-/ready',
    turn: null,
    handle: (_request, response) => {
      const pending = readState()
        .servers.filter(({ outcome }) => outcome.kind === 'pending')
        .map(({ name }) => name);
      hasBeenReady ||= pending.length === 0;
      if (hasBeenReady) return answerText(response, 200, 'milink-exporter is ready.\n');
      return answerText(response, 503, `milink-exporter is not ready: not polled yet: ${pending.join(', ')}\n`);
    },
  };
}
