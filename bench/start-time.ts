// From starting the server to the first page in hand.
import { figure, median, runs, spread, times, type Section } from './measure';
import type { Stage } from './stage';

const barMs = 3000;

export async function startTime(stage: Stage): Promise<Section[]> {
  const rows = [];
  for (const workers of [1, 2]) {
    const taken = await times(runs, async () => {
      const portal = await stage.portal(workers);
      await portal.stop();
      return portal.startMs;
    });
    rows.push([String(workers), spread(taken), median(taken) <= barMs ? 'held' : 'not held']);
  }
  return [
    {
      title: 'From start to the first page',
      how: `\`node scripts/serve.mjs\` to the first answer of \`/\`, built and migrated before. Bar: ${figure(barMs)} ms.`,
      head: ['workers', 'ms', 'bar'],
      rows,
    },
  ];
}
