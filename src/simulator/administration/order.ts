import type { TextOf } from '../world/codes.ts';

/** A statement that administers, as the SQL engine has read it; `rest` are the words after its object. */
export interface AdministrativeStatement {
  readonly action: string;
  readonly target: string;
  readonly object: readonly string[];
  readonly rest: readonly string[];
}

/** What an administrator orders; names as they were written. */
export type Order =
  | { readonly kind: 'demote' | 'fail over' | 'force'; readonly group: string }
  | { readonly kind: 'mode'; readonly group: string; readonly mode: TextOf<'availability_mode'> }
  | { readonly kind: 'resume' | 'suspend'; readonly database: string }
  | { readonly kind: 'back up'; readonly what: 'DATABASE' | 'LOG'; readonly database: string }
  | { readonly kind: 'verify' };

const groupOrders: readonly (readonly [words: string, kind: 'demote' | 'fail over' | 'force'])[] = [
  ['SET ( ROLE = SECONDARY )', 'demote'],
  ['FAILOVER', 'fail over'],
  ['FORCE_FAILOVER_ALLOW_DATA_LOSS', 'force'],
];

/** The order that a statement of our runbooks is; null for every other statement. */
export function orderOf({ action, target, object, rest }: AdministrativeStatement): Order | null {
  const words = rest.join(' ').toUpperCase();
  const name = object.at(-1) ?? '';
  switch (`${action} ${target}`) {
    case 'ALTER AVAILABILITY GROUP': {
      const kind = groupOrders.find(([text]) => text === words)?.[1];
      if (kind !== undefined) return { kind, group: name };
      const [, mode] = /^MODIFY AVAILABILITY GROUP ON .*AVAILABILITY_MODE = (\w+)_COMMIT\b/.exec(words) ?? [];
      if (mode === 'SYNCHRONOUS' || mode === 'ASYNCHRONOUS')
        return { kind: 'mode', group: name, mode: `${mode}_COMMIT` };
      return null;
    }
    case 'ALTER DATABASE':
      if (words === 'SET HADR RESUME') return { kind: 'resume', database: name };
      return words === 'SET HADR SUSPEND' ? { kind: 'suspend', database: name } : null;
    case 'BACKUP DATABASE':
    case 'BACKUP LOG':
      return words.startsWith('TO ')
        ? { kind: 'back up', what: target === 'LOG' ? 'LOG' : 'DATABASE', database: name }
        : null;
    case 'RESTORE VERIFYONLY':
      return { kind: 'verify' };
    default:
      return null;
  }
}
