import { readFileSync } from 'node:fs';

/** One answer of test/fixtures/arm. */
export function fixture(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`../../fixtures/arm/${name}.json`, import.meta.url), 'utf8'));
}
