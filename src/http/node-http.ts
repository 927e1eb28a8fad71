/**
 * Node's HTTP. An `import` of it reads each of its exports, also the WebSocket that Node brings for browsers' code, with which
 * comes a second HTTP client: 14 MB of memory for nothing (Node 24.15).
 */
export const http = process.getBuiltinModule('node:http');
