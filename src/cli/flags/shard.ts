import type { Shard } from '../../config/shard/shard.ts';
import { type Flag, type FlagValues, isSet, UsageError, wholeNumber } from './flag.ts';

/** Names and counting are those of kube-state-metrics. */
const shardFlag: Flag = {
  group: 'Sharding',
  name: 'shard',
  value: 'ORDINAL',
  default: '0',
  help: 'Poll only this shard of the servers, counted from 0; with --total-shards.',
};

const totalShardsFlag: Flag = {
  group: 'Sharding',
  name: 'total-shards',
  value: 'COUNT',
  default: '1',
  help: 'Divide the servers into so many shards; both ends of a link are in the same one.',
};

export const shardFlags: readonly Flag[] = [shardFlag, totalShardsFlag];

/** Far more exporters than there are links anywhere. */
const maximumShards = 1024;

/** Throws UsageError for a shard that can't be: one flag without the other would poll too much, or a part twice. */
export function shardValue(values: FlagValues): Shard {
  const [given, missing] = isSet(values, shardFlag) ? [shardFlag, totalShardsFlag] : [totalShardsFlag, shardFlag];
  if (isSet(values, given) && !isSet(values, missing)) {
    throw new UsageError(`--${given.name} needs --${missing.name} beside it`);
  }
  const total = wholeNumber(values, totalShardsFlag, { minimum: 1, maximum: maximumShards });
  return { ordinal: wholeNumber(values, shardFlag, { minimum: 0, maximum: total - 1 }), total };
}
