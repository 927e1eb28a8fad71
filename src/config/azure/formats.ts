import { refuse, textOf } from '../file/format-text.ts';
import { show } from '../value/wording.ts';

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
