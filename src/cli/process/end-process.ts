/** What a thread of Node's pool may be busy with for ever, as `getActiveResourcesInfo` names it: files, and names. */
const ofPool = /^(?:FSReq|FileHandle|GetAddrInfo|GetNameInfo)/;

type EndingProcess = Pick<NodeJS.Process, 'env' | 'execPath' | 'pid' | 'kill' | 'execve' | 'getActiveResourcesInfo'> & {
  readonly exit: (code: number) => never;
};

/**
 * Ends the process with the exit code, whatever its threads wait for: `exit` would wait for a thread that a dead share or
 * a silent resolver keeps, and a service manager would have to kill the process. Another program in the place of this one
 * ends all threads, and has the exit code that was asked for.
 */
export function endProcess(process: EndingProcess, exitCode: number): never {
  if (!process.getActiveResourcesInfo().some((resource) => ofPool.test(resource))) process.exit(exitCode);
  const { NODE_OPTIONS: _, ...env } = process.env;
  try {
    process.execve?.(process.execPath, [process.execPath, '-e', `process.exitCode = ${exitCode}`], env);
  } catch {
    // Not on Windows, and not where Node's permissions allow no other program.
  }
  process.kill(process.pid, 'SIGKILL');
  return process.exit(exitCode);
}
