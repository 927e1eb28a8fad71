import { TokenError } from '../../azure/token-error.ts';
import { SecretError } from '../../config/secret/secret.ts';
import type { Failure } from '../../model/failure-reason.ts';
import { classifyError } from '../../sql/classify-error.ts';

/** Why a server could not be logged in to, before it was asked anything. */
export function connectFailure(error: unknown): Failure {
  // Not its whole message: that holds the path, where somebody may have put the password by mistake.
  if (error instanceof SecretError) return failure('secret', `${error.what}: ${error.reason}`);
  if (error instanceof TokenError) return failure('token', error.message);
  return classifyError(error);
}

function failure(reason: Failure['reason'], message: string): Failure {
  return { reason, message, errorNumber: null };
}
