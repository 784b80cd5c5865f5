// `npm run bench [names…]`: sets the stage, measures, writes bench/results/, clears everything away. Without names: all of them.
import { beginning, report } from './report';
import { onStage, start, type Stage } from './stage';
import { schedule } from './schedule';
import { search } from './search';
import { enrol } from './enrol';
import { fakeSignUps } from './fakes';
import { lighthouse } from './lighthouse';
import { nginx } from './nginx';
import { startTime } from './start-time';
import type { Section } from './measure';

/** A bench that fills a database of its own and writes its own page. */
const onItsOwn = (file: string) => async (): Promise<Section[]> => {
  const child = start(process.execPath, ['--import', 'tsx', file]);
  await new Promise((resolve) => child.once('exit', resolve));
  return [];
};

const benches: Record<string, (stage: Stage) => Promise<Section[]>> = {
  start: startTime,
  schedule,
  search,
  enrol,
  fakes: fakeSignUps,
  lighthouse,
  nginx,
  figures: onItsOwn('bench/figures.ts'),
  import: onItsOwn('bench/import.ts'),
  reaching: onItsOwn('bench/reaching.ts'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}

// Whatever hangs, hangs no longer than this.
const names = asked.length > 0 ? asked : Object.keys(benches);
const limit = setTimeout(
  () => {
    console.error('The bench took too long and was ended.');
    process.exit(1);
  },
  names.reduce((minutes, name) => minutes + (name === 'reaching' ? 60 : 10), 0) * 60_000,
);

await onStage(async (stage) => {
  for (const name of names) {
    const began = await beginning(stage);
    const sections = await benches[name]?.(stage);
    if (!sections?.length) continue;
    const file = await report(stage, name, began, sections);
    for (const { title, head, rows, said = [] } of sections) {
      console.log(`\n${title}\n${[head, ...rows].map((row) => row.join('  ·  ')).join('\n')}\n${said.join('\n')}`);
    }
    console.log(`→ ${file}`);
  }
});
clearTimeout(limit);
