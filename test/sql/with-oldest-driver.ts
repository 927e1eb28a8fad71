import { registerHooks } from 'node:module';

// Preloaded by test/sql/oldest-driver.test.ts: whoever asks for tedious gets the oldest that mssql allows.
registerHooks({
  resolve: (specifier, context, next) => next(specifier === 'tedious' ? 'tedious-19' : specifier, context),
});
