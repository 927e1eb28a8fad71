import type { Config, ConfigWarning } from '../config.ts';
import { nearest, show } from '../value/wording.ts';

/**
 * A link whose managed instance no server has, beside a server whose name or host is nearly the same: it would be missed
 * for ever. One that is near to none may be an instance that is not polled.
 */
export function linkWarnings({
  links,
  servers,
  azure,
}: Pick<Config, 'links' | 'servers' | 'azure'>): readonly ConfigWarning[] {
  const inAzure = azure?.subscriptions.flatMap(({ managedInstances }) => managedInstances ?? []) ?? [];
  const names = [
    ...servers.flatMap(({ name, host }) => [name, host.split('.')[0] ?? '']),
    ...inAzure.map(({ name }) => name),
  ];
  const known = [...new Set(names)].map((name) => name.toLowerCase());
  return links.flatMap(({ managedInstance }, index) => {
    if (known.includes(managedInstance)) return [];
    const close = nearest(managedInstance, known);
    if (close === null) return [];
    const message = `no server under servers is ${show(managedInstance)}: did you mean ${show(close)}?`;
    return [{ path: `links[${index}].managed_instance`, message }];
  });
}
