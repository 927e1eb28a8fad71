import { type Account, accountNamed, loginFailed, tokenPrincipal } from './account.ts';
import { checkToken, type TokenTrust } from './entra-token.ts';
import type { LoginRequest, SqlErrorInfo } from './session.ts';

/** Who may get in, and by which tokens. */
export interface Gate {
  readonly accounts: readonly Account[];
  readonly tokens: TokenTrust | null;
  /** The server's clock, Unix seconds. */
  readonly nowSeconds: number;
}

/** The account that a login is for and proved, or the error that its client gets: 18456. */
export function authenticate(request: LoginRequest, gate: Gate): Account | SqlErrorInfo {
  if (request.token !== undefined) return ofToken(request.token, gate);
  const { windows } = request;
  const name = windows === undefined ? request.userName : `${windows.domain}\\${windows.userName}`;
  const account = accountNamed(gate.accounts, name);
  const password = account?.password;
  if (account === undefined || password === undefined) return loginFailed(name);
  // A Windows account's password is not one of SQL Server's.
  const isWindows = account.name.includes('\\');
  const isProven = windows === undefined ? !isWindows && password === request.password : windows.isProofOf(password);
  return isProven ? account : loginFailed(name);
}

function ofToken(token: string, { accounts, tokens, nowSeconds }: Gate): Account | SqlErrorInfo {
  const check = checkToken(token, tokens, nowSeconds);
  const failed = loginFailed(tokenPrincipal);
  if ('refusal' in check) return { ...failed, message: `${failed.message} ${check.refusal}` };
  return accounts.find(({ applicationId }) => applicationId === check.applicationId) ?? failed;
}
