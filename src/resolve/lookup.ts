import type { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Resolve } from './resolver.ts';

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
