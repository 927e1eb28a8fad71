import type { Settings } from './config.ts';

type Identity = Pick<Settings, 'identity'>;

/** `by (...)`: the labels, and those that tell environments apart. */
export function by({ identity }: Identity, labels: readonly string[]): string {
  return `by (${identity}${labels.join(', ')})`;
}

/** `on (...)`: the labels, and those that tell environments apart. */
export function on({ identity }: Identity, labels: readonly string[]): string {
  return `on (${identity}${labels.join(', ')})`;
}

/** Moves an expression to the right, to stand in parentheses. */
export function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
