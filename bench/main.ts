/** `npm run bench`: Steward's speed and memory, side by side with bare bots. */
import { DatabaseServer } from './database.ts';
import { describeMachine, takeCores } from './machine.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { compare } from './parts/compare.ts';
import { crawl } from './parts/crawl.ts';
import { directory } from './parts/directory.ts';
import { memory } from './parts/memory.ts';
import { operations } from './parts/operations.ts';
import { profile } from './parts/profile.ts';
import { slowPanel } from './parts/slow-panel.ts';
import { embeddedStarts } from './parts/start.ts';
import { memoryReport, profileReport, slowPanelReport, startReport } from './report/alone.ts';
import { comparisonReport } from './report/comparison.ts';
import { crawlReport } from './report/crawl.ts';
import { directoryReport } from './report/directory.ts';
import { operationsReport } from './report/operations.ts';
import type { Bench } from './stage.ts';

/** What the shell expects of a program that was interrupted. */
const INTERRUPTED = 130;

async function run(options: Options): Promise<void> {
  const cores = takeCores();
  const introduction = describeMachine(cores);
  console.log(introduction.join('\n'));
  await using database = await DatabaseServer.start();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // The other processes notice that this one is gone, and end.
    process.once(signal, () => void database[Symbol.asyncDispose]().finally(() => process.exit(INTERRUPTED)));
  }
  const bench: Bench = { options, cores, database, say: (sentence) => console.error(`… ${sentence}`) };
  const report = (text: string) => console.log(`\n${text}`);
  const wants = (part: Options['parts'][number]) => options.parts.includes(part);

  if (wants('compare')) report(comparisonReport(await compare(bench)));
  if (wants('operations')) report(operationsReport(await operations(bench)));
  if (wants('directory')) report(directoryReport(await directory(bench)));
  if (wants('crawl')) report(crawlReport(await crawl(bench)));
  if (wants('start')) report(startReport(await embeddedStarts(bench)));
  if (wants('slow-panel')) report(slowPanelReport(await slowPanel(bench)));
  if (wants('memory')) report(memoryReport(await memory(bench)));
  if (wants('profile')) report(profileReport(await profile(bench)));
  report(HOW_TO_READ(options));
}

const HOW_TO_READ = ({ atOnce, rounds }: Options) => `How to read this
  ${atOnce} people act at once, each as soon as another was answered; figures are medians of ${rounds} rounds, every bot in turn.
  They are 8,000 members and 3,000 staff who take turns, so that nobody meets Steward's limit for one person.
  The bare bots defer, do one indexed SELECT on the same database, and edit. Steward runs as \`npm start\` runs it: policy, card,
  component state and all. Under so much load times are mostly waiting in line, so they follow from the answers a second.
  Memory is what the bot's process keeps resident, the database aside; 1 MB is a million bytes.`;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(USAGE);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
