import type { AzureState } from '../model/azure/state.ts';
import type { ExpectedLink } from '../model/expected-link.ts';
import type { ServerState } from '../model/server-state.ts';
import { createAssessor } from './assessor.ts';
import type { AssessedLink } from './data/link.ts';

/**
 * Every link that a server shows or the configuration expects, each once, with its findings and the verdict that they
 * make. Sorted by name and managed instance; the order of servers and of their rows makes no difference. Pure, never throws.
 */
export function assessLinks(
  servers: readonly ServerState[],
  expected: readonly ExpectedLink[],
  azure: AzureState | null = null,
): readonly AssessedLink[] {
  const steps = createAssessor().assess({ servers, expected, azure });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.links;
  }
}
