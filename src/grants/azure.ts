/** The smallest set of rights for what the exporter reads of Azure: reads of the managed instance's own resources. */
export const azureActions = [
  'Microsoft.Sql/managedInstances/read',
  'Microsoft.Sql/managedInstances/distributedAvailabilityGroups/read',
  'Microsoft.Sql/managedInstances/operations/read',
  'Microsoft.Sql/managedInstances/endpointCertificates/read',
  'Microsoft.Sql/managedInstances/serverTrustCertificates/read',
] as const;

const roleName = 'milink-exporter reader';
const file = 'milink-exporter-role.json';

/** Where the role is assigned: one instance, or a whole subscription where `instances` is null. */
export interface AzureScope {
  readonly subscriptionId: string;
  readonly instances: readonly { readonly resourceGroup: string; readonly name: string }[] | null;
}

export interface AzureGrant {
  /** The client id of the application or identity; null: that of the machine, which only Azure knows. */
  readonly clientId: string | null;
  readonly scopes: readonly AzureScope[];
}

/** Lines for a shell with Azure's command line: the custom role, and its assignment to the identity. */
export function azureScript({ clientId, scopes }: AzureGrant): string {
  const assignee = clientId ?? '<principal id of the identity>';
  const assignments = scopes
    .flatMap(scopesOf)
    .map(
      (scope) =>
        `az role assignment create --assignee ${quoted(assignee)} --role ${quoted(roleName)} --scope ${quoted(scope)}`,
    );
  return [
    '# The role: nothing but reads, of managed instances only.',
    `cat > ${file} <<'JSON'`,
    JSON.stringify(roleOf(scopes), null, 2),
    'JSON',
    `az role definition create --role-definition @${file}`,
    '',
    '# Its assignment. A role that was just made can be assigned a minute later; a right is in force some minutes after that.',
    ...assignments,
    '',
  ].join('\n');
}

function roleOf(scopes: readonly AzureScope[]): object {
  return {
    Name: roleName,
    IsCustom: true,
    Description: 'Reads managed instances, their links, operations and link certificates for milink-exporter.',
    Actions: azureActions,
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: scopes.map(({ subscriptionId }) => `/subscriptions/${subscriptionId}`),
  };
}

function scopesOf({ subscriptionId, instances }: AzureScope): readonly string[] {
  const subscription = `/subscriptions/${subscriptionId}`;
  if (instances === null) return [subscription];
  return instances.map(
    ({ resourceGroup, name }) =>
      `${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/managedInstances/${name}`,
  );
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
