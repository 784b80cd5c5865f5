// The load generator, in a process of its own: `tsx bench/load.ts JOB` prints what it saw as JSON. It shares the machine's cores
// with what it measures, so figures are below what clients elsewhere would see.
import autocannon from 'autocannon';
import { formBody, type EnrolTarget } from './form';

export interface Job {
  url: string;
  connections: number;
  /** How long, or how many. */
  seconds?: number;
  amount?: number;
  headers?: Record<string, string>;
  enrol?: EnrolTarget;
}

export interface Seen {
  perSecond: number;
  p50: number;
  p99: number;
  answers: Record<'2xx' | '3xx' | '4xx' | '5xx', number>;
  errors: number;
}

function requestsOf(job: Job): autocannon.Request[] | undefined {
  if (!job.enrol) return undefined;
  const target = job.enrol;
  let next = 0;
  return [
    {
      method: 'POST',
      setupRequest: (request) => ({ ...request, ...formBody(target, next++, new URL(job.url).origin) }),
    },
  ];
}

const job: Job = JSON.parse(process.argv[2] ?? '{}');
let lastAnswerAt = Date.now();
const loading = autocannon({
  url: job.url,
  connections: job.connections,
  ...(job.amount ? { amount: job.amount } : { duration: job.seconds ?? 5 }),
  headers: job.headers ?? {},
  requests: requestsOf(job),
  timeout: 20,
});
loading.on('response', () => (lastAnswerAt = Date.now()));
const result = await loading;
// Not "finish": autocannon looks at its clock once a second, so that a fixed amount would seem to take whole seconds.
const seconds = (lastAnswerAt - result.start.getTime()) / 1000;
const answered = result['2xx'] + result['3xx'] + result['4xx'] + result['5xx'];
const seen: Seen = {
  perSecond: answered / seconds,
  p50: result.latency.p50,
  p99: result.latency.p99,
  answers: { '2xx': result['2xx'], '3xx': result['3xx'], '4xx': result['4xx'], '5xx': result['5xx'] },
  errors: result.errors + result.timeouts,
};
process.stdout.write(JSON.stringify(seen));
