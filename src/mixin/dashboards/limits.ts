import { mixinConfig } from '../config.ts';
import { fallingIsBad, risingIsBad } from './look.ts';

const secondsPerDay = 24 * 60 * 60;

/** Certificates: where the alerts begin. */
export const certificateSteps = fallingIsBad(
  mixinConfig.certificateCriticalDays * secondsPerDay,
  mixinConfig.certificateWarningDays * secondsPerDay,
);

/** How old data may be: a few poll intervals of the default 15 s. */
export const ageSteps = risingIsBad(60, 180);

/** Lag and what a forced failover would lose, in seconds. */
export const lagSteps = risingIsBad(60, 300);
