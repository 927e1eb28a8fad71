import { logFillingHours, logFullSoonHours } from '../../link/findings/log.ts';
import { mixinConfig } from '../config.ts';
import { fallingIsBad, risingIsBad, type Step } from './look.ts';

const { certificateCriticalHours, certificateWarningDays, dataLossSeconds, lagSeconds } = mixinConfig;
const { staleFactor } = mixinConfig;
/** A queue that is worth a look; the alerts ask how many seconds of work it is. */
const longQueueBytes = 1024 ** 3;
/** Polls that may be missed before anybody need look: a slow one, a failed one. */
const missedPolls = 4;

const orangeFrom = (limit: number): readonly Step[] => [
  { from: null, color: 'green' },
  { from: limit, color: 'orange' },
];

/** Each colour begins where the alert of that severity begins: a warning is orange, a critical one red. */
export const lagSteps = orangeFrom(lagSeconds);
export const dataLossSteps = orangeFrom(dataLossSeconds);
export const sendQueueSteps = orangeFrom(longQueueBytes);
export const redoQueueSteps = orangeFrom(longQueueBytes);
/** In days. */
export const certificateSteps = fallingIsBad(certificateCriticalHours / 24, certificateWarningDays);

/** How old the data of a server may be, in poll intervals: what the configuration says counts. Red where it counts as stale. */
export const ageSteps = risingIsBad(missedPolls, staleFactor);
/** Of what may be long ago, in seconds: days and the time of day, never weeks or years. */
export const age = 'dtdhms';
/** Of `ageSteps`. */
export const pollIntervals = 'suffix: polls';
/** In hours: how long a log lasts. */
export const logHoursSteps = fallingIsBad(logFullSoonHours, logFillingHours);
/** The share of the time in which an objective is met: three nines, two nines. */
export const shareSteps = fallingIsBad(0.99, 0.999);
