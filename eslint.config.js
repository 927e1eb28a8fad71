// One question only: is every regular expression linear in the text that it is given? Biome looks at all else.
//
// Two checkers, since each sees what the other can't: recheck (redos) follows the automaton, so it finds the search that
// starts anew inside of what it has just walked over; regexp's rules find the match that gives up and lets the next one
// begin a character further. There is no list of exceptions, and a comment can't make one. Where recheck draws attacks, it
// draws the same ones each time: whether a change may land must not be a matter of luck.
import { stripTypeScriptTypes } from 'node:module';
import redos from 'eslint-plugin-redos';
import regexp from 'eslint-plugin-regexp';

/** Types become blanks, so that lines and columns stay. */
const withoutTypes = {
  meta: { name: 'without-types', version: '1' },
  preprocess: (text) => [stripTypeScriptTypes(text)],
  postprocess: (messages) => messages.flat(),
};

export default [
  {
    files: ['src/**/*.ts'],
    processor: withoutTypes,
    plugins: { redos, regexp },
    linterOptions: { noInlineConfig: true },
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    rules: {
      'redos/no-vulnerable': ['error', { ignoreErrors: false, permittableComplexities: [], timeout: 600_000, randomSeed: 1 }],
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
];
