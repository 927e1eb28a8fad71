import type convict from 'convict';
import type { FormatName } from './formats.ts';

interface ItemSettings<T> {
  /** Completes `give ...`. */
  readonly doc: string;
  readonly format: FormatName;
  /** Null where absence has no value of its own, or where the key is required. */
  readonly default: T | null;
  readonly required?: boolean;
}

/** One key: convict's own settings and `required`, which it leaves to its users. */
export type Item<T> = convict.SchemaObj<T> & ItemSettings<T>;

/** The keys of one mapping of the file. */
export type Schema<T> = { readonly [K in keyof T]: Item<T[K]> };

/** `sensitive`, because convict would add the value to its message; what may be shown, the formats show. */
export function item<T>(settings: ItemSettings<T>): Item<T> {
  return { ...settings, nullable: settings.default === null, sensitive: true };
}
