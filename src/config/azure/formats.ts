import { refuse, show, textOf } from '../value/wording.ts';

/** The ids of subscriptions, directories, applications and identities are UUIDs. */
const idPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Azure's rule for resource groups, in letters of any language. */
const resourceGroupPattern = /^[\p{L}\p{N}_\-.()]{0,89}[\p{L}\p{N}_\-()]$/u;

const versionPattern = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/;

/** Before it links had another shape: one database, without roles (change log of microsoft.sql). */
const oldestVersion = '2023-05-01';

export function checkSubscriptionId(value: unknown): void {
  if (!idPattern.test(textOf(value, 'the id of a subscription'))) {
    refuse(
      `${show(value)} is not the id of a subscription: 32 hexadecimal digits, as 00000000-0000-0000-0000-000000000000`,
    );
  }
}

export function checkResourceGroup(value: unknown): void {
  if (!resourceGroupPattern.test(textOf(value, 'the name of a resource group'))) {
    refuse(
      `${show(value)} is not the name of a resource group: at most 90 letters, digits, _, -, . and brackets, without a dot at the end`,
    );
  }
}

export function checkApiVersion(value: unknown): void {
  const version = textOf(value, 'the version of an interface');
  if (!versionPattern.test(version))
    refuse(`${show(version)} is not a version of Azure's interface: write it like 2025-01-01`);
  if (version < oldestVersion)
    refuse(`${show(version)} has no links as they are read here: use 2025-01-01, or a later one`);
}

/** RFC 1123 section 2.1, with at least one dot: a domain of the directory, as `contoso.onmicrosoft.com`. */
const domainPattern = /^(?!.{254})[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/i;

/** Shows no value: a client secret may be in the wrong place. */
export function checkClientId(value: unknown): void {
  if (!idPattern.test(textOf(value, 'a client id'))) {
    refuse('this is not a client id: 32 hexadecimal digits, as 00000000-0000-0000-0000-000000000000');
  }
}

/** Shows no value: a client secret may be in the wrong place. */
export function checkTenantId(value: unknown): void {
  const id = textOf(value, 'the id of a directory');
  if (!idPattern.test(id) && !domainPattern.test(id)) {
    refuse('this is not the id of a directory (32 hexadecimal digits) nor one of its domain names');
  }
}

/** Shows no value: as `https://user:password@host` it may hold a password. */
export function checkHttpsUrl(value: unknown): void {
  const text = textOf(value, 'a URL');
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url?.protocol !== 'https:' || !isPlain || url.pathname !== '/') {
    refuse('this is not the URL of a server: https:// and its name, without a path');
  }
}
