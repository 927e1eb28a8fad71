import { answerText } from '../answer.ts';
import type { Route } from '../route.ts';

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
