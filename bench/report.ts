import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { programmeYear } from '../src/domain/convention/programme-year.js';
import { addDays } from '../src/domain/days.js';
import { closingCard } from '../src/features/closing/card.js';
import { closeYear } from '../src/features/closing/close.js';
import type { Actor, Services } from '../src/features/feature.js';
import { reportCard } from '../src/features/report/card.js';
import { makeTable } from '../src/features/report/table.js';
import { makeMinistryWorkbook, makeWorkbook } from '../src/features/report/workbook.js';
import { copyToPostgres } from '../src/storage/copy-to-postgres.js';
import { startPostgres } from '../test/support/postgres.js';
import { machine, median, spread } from './contest.js';
import { storeActions } from './records.js';

const today = new Date().toISOString().slice(0, 10);
/** Whoever closes a year has seen its figures: meanwhile others submit for another one. */
const anotherYear = addDays(today, -800);
/** So many of each file are made one after the other: a p99 needs hundreds of submissions. */
const exports = 5;
const goals =
  'goals: card 50 ms after the first, XLSX 5 s and 300 MB, p99 of a submission twice that without';

/** Stores an action again and again, as turns do; gives how long each took. */
async function submit(services: Services, until: () => boolean, day = today): Promise<number[]> {
  const found: number[] = [];
  while (!until()) {
    const began = performance.now();
    await storeActions(services, 1, day);
    found.push(performance.now() - began);
    await pause(10);
  }
  return found;
}
/** How long they took: each is the highest of so many. */
function describeTimes(times: readonly number[]) {
  const inOrder = times.toSorted((a, b) => a - b);
  const at = (share: number) => inOrder[Math.floor(times.length * share)]?.toFixed(0) ?? '';
  return { 'submission p50 ms': at(0.5), 'p99 ms': at(0.99), submissions: times.length };
}

/** A file while others submit: its time, the memory it took, the longest wait of the event loop, and others' times. */
async function exportFile(
  make: () => Promise<{ content: string | Uint8Array } | undefined>,
  services: Services,
  { day = today, times = 1 } = {},
) {
  global.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let isDone = false;
  const submitting = submit(services, () => isDone, day);
  const took: number[] = [];
  let file: { content: string | Uint8Array } | undefined;
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    file = await make();
    took.push(performance.now() - began);
  }
  isDone = true;
  const others = await submitting;
  delay.disable();
  clearInterval(watching);
  return {
    s: (median(took) / 1000).toFixed(1),
    'MB more': ((peak - before) / 1e6).toFixed(0),
    'MB of file': ((file?.content.length ?? 0) / 1e6).toFixed(1),
    'longest wait ms': (delay.max / 1e6).toFixed(0),
    ...describeTimes(others),
  };
}

/**
 * The report of a year with many actions, on both stores: its card, and its files while others submit:
 * `npm run bench -- report [actions] [times]`.
 */
export async function main([actions = '100000', times = '15']: readonly string[]): Promise<void> {
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startPostgres({ light: false });
  const cards: Record<string, object> = {};
  const files: Record<string, object> = {};
  const closings: Record<string, object> = {};
  try {
    const file = `${folder}/records.json`;
    const url = await server.createDatabase();
    const filling = await createApp(readConfig({ DATA_FILE: file, LOG_LEVEL: 'error' }));
    await storeActions(filling.services, Number(actions), today);
    await filling.close();
    await copyToPostgres({ file, url, dryRun: false, onProgress: () => undefined });
    for (const [name, env] of Object.entries({
      lowdb: { DATA_FILE: file },
      PostgreSQL: { DATABASE_URL: url },
    })) {
      const config = readConfig({ ...env, LOG_LEVEL: 'error' });
      // What is measured has just been started, and knows nothing of what is stored.
      const app = await createApp(config);
      const { services } = app;
      const place = { conversationId: 'a:1', kind: 'personal' } as const;
      const actor: Actor = {
        id: '1',
        teamsId: '29:1',
        lang: 'fr',
        clientLang: 'fr',
        coordinator: true,
        admin: false,
        place,
      };
      await services.store.transact((tx) =>
        tx.put('people', { id: '1', teamsId: '29:1', name: 'Hugo Témoin', lang: 'fr' }),
      );
      const year = programmeYear(today, services.convention);
      const found: number[] = [];
      for (let n = 0; n <= Number(times); n++) {
        const began = performance.now();
        await reportCard(actor, { year, cut: n % 2 ? 'school' : 'kind', page: 0 }, services);
        found.push(performance.now() - began);
      }
      const [first = 0, ...later] = found;
      cards[name] = { 'first ms': first.toFixed(0), 'later ms': spread(later) };

      const alone = { until: performance.now() + 10_000 };
      const usual = await submit(services, () => performance.now() > alone.until);
      files[`${name}: no file`] = describeTimes(usual);
      const link = { id: 't', file: '', personId: '1', about: year.firstDay, expiresAt: '' };
      const known = {
        ...services,
        directory: { ...services.directory, isCoordinator: async () => 'yes' as const },
      };
      for (const [file, make] of Object.entries({
        XLSX: makeWorkbook,
        'XLSX for the ministry': makeMinistryWorkbook,
        CSV: makeTable,
      }))
        files[`${name}: ${file}`] = await exportFile(() => make(link, known), services, { times: exports });
      const card = await closingCard(actor, year, services);
      const { seen, after } = card.data as { seen: string; after: number };
      closings[`${name}: closing`] = await exportFile(
        async () => {
          await closeYear(actor, year, { seen, after }, services);
          const parts = await services.store.read((r) => r.all('closedlines'));
          if (parts.length === 0) throw new Error('the year was not closed');
          return { content: parts.map(({ lines }) => lines).join('') };
        },
        services,
        { day: anotherYear },
      );
      for (const [what, draw] of Object.entries({
        'the report of the closed year': () =>
          reportCard(actor, { year, cut: 'kind', page: 0 }, services).then(() => ({ content: '' })),
        'its workbook': () => makeWorkbook(link, known),
      }))
        closings[`${name}: ${what}`] = await exportFile(draw, services, { day: anotherYear });
      await app.close();
    }
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
  console.log(`\n${machine()}; ${actions} actions, median (lowest to highest) of ${times}; ${goals}\n`);
  console.table(cards);
  console.table(files);
  console.table(closings);
}
