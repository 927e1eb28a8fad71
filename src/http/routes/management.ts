import type { State } from '../../metrics/family.ts';
import { answerMade, answerText, type Route, textAnswer } from '../route.ts';
import type { StatusOptions } from '../status/page-route.ts';

/** The process answers: says nothing of the servers. */
export const healthyRoute: Route = {
  path: '/-/healthy',
  turn: null,
  handle: (_request, response) => answerText(response, 200, 'milink-exporter is healthy.\n'),
};

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

/** The configuration of a running exporter. */
export interface ConfigurationAccess {
  /** As YAML without any secret. */
  readonly text: () => string;
  /** Loads it again. Resolves to null when it is in force, else to what is wrong with it: then the former one stays. */
  readonly reload: () => Promise<string | null>;
}

/** Loads the configuration again, as SIGHUP does. Not with GET: a link must not change anything. */
export function reloadRoute({ reload }: ConfigurationAccess): Route {
  return {
    path: '/-/reload',
    methods: ['POST', 'PUT'],
    turn: null,
    handle: async (_request, response) => {
      const problems = await reload();
      if (problems === null) return answerText(response, 200, 'configuration reloaded\n');
      return answerText(response, 500, `configuration not reloaded, the former one stays:\n${problems}\n`);
    },
  };
}

/** The configuration in force, as YAML for people; secrets are where it says, not in it. */
export function configRoute({ text }: ConfigurationAccess, { untaken }: Pick<StatusOptions, 'untaken'>): Route {
  return {
    path: '/config',
    turn: 'page',
    handle: (_request, response) => answerMade(response, untaken, textAnswer(text())),
  };
}
