import type { RequestListener, Server } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** The application, once for each protocol. */
export interface Listeners {
  readonly http1: RequestListener;
  readonly http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/** A server that is not listening yet, and the ways to end its connections. */
export interface WebService {
  readonly server: Server;
  /** Ends what is unused, and the rest after its answer. */
  readonly endConnections: () => void;
  /** Cuts off every connection. */
  readonly cutConnections: () => void;
}
