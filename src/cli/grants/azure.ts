import type { AzureLog } from '../../azure/poll/log.ts';
import type { AzureConfig } from '../../config/azure/azure.ts';
import { azureScript } from '../../grants/azure.ts';
import type { AzureFailure } from '../../model/azure/failure.ts';
import type { AzureReading, AzureState } from '../../model/azure/state.ts';
import type { Terminal } from '../command.ts';
import { readAzureOnce } from '../reading/azure.ts';

const silent: AzureLog = { info: () => undefined, warn: () => undefined };

/** Prints the role and what is missing now. Resolves to 0 for nothing, 1 for rights, 3 where it could not be told. */
export async function printAzureGrants(config: AzureConfig, terminal: Terminal): Promise<number> {
  const state = await readAzureOnce(config, { log: silent, stop: terminal.stop });
  const failures = failuresOf(state);
  const { authentication, subscriptions } = config;
  const script = azureScript({
    clientId: authentication.clientId,
    scopes: subscriptions.map(({ id, managedInstances }) => ({ subscriptionId: id, instances: managedInstances })),
  });
  terminal.writeOut(`${headLines(failures).join('\n')}\n\n${script}`);
  if (failures.length === 0) return 0;
  return failures.some(({ failure }) => failure.reason === 'forbidden') ? 1 : 3;
}

interface Failed {
  readonly what: string;
  readonly failure: AzureFailure;
}

function failuresOf({ subscriptions }: AzureState): readonly Failed[] {
  const of = (what: string, reading: AzureReading<unknown> | null): readonly Failed[] =>
    reading?.failure == null ? [] : [{ what, failure: reading.failure }];
  return subscriptions.flatMap(({ name, listing, instances }) => [
    ...of(`the instances of ${name}`, listing),
    ...instances.flatMap((each) => [
      ...of(each.name, listing === null ? each.instance : null),
      ...of(`links of ${each.name}`, each.links),
      ...of(`operations of ${each.name}`, each.operations),
      ...of(`certificates of ${each.name}`, each.endpointCertificates),
      ...of(`trusted certificates of ${each.name}`, each.serverTrustCertificates),
    ]),
  ]);
}

function headLines(failures: readonly Failed[]): readonly string[] {
  if (failures.length === 0) return ['# The identity reads everything: nothing is missing.'];
  const actions = [...new Set(failures.flatMap(({ failure }) => failure.action ?? []))].sort();
  return [
    ...(actions.length === 0 ? [] : ['# Missing now:', ...actions.map((action) => `#   ${action}`)]),
    '# Not read:',
    ...failures.map(({ what, failure }) => `#   ${what}: ${failure.reason}: ${oneLine(failure.message)}`),
  ];
}

/** What Azure says must not end the comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ');
}
