/**
 * What makes two links the same one, in the configuration and on servers. Names are compared without case: SQL Server does,
 * and a link must not fall apart because its ends, or whoever wrote the configuration, spell it differently.
 */
export function linkKey(name: string, managedInstance: string): string {
  return JSON.stringify([name.toLowerCase(), managedInstance.toLowerCase()]);
}
