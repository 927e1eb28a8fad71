/** A client broke the protocol, or sent what the simulator can't read: its connection ends, the server goes on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** A client asked for something that a real server has; its message was whole, so the connection goes on. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}
