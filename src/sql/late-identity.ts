import { createRequire, Module } from 'node:module';

/**
 * tedious requires @azure/identity at its top, for logins that it is told to fetch a token for itself, which it never is
 * here: 12 MB of memory for nothing. In the place of the library, what tedious gets loads it when something of it is first
 * used, and is the same then. By `require.cache`, which Node documents for this; where anything is not as expected, the
 * library is loaded at once, as without this. To be imported before mssql.
 */
function delayIdentity(): void {
  try {
    const fromMssql = createRequire(createRequire(import.meta.url).resolve('mssql'));
    const require = createRequire(fromMssql.resolve('tedious'));
    const path = require.resolve('@azure/identity');
    if (require.cache[path] !== undefined) return;
    const late = new Module(path);
    const library = (): object => {
      if (require.cache[path] === late) delete require.cache[path];
      return require(path);
    };
    late.filename = path;
    late.loaded = true;
    late.exports = new Proxy(
      {},
      {
        get: (_, name) => Reflect.get(library(), name),
        has: (_, name) => Reflect.has(library(), name),
      },
    );
    require.cache[path] = late;
  } catch {
    // Not where it is looked for: whoever needs it finds it, or says so.
  }
}

delayIdentity();
