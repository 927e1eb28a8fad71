import { isReady } from '../../../model/azure/instance.ts';
import type { Finding } from '../../data/finding.ts';
import type { Evidence } from '../evidence.ts';
import { finding } from '../finding.ts';

/** The instance is stopped, being made or changed: it explains what is seen of its links. */
export function instanceNotReady({ azure, pairing }: Evidence): readonly Finding[] {
  const { instance = null } = azure ?? {};
  if (instance === null || isReady(instance) !== false) return [];
  const text = `${pairing.managedInstance} is in state ${instance.state}, as Azure says: it may not serve its links.`;
  return [finding('azure_instance_not_ready', { text })];
}

/** What is being done to the instance. */
export function operationsInAzure({ azure, pairing }: Evidence): readonly Finding[] {
  return (azure?.operations ?? []).map((operation) => {
    const name = operation.friendlyName ?? operation.operation ?? 'an operation';
    const progress = operation.progress === null ? '' : `, ${Math.floor(operation.progress * 100)} % done`;
    const step = operation.step === null ? '' : `, now ${operation.step}`;
    const text = `Azure is at work on ${pairing.managedInstance}: ${name}${progress}${step}. Connections may break for a moment.`;
    return finding('azure_operation_in_progress', { text, since: operation.startTimestampSeconds });
  });
}
