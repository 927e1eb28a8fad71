/** Preloaded into a test run: gives one source file another text, without a copy of the tree. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { mutated, withoutTypes } from './mutants.ts';

const asked = process.env.MUTANT;
if (asked !== undefined) {
  const { url, mutant } = JSON.parse(asked);
  registerHooks({
    load: (loaded, context, next) =>
      loaded === url
        ? {
            format: 'module',
            source: mutated(withoutTypes(readFileSync(new URL(url), 'utf8')), mutant),
            shortCircuit: true,
          }
        : next(loaded, context),
  });
}
