// A worker that will be killed: it writes within its job's transaction, says so, and never ends.
import { runNextJob } from '../../lib/job/worker';

void runNextJob({
  test_work: {
    may: 'class.write',
    run: (job) =>
      job.finish(async (tx) => {
        await tx`insert into venue (area_id, name, address) select area_id, 'do việc để lại ghi', 'x' from job where id = ${job.id}`;
        process.stdout.write('written\n');
        await new Promise(() => setInterval(() => undefined, 1000));
        return { result: {} };
      }),
  },
});
