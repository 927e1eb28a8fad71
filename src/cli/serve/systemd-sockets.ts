import { CommandError, type Terminal } from '../command.ts';

/** The first descriptor that is passed on: those before are standard input, output and error (sd_listen_fds(3)). */
const firstDescriptor = 3;

/** More than any unit has sockets. */
const maximumSockets = 256;

/**
 * The sockets that a service manager has opened for this process and passed on, as sd_listen_fds(3) describes it.
 * @throws CommandError when there is none, as the toolkit does.
 */
export function passedSockets(
  environment: Terminal['environment'],
  processId: number,
): readonly { readonly fileDescriptor: number }[] {
  const count = Number(environment.LISTEN_FDS);
  // The variables are inherited: a process further down must not take what was passed to its parent.
  if (environment.LISTEN_PID !== String(processId) || !Number.isInteger(count) || count < 1 || count > maximumSockets) {
    throw new CommandError(
      '--web.systemd-socket: no socket was passed on (LISTEN_PID, LISTEN_FDS): start milink-exporter from a systemd unit with a .socket, or without this flag',
    );
  }
  return Array.from({ length: count }, (_, index) => ({ fileDescriptor: firstDescriptor + index }));
}
