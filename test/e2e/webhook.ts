import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Scope } from '../daemons/daemon.ts';

/** One alert of a notification, as Alertmanager's webhook has it. */
export interface NotifiedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** When Prometheus began to fire it, ISO 8601. */
  readonly startsAt: string;
}

/** A notification that arrived. */
export interface Notification {
  readonly receiver: string;
  readonly alerts: readonly NotifiedAlert[];
  /** Unix time. */
  readonly atMilliseconds: number;
}

/** Stands where the pager would. */
export interface WebhookReceiver {
  readonly url: string;
  /** In order of arrival. */
  readonly notifications: readonly Notification[];
  /** Resolves when the condition holds, looked at now and after each notification; rejects after so long. */
  readonly until: (what: string, holds: () => boolean, patienceSeconds: number) => Promise<void>;
}

/** Listens on a free port of loopback until the scope ends. */
export async function startWebhookReceiver(scope: Scope): Promise<WebhookReceiver> {
  const notifications: Notification[] = [];
  const server = createServer(async (request, response) => {
    const atMilliseconds = Date.now();
    const { receiver, alerts } = JSON.parse(await text(request));
    notifications.push({ receiver, alerts, atMilliseconds });
    response.end();
    server.emit('notification');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  scope.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the webhook receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    notifications,
    until: async (what, holds, patienceSeconds) => {
      const signal = AbortSignal.timeout(patienceSeconds * 1000);
      while (!holds()) {
        await once(server, 'notification', { signal }).catch(() => {
          throw new Error(`did not come in ${patienceSeconds} s: ${what}; came: ${JSON.stringify(notifications)}`);
        });
      }
    },
  };
}
