/** npm run fuzz -- [SECONDS] [SEED]: odd servers, requests and files, until something ends, hangs or grows. */
import { runFuzz } from './run-fuzz.ts';

const [seconds = 60, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number);
process.stdout.write(`seed ${seed}, ${seconds} s\n`);
const report = await runFuzz({ seed, seconds, hasProperties: true });
process.stdout.write(`${JSON.stringify({ seed, seconds, ...report }, null, 2)}\n`);
const isBad = report.death !== null || report.defects.length > 0 || report.slowestHealthSeconds > 10;
process.exitCode = isBad ? 1 : 0;
