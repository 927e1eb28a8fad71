import { once } from 'node:events';

/** Resolves when the program is told to stop. */
export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort');
}
