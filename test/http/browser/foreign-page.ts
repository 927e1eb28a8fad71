import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** The place of a name: whoever connects is led to the address that the name has at that time. */
export interface ChangingAddress {
  readonly port: number;
  /** From now on the name leads to this port of loopback. Open connections are cut, as a browser drops them in time. */
  readonly change: (port: number) => void;
}

/** What a change of DNS does to a browser, without waiting for its caches. */
export async function startChangingAddress(context: TestContext, first: number): Promise<ChangingAddress> {
  let target = first;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    const there = connect(target, '127.0.0.1');
    for (const each of [socket, there]) {
      sockets.add(each);
      each.on('error', () => undefined);
      each.once('close', () => {
        sockets.delete(each);
        socket.destroy();
        there.destroy();
      });
    }
    socket.pipe(there);
    there.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  context.after(() => {
    server.close();
    cut();
  });
  return {
    port: (server.address() as AddressInfo).port,
    change: (port) => {
      target = port;
      cut();
    },
  };
}

/** The site of somebody who means harm: one page. Resolves to its port. */
export async function startForeignSite(context: TestContext): Promise<number> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>prizes</title><h1>You have won</h1>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Runs in the foreign page: asks for `root` + each path in every way that a script has, hiding as well as it can that it is
 * one. Resolves to what it could read, as `way path: status text`.
 */
export const attack = `async (root, paths) => {
  const hidden = { 'Accept-Language': '', 'User-Agent': 'curl/8.5.0', Accept: '*/*' };
  const xhr = (path, method, headers) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, root + path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onloadend = () => resolve(request.status + ' ' + request.responseText);
    request.send();
  });
  const frame = (path) => new Promise((resolve) => {
    const element = document.createElement('iframe');
    element.onload = () => {
      let text = '';
      try { text = element.contentDocument.body.innerText; } catch {}
      resolve('0 ' + text);
    };
    element.src = root + path;
    document.body.append(element);
  });
  const worker = (path) => new Promise((resolve) => {
    const source = 'onmessage = async ({ data }) => { try { const r = await fetch(data); postMessage(r.status + " " + await r.text()); } catch { postMessage("0 "); } }';
    const thread = new Worker(URL.createObjectURL(new Blob([source])));
    thread.onmessage = ({ data }) => resolve(data);
    thread.postMessage(root + path);
  });
  const textOf = async (promise) => { const answer = await promise; return answer.status + ' ' + (await answer.text()); };
  const ways = {
    fetch: (path) => textOf(fetch(root + path)),
    'fetch, hidden': (path) => textOf(fetch(root + path, { headers: hidden, referrerPolicy: 'no-referrer', credentials: 'omit' })),
    'fetch, a range': (path) => textOf(fetch(root + path, { headers: { ...hidden, Range: 'bytes=0-' }, referrerPolicy: 'no-referrer' })),
    'fetch, blind': (path) => textOf(fetch(root + path, { mode: 'no-cors' })),
    POST: (path) => textOf(fetch(root + path, { method: 'POST', headers: hidden, referrerPolicy: 'no-referrer' })),
    'POST, blind': (path) => textOf(fetch(root + path, { method: 'POST', mode: 'no-cors', keepalive: true })),
    PUT: (path) => textOf(fetch(root + path, { method: 'PUT' })),
    beacon: async (path) => String(navigator.sendBeacon(root + path)),
    XMLHttpRequest: (path) => xhr(path, 'GET', hidden),
    'XMLHttpRequest, POST': (path) => xhr(path, 'POST', hidden),
    frame,
    worker,
  };
  const seen = [];
  for (const path of paths)
    for (const [way, ask] of Object.entries(ways))
      seen.push(way + ' ' + path + ': ' + (await ask(path).catch((error) => '0 ')));
  return seen;
}`;
