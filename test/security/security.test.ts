import { mkdirSync, writeFileSync } from 'node:fs';
import { coordination, hugo, ines, type TestPerson } from '../support/bot.js';
import { createChance } from '../year/company.js';
import { type Attack, kinds, startAttack } from './attack.js';
import { isOwn, pathsIn, replaced, replacements } from './mutations.js';
import { seeds } from './seeds.js';

const isFull = process.env.FULL_SECURITY !== undefined;
const count = Number(process.env.SECURITY_COUNT ?? (isFull ? 90_000 : 1_500));
const seed = Number(process.env.SECURITY_SEED ?? 1);
/** So many are sent before the records are looked at, and put back. */
const batch = 250;
const mostBytes = 24 * 1024 * 1024;

let attack: Attack;
let memory = '';
beforeAll(async () => {
  attack = await startAttack();
}, 60_000);
afterAll(async () => {
  if (isFull) report();
  await attack.close();
});

const expectNone = (faults: readonly string[]): void => {
  // A fault repeats itself: the first ones say enough.
  expect(faults.slice(0, 10)).toEqual([]);
};

it(`of ${count} activities that were changed by chance (seed ${seed}), none gets further than it may`, async () => {
  const chance = createChance(seed);
  const faults: string[] = [];
  let before = 0;
  while (attack.sent() < count && faults.length < 10) {
    const end = attack.sent() + batch;
    while (attack.sent() < end) faults.push(...(await attack.sendOne(chance)));
    faults.push(...(await attack.settle()));
    // What is read once, and kept, has been read by then.
    if (isFull && !before && attack.sent() > count / 3) before = attack.memory();
  }
  expectNone(faults);
  expect([...attack.counts.keys()].sort()).toEqual([...kinds].sort());
  if (!isFull) return;
  const more = attack.memory() - before;
  memory = `The memory in use is ${Math.round(more / 1024)} KiB more than after the first third.`;
  expect(more).toBeLessThan(mostBytes);
}, 3_600_000);

/** A seed of each way in, by whom, and where. What all activities have is read in one place: of few it is replaced. */
const ways: readonly (readonly [seed: string, whole: boolean, who?: TestPerson, where?: string])[] = [
  ...['message', 'button', 'presence'].map((way) => [way, true] as const),
  ...['search', 'consent', 'feedback', 'unknownInvoke', 'nothing', 'dropped file'].map(
    (way) => [way, false] as const,
  ),
  ...['button host.submit', 'older client host.submit'].map((form) => [form, false] as const),
  ...['button pending.page', 'button pending.message'].map(
    (list) => [list, false, hugo, coordination] as const,
  ),
];
const every = Object.values(replacements).flat();

// One thing each in the short form, all of them in the full one.
it('any one part of an activity can be anything', async () => {
  const chance = createChance(seed + 1);
  const faults: string[] = [];
  for (const [name, whole, who = ines, where] of ways) {
    const found = seeds.find((one) => one.name === name);
    if (!found) throw new Error(`there is no seed ${name}`);
    const activity = attack.activityOf(found, who, where);
    for (const path of pathsIn(activity))
      if (whole || isOwn(path))
        for (const by of isFull ? every : [chance.pick(every)])
          faults.push(...(await attack.send('any part', replaced(activity, path, by))));
    faults.push(...(await attack.settle()));
  }
  expectNone(faults);
}, 3_600_000);

/** One page: how often each kind of change got each answer. */
function report(): void {
  const statuses = [...new Set([...attack.counts.values()].flatMap((own) => [...own.keys()]))].sort();
  const row = (cells: readonly (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(9))).join('');
  const page = [
    `${attack.sent()} activities, seed ${seed}: HTTP status, and that of a card`,
    '',
    row(['', ...statuses]),
    ...[...attack.counts].map(([kind, own]) =>
      row([kind, ...statuses.map((status) => own.get(status) ?? 0)]),
    ),
    '',
    memory,
    '',
  ].join('\n');
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/security.txt', page);
  process.stdout.write(`${page}\n`);
}
