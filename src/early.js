import { setFlagsFromString } from 'node:v8';

// What has to come before all else. Plain JavaScript of the oldest kind that has modules: a Node that is too old for the
// rest has to be able to read it, and it is loaded before anything that takes time.

/** Node.js 24.5 is the first that lets a program add the system's certificate authorities (tls.setDefaultCACertificates). */
const needed = { major: 24, minor: 5 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < needed.major || (major === needed.major && minor < needed.minor)) {
  const version = major < needed.major ? needed.major : `${needed.major}.${needed.minor}`;
  process.stderr.write(`milink-exporter: error: needs Node ${version}, this is ${process.versions.node}\n`);
  process.exit(1);
}

// Node has four threads for all files, compression and the system's resolver, and reads this when the first is needed.
// What may hang keeps ten at most (docs/decisions/0043), so that the others are always there.
process.env.UV_THREADPOOL_SIZE = String(Math.max(16, Number(process.env.UV_THREADPOOL_SIZE) || 0));

// V8 would give new objects up to twice 64 MB, of which little is alive: here they get twice one. Where many servers are polled
// it is told otherwise later (cli/process/heap-for.ts). Whoever gives Node the option has said otherwise.
const given = `${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`.replaceAll('_', '-');
if (!given.includes('--max-semi-space-size')) setFlagsFromString('--semi-space-growth-factor=1');
// Machine code that is made quickly of what is called a few times: 3 MB with two servers, which have no use for it.
if (!given.includes('sparkplug')) setFlagsFromString('--no-sparkplug');

/**
 * Takes SIGTERM, SIGINT and, for the daemon, SIGHUP, and keeps those that come before anybody listens. Other commands end
 * at SIGHUP, as programs do when their terminal is closed.
 */
function takeSignals() {
  /** @type {NodeJS.Signals[]} */
  const early = [];
  /** @type {(signal: NodeJS.Signals) => void} */
  let onSignal = (signal) => {
    early.push(signal);
  };
  const command = process.argv[2];
  const isDaemon = command === undefined || command === 'serve' || command.startsWith('-');
  /** @type {NodeJS.Signals[]} */
  const signals = isDaemon ? ['SIGTERM', 'SIGINT', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];
  // What it has made on a server has to be removed, also when its terminal is closed.
  if (command === 'test-network') process.on('SIGHUP', () => onSignal('SIGTERM'));
  // Node opens its inspector at this one, on a port of the machine: whoever reaches it reads the passwords in the memory.
  process.on('SIGUSR1', () => {});
  for (const signal of signals) process.on(signal, () => onSignal(signal));
  return {
    /**
     * Calls the listener for each signal, first for those that came before.
     *
     * @param {(signal: NodeJS.Signals) => void} listener
     */
    listen(listener) {
      onSignal = listener;
      for (const signal of early.splice(0)) listener(signal);
    },
  };
}

/** The process' signals, from the first line of the program on. */
export const earlySignals = takeSignals();
