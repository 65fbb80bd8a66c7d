import type { Feature, Services } from '../src/features/feature.js';
import { planTasks } from '../src/features/shared/tasks.js';
import type { Store } from '../src/ports.js';
import { readCalendar } from '../src/reference/calendar/read-calendar.js';
import { createScheduler } from '../src/scheduler.js';
import { aConvention, anAction, anEngagement } from './support/builders.js';
import { keepingLog } from './support/flows.js';
import { createMemoryStore } from './support/memory-store.js';

const monday = '2026-12-07T08:00:00.000Z';
const action = anAction({ firstDay: '2026-12-08' });
const request = { action, engagements: [anEngagement(action, 'ines')] };
const calendar = readCalendar('data');

let now: string;
let store: Store;
let done: string[];
let logged: ReturnType<typeof keepingLog>;
beforeEach(() => {
  now = monday;
  store = createMemoryStore();
  done = [];
  logged = keepingLog();
});

/** A feature that plans a task at each of these times, until a day later, and notes what it does. */
const diary = (dueAt: readonly string[], more: Partial<Feature> = {}): Feature => ({
  name: 'diary',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {},
  plan: async () =>
    dueAt.map((at) => ({
      task: 'note',
      occurrence: at,
      employeeId: 'ines',
      dueAt: at,
      until: new Date(Date.parse(at) + 86_400_000).toISOString(),
    })),
  tasks: { note: { job: 'reminders', run: async (_tx, _task, key) => void done.push(key) } },
  ...more,
});
const servicesWith = (feature: Feature, more: object = {}): Services =>
  ({
    store,
    clock: { now: () => now },
    calendar,
    convention: aConvention(),
    features: [feature],
    ...more,
  }) as unknown as Services;
const plan = (services: Services) => store.transact((tx) => planTasks(tx, services, request));
const run = (services: Services) => createScheduler(services, logged.log).run({ dryRun: false });
const stored = () => store.read((r) => r.all('tasks'));
const idAt = (at: string) => `diary.note:${action.id}:${at}`;

it('a task is done when it is due, and once', async () => {
  const services = servicesWith(diary(['2026-12-07T08:30:00.000Z']));
  await plan(services);
  expect(await run(services)).toBe('nothing is due');
  now = '2026-12-07T08:30:00.000Z';
  expect(await run(services)).toBe('1 × diary.note');
  expect(await run(services)).toBe('nothing is due');
  await plan(services);
  expect(await run(services)).toBe('nothing is due');
  expect(done).toEqual([idAt('2026-12-07T08:30:00.000Z')]);
});

it('two instances at once do each of three hundred tasks once', async () => {
  const times = Array.from({ length: 300 }, (_, i) => `2026-12-07T07:00:00.${String(i).padStart(3, '0')}Z`);
  const services = servicesWith(diary(times));
  await plan(services);
  await Promise.all([run(services), run(services)]);
  expect([...done].sort()).toEqual(times.map(idAt));
});

it('what is not planned any more is removed, and what is planned for another time is moved', async () => {
  const [early, late] = ['2026-12-07T08:30:00.000Z', '2026-12-07T09:30:00.000Z'];
  await plan(servicesWith(diary([early, late])));
  await plan(servicesWith(diary([late])));
  expect((await stored()).map(({ dueAt }) => dueAt)).toEqual([late]);
  const moved = diary([], {
    plan: async () => [{ task: 'note', occurrence: late, dueAt: early, until: '2026-12-08T00:00:00.000Z' }],
  });
  await plan(servicesWith(moved));
  expect(await stored()).toMatchObject([{ id: idAt(late), dueAt: early, until: '2026-12-08T00:00:00.000Z' }]);
});

it('after three days down, what is of no use any more is dropped and said, and the rest is done', async () => {
  const services = servicesWith(diary(['2026-12-07T08:30:00.000Z', '2026-12-10T07:00:00.000Z']));
  await plan(services);
  now = '2026-12-10T08:30:00.000Z';
  expect(await run(services)).toBe('1 × diary.note');
  expect(done).toEqual([idAt('2026-12-10T07:00:00.000Z')]);
  expect(logged.lines.join()).toContain('"dropped":"1 × diary.note"');
});

it.each([
  [
    'in the evening, until the next morning',
    'Europe/Paris',
    '2026-12-07T18:00:00.000Z',
    '2026-12-08T07:00:00.000Z',
  ],
  ['in the evening in Tokyo', 'Asia/Tokyo', '2026-12-07T11:00:00.000Z', '2026-12-07T23:00:00.000Z'],
  [
    'before the morning in Cayenne',
    'America/Cayenne',
    '2026-12-07T10:00:00.000Z',
    '2026-12-07T11:00:00.000Z',
  ],
])('nobody is written to outside their working hours: %s', async (_, timeZone, late, allowed) => {
  await store.transact((tx) =>
    tx.put('people', { id: 'ines', teamsId: '29:ines', lang: 'fr', conversationId: 'a:ines', timeZone }),
  );
  const services = servicesWith(diary([monday]));
  await plan(services);
  now = late;
  expect(await run(services)).toBe('nothing is due');
  now = allowed;
  expect(await run(services)).toBe('1 × diary.note');
});

it('a task that fails keeps no other from being done, and is tried again', async () => {
  let fails = true;
  const [bad, good] = ['2026-12-07T07:00:00.000Z', '2026-12-07T07:30:00.000Z'];
  const services = servicesWith(
    diary([bad, good], {
      tasks: {
        note: {
          job: 'reminders',
          run: async (_tx, { dueAt }, key) => {
            if (fails && dueAt !== good) throw new Error('out of ink');
            done.push(key);
          },
        },
      },
    }),
  );
  await plan(services);
  await run(services);
  expect(done.at(-1)).toBe(idAt(good));
  expect(logged.lines.join()).toContain('out of ink');
  fails = false;
  now = '2026-12-07T08:09:00.000Z';
  expect(await run(services)).toBe('nothing is due');
  now = '2026-12-07T08:10:00.000Z';
  expect(await run(services)).toBe('1 × diary.note');
});

it('a dry run changes nothing, and a job by name does its own tasks only', async () => {
  const services = servicesWith(diary([monday]));
  await plan(services);
  const before = await stored();
  const scheduler = createScheduler(services, logged.log);
  expect(await scheduler.run({ job: 'reminders', dryRun: true })).toBe('1 × diary.note');
  expect(await scheduler.run({ job: 'outcomes', dryRun: false })).toBe('nothing is due');
  expect(await stored()).toEqual(before);
});

it('requests that were stored before a setting changed are planned anew at the next start, once', async () => {
  await store.transact(async (tx) => {
    await tx.put('actions', action);
    for (const engagement of request.engagements) await tx.put('engagements', engagement);
  });
  const services = servicesWith(diary(['2026-12-07T08:30:00.000Z']));
  await createScheduler(services, logged.log).replan();
  expect(await stored()).toHaveLength(1);
  await createScheduler(servicesWith(diary([])), logged.log).replan();
  expect(await stored()).toHaveLength(1);
  const changed = { convention: aConvention({ lateAfterDays: 9 }) };
  await createScheduler(servicesWith(diary([]), changed), logged.log).replan();
  expect(await stored()).toEqual([]);
});
