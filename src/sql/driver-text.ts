import * as nodeModule from 'node:module';

const mark = '\n//# sourceMappingURL=data:';

/**
 * Loads mssql and tedious without the source maps at the end of tedious' files: four fifths of its text. V8 keeps the text of what
 * is loaded, and of a map's address a copy: 3 MB of memory for nothing, since nobody reads them here. The lines of the program
 * stay where they are. To be imported before mssql; what does not load here says so there.
 */
function loadWithoutMaps(): void {
  // Node marks it as under development: without it the program takes 3 MB more, and starts.
  if (typeof nodeModule.registerHooks !== 'function') return;
  const hooks = nodeModule.registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const { source } = loaded;
      if (!url.includes('/tedious/') || source === undefined || source === null) return loaded;
      const bytes = typeof source === 'string' ? Buffer.from(source) : Buffer.from(source as Uint8Array);
      const end = bytes.lastIndexOf(mark);
      // As bytes: a part of a text would hold the whole.
      return end < 0 ? loaded : { ...loaded, source: bytes.toString('utf8', 0, end + 1) };
    },
  });
  try {
    nodeModule.createRequire(import.meta.url)('mssql');
  } catch {
    // As above.
  } finally {
    hooks.deregister();
  }
}

loadWithoutMaps();
