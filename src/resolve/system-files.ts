import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** What resolv.conf(5) says of names; its servers are read by Node's resolver itself. */
export interface SearchRules {
  /** Domains that are tried behind a name, in order. */
  readonly search: readonly string[];
  /** A name with at least so many dots is tried as it stands first. */
  readonly ndots: number;
}

export interface SystemFiles {
  /** The addresses of a name in the hosts file, in its order; none when it is not there. */
  readonly hosts: (name: string) => readonly string[];
  readonly rules: () => SearchRules;
}

/** As glibc limits it. */
const largestNdots = 15;

/**
 * The system's files of names, read at each question: they are small and local, and may change while the program runs.
 * Read in place: a thread of the pool may have to be waited for.
 */
export function systemFiles(
  paths: { readonly hosts: string; readonly resolvConf: string } = {
    hosts: process.platform === 'win32' ? String.raw`C:\Windows\System32\drivers\etc\hosts` : '/etc/hosts',
    resolvConf: '/etc/resolv.conf',
  },
  environment: Readonly<Record<string, string | undefined>> = resolverVariables(),
): SystemFiles {
  return {
    hosts: (name) => hostsIn(textOf(paths.hosts), name),
    rules: () => rulesIn(textOf(paths.resolvConf), environment),
  };
}

/** Overrides of resolv.conf, which the system's own resolver heeds too. */
function resolverVariables(): Readonly<Record<string, string | undefined>> {
  const { LOCALDOMAIN, RES_OPTIONS } = process.env;
  return { LOCALDOMAIN, RES_OPTIONS };
}

/** A file that is not there says nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** hosts(5): an address and its names; `#` begins a comment. */
export function hostsIn(text: string, name: string): readonly string[] {
  const wanted = withoutLastDot(name).toLowerCase();
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const isNamed = names.some((each) => withoutLastDot(each).toLowerCase() === wanted);
    return isNamed && isIP(address) !== 0 ? [address] : [];
  });
}

/** resolv.conf(5): the last `search` or `domain` counts; LOCALDOMAIN and RES_OPTIONS override the file. */
export function rulesIn(text: string, environment: Readonly<Record<string, string | undefined>>): SearchRules {
  let search: readonly string[] = [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [key, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (key === 'search') search = values;
    if (key === 'domain') search = values.slice(0, 1);
    if (key === 'options') ndots = ndotsIn(values) ?? ndots;
  }
  const local = environment.LOCALDOMAIN?.trim();
  return {
    search: (local === undefined || local === '' ? search : local.split(/\s+/)).map(withoutLastDot).filter(Boolean),
    ndots: ndotsIn(environment.RES_OPTIONS?.trim().split(/\s+/) ?? []) ?? ndots,
  };
}

function ndotsIn(options: readonly string[]): number | null {
  const given = options.findLast((option) => /^ndots:\d+$/.test(option));
  return given === undefined ? null : Math.min(Number(given.slice('ndots:'.length)), largestNdots);
}

function withoutLastDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

/** The names that are asked for in turn, as glibc does (resolv.conf(5), `search` and `ndots`). */
export function candidatesFor(name: string, { search, ndots }: SearchRules): readonly string[] {
  if (name.endsWith('.')) return [withoutLastDot(name)];
  const dots = name.split('.').length - 1;
  const searched = search.map((domain) => `${name}.${domain}`);
  return dots >= ndots ? [name, ...searched] : [...searched, name];
}
