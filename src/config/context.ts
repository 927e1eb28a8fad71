import type { azureClouds } from './authentication/azure-clouds.ts';
import type { ConfigWarning, KnownFamilies } from './config.ts';
import type { Report } from './value/problem.ts';

/** The environment's variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the readers of the file's parts share. */
export interface Context {
  /** Absolute; relative paths in the file start here. */
  readonly folder: string;
  readonly env: Environment;
  readonly report: Report;
  warn(warning: ConfigWarning): void;
  /** Absent: any name of a metric is taken. */
  readonly families?: KnownFamilies;
  /** What an identity is for: Azure Resource Manager, with what its section says; absent: logins. */
  readonly resourceManager?: { readonly cloud: keyof typeof azureClouds | null; readonly ca: string | null };
}
