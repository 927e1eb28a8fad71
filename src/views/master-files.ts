import { view } from './view.ts';

const pageBytes = 8192;
/** -1: until the disk is full. 268435456 pages: up to 2 TB, which is the most that any file of a log can have. */
const unlimitedPages = [-1, 268_435_456];
const maximumLogFileBytes = 268_435_456 * pageBytes;

/** The files of the logs and what they may grow to, in pages of 8 KiB. */
export const masterFiles = view({
  name: 'master_files',
  source: 'sys.master_files',
  columns: { database_id: 'int', file_id: 'int', size: 'int null', max_size: 'int null', growth: 'int null' },
  where: 'type = 1',
  parse: ({ database_id, file_id, size, max_size, growth }) => ({
    databaseId: database_id,
    fileId: file_id,
    sizeBytes: size === null ? null : size * pageBytes,
    limitBytes: limitBytes(size, max_size, growth),
  }),
});

/** `max_size` 0, and `growth` 0: the file does not grow. */
function limitBytes(size: number | null, maximum: number | null, growth: number | null): number | null {
  if (growth === 0 || maximum === 0) return size === null ? null : size * pageBytes;
  if (maximum === null) return null;
  return unlimitedPages.includes(maximum) ? maximumLogFileBytes : Math.max(maximum, size ?? 0) * pageBytes;
}
