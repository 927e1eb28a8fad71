/**
 * Node's HTTP. An `import` of it reads each of its exports, also the WebSocket that Node brings for browsers' code, with which
 * comes a second HTTP client: 2 MB of memory for nothing, and 14 MB of a program that does little else (Node 24.15).
 */
export const http = process.getBuiltinModule('node:http');
