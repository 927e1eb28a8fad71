import { Resolver } from 'node:dns/promises';

/** How long one question to a name server may take, and how often it is put. */
const [questionMilliseconds, questionTries] = [2000, 2];

/** How long the addresses of the other family are waited for once those of one are there (RFC 8305 3 waits 50 ms). */
const otherFamilyMilliseconds = 300;

/** What a name server says of a name that it does not know, or that has no address. */
const notThere: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME', 'EBADQUERY']);

/** Whether an error says that the name is not there, and not that nobody answered. */
export function isNotThere(error: unknown): boolean {
  return notThere.has(codeOf(error));
}

/** Whether an error says that the name servers are silent: to ask for another name is of no use then. */
export function isUnanswered(error: unknown): boolean {
  return ['ETIMEOUT', 'ECANCELLED'].includes(String(codeOf(error)));
}

/** Whether an error says that no name server is there, as on a machine that has none. */
export function isRefused(error: unknown): boolean {
  return codeOf(error) === 'ECONNREFUSED';
}

/**
 * Asks the system's name servers, or `servers`, for the addresses of one name, on sockets of its own: it waits in the
 * loop, and not in a thread of the pool that files and ciphers need too. Rejects with a code of `node:dns`. A new resolver
 * for each question, so that a change of resolv.conf counts.
 */
export async function askNameServers(
  name: string,
  signal: AbortSignal,
  servers?: readonly string[],
): Promise<string[]> {
  signal.throwIfAborted();
  const resolver = new Resolver({ timeout: questionMilliseconds, tries: questionTries });
  if (servers !== undefined) resolver.setServers(servers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const questions = [resolver.resolve4(name), resolver.resolve6(name)];
    const first = await Promise.any(questions).catch((error: unknown) => {
      throw mostTelling(error);
    });
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, otherFamilyMilliseconds);
    await Promise.race([Promise.allSettled(questions), late.promise]);
    clearTimeout(timer);
    cancel();
    const all = await Promise.allSettled(questions);
    const addresses = all.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    return addresses.length > 0 ? addresses : first;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** Of both families' errors the one that leaves something open: a name may have no address of one family. */
function mostTelling(error: unknown): unknown {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.find((each) => !isNotThere(each)) ?? errors[0];
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
