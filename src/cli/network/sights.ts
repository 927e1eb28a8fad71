import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { LocalSight } from '../../network/report.ts';

/** A place that this machine tries. */
export interface Place {
  readonly what: string;
  readonly host: string;
  readonly port: number;
}

const waitMilliseconds = 3000;

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
  ETIMEDOUT: 'no answer',
};

/** What this machine sees, one place after another: names, and connections that are closed at once. Never rejects. */
export async function lookFromHere(places: readonly Place[]): Promise<readonly LocalSight[]> {
  const sights: LocalSight[] = [];
  for (const place of places) sights.push({ ...place, text: await look(place) });
  return sights;
}

async function look({ host, port }: Place): Promise<string> {
  try {
    const { address } = await lookup(host);
    const said = await answer(address, port);
    return address === host ? said : `${address}, ${said}`;
  } catch {
    return 'the name is not resolved here';
  }
}

function answer(address: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: waitMilliseconds });
    const end = (text: string): void => {
      socket.destroy();
      resolve(text);
    };
    socket.once('connect', () => end('reached'));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(words[error.code ?? ''] ?? 'not reached'));
  });
}
