/** A client broke the protocol, or sent what the simulator can't read: its connection ends, the server goes on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
