import type { lookup as systemLookup } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { untilAborted } from '../threads/abort-signals.ts';
import { createLanes, type InLane, StuckError } from '../threads/lanes.ts';
import { askNameServers, isNotThere, isRefused, isUnanswered } from './name-servers.ts';
import { candidatesFor, type SystemFiles, systemFiles } from './system-files.ts';

/** All addresses of a name, at least one. Rejects with an error that has a code of `node:dns`, or with the signal's reason. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface ResolverOptions {
  readonly files: SystemFiles;
  readonly askServers: (name: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** What the system makes of a name beyond hosts and DNS, in a thread of the pool. */
  readonly lookUp: (name: string) => Promise<readonly string[]>;
  /** How long one resolution may take, whoever waits for it. */
  readonly limitSeconds?: number;
}

/** Longer than a name server that answers at all takes; shorter than the time limit of a poll mostly is. */
const defaultLimitSeconds = 8;

/**
 * How many names the system itself may be asked for at once: each takes a thread of the pool, which files and compression
 * need too, and keeps it for as long as some resolver is silent.
 */
const lookUpPlaces = 4;

/**
 * Resolves names as the system does: the hosts file, then the name servers with the search domains, then whatever else the
 * system knows. Who asks for the same name at the same time shares one resolution; whose signal aborts waits no longer.
 */
export function createResolver(options: ResolverOptions): Resolve {
  const { limitSeconds = defaultLimitSeconds } = options;
  const inLane = createLanes({ places: lookUpPlaces, limitMilliseconds: limitSeconds * 1000 });
  const underWay = new Map<string, Promise<readonly string[]>>();
  const start = (name: string): Promise<readonly string[]> => {
    const limit = AbortSignal.timeout(limitSeconds * 1000);
    const work = resolveOnce(name, limit, { ...options, inLane }).catch((error: unknown) => {
      throw limit.aborted || error instanceof StuckError ? unresolved(name) : error;
    });
    underWay.set(name, work);
    const end = (): boolean => underWay.delete(name);
    work.then(end, end);
    return work;
  };
  return async (name, signal) => {
    signal.throwIfAborted();
    return untilAborted(underWay.get(name) ?? start(name), signal);
  };
}

type Ways = ResolverOptions & { readonly inLane: InLane };

async function resolveOnce(name: string, signal: AbortSignal, ways: Ways): Promise<readonly string[]> {
  if (isIP(name) !== 0) return [name];
  const listed = ways.files.hosts(name);
  if (listed.length > 0) return listed;
  // RFC 6761 6.3: no name server is asked for it.
  if (/^localhost\.?$/i.test(name)) return ['127.0.0.1', '::1'];
  const served = await fromServers(name, signal, ways);
  return (
    served ??
    untilAborted(
      ways.inLane(name, () => ways.lookUp(name)),
      signal,
    )
  );
}

/** Null when the name servers know no such name, or none is there: the system may have other ways. */
async function fromServers(
  name: string,
  signal: AbortSignal,
  { files, askServers }: Ways,
): Promise<readonly string[] | null> {
  let isOpen = false;
  for (const candidate of candidatesFor(name, files.rules())) {
    try {
      return await askServers(candidate, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isRefused(error)) return null;
      // The next name would wait as long.
      if (isUnanswered(error)) throw unresolved(name);
      isOpen ||= !isNotThere(error);
    }
  }
  // A name server that fails for one name may know it the next time.
  if (isOpen) throw unresolved(name);
  return null;
}

function unresolved(name: string): Error {
  return Object.assign(new Error(`the name ${name} was not resolved: no name server answers`), { code: 'EAI_AGAIN' });
}

/** The resolver of the whole process. */
export const resolveName: Resolve = createResolver({
  files: systemFiles(),
  askServers: askNameServers,
  lookUp: async (name) => (await lookUp(name, { all: true })).map(({ address }) => address),
});

type Asked = Parameters<LookupFunction>[1];

/**
 * A resolver in the shape of `dns.lookup`, for whatever connects by itself. What names no host is left to `otherwise`, which
 * has words for it.
 */
export function lookupThrough(resolve: Resolve, otherwise: typeof systemLookup): typeof systemLookup {
  const lookup = (name: string, asked: unknown, given?: unknown): void => {
    const callback = (given ?? asked) as Parameters<LookupFunction>[2];
    const options = optionsOf(asked);
    if (typeof name !== 'string' || name === '') {
      (otherwise as LookupFunction)(name, options, callback);
      return;
    }
    resolve(name, new AbortController().signal).then(
      (addresses) => answer(name, addresses, { options, callback }),
      // As dns.lookup does, from the loop: what a callback throws is no rejection of ours.
      (error: NodeJS.ErrnoException) => setImmediate(callback, Object.assign(error, { hostname: name }), []),
    );
  };
  return Object.assign(lookup, { __promisify__: otherwise.__promisify__ }) as typeof systemLookup;
}

/** `dns.lookup(name, 4, ...)` and `dns.lookup(name, callback)` are ways to say it too. */
function optionsOf(asked: unknown): Asked {
  if (typeof asked === 'number') return { family: asked };
  return typeof asked === 'object' && asked !== null ? (asked as Asked) : {};
}

function answer(
  name: string,
  addresses: readonly string[],
  { options, callback }: { readonly options: Asked; readonly callback: Parameters<LookupFunction>[2] },
): void {
  const family = Number(String(options.family ?? 0).replace('IPv', ''));
  const found = addresses
    .map((address) => ({ address, family: isIP(address) }))
    .filter((each) => family === 0 || each.family === family);
  const [first] = found;
  if (first === undefined) {
    const message = `getaddrinfo ENOTFOUND ${name}`;
    const error = Object.assign(new Error(message), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
    setImmediate(callback, error, []);
  } else if (options.all === true) setImmediate(callback, null, found);
  else setImmediate(callback, null, first.address, first.family);
}
