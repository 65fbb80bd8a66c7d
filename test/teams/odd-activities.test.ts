import fc from 'fast-check';
import { coordination, hugo, ines, type TestBot, type TestPerson } from '../support/bot.js';
import { activityFrom, all, keepingLog, placement, startFast } from '../support/flows.js';
import { samples } from '../support/ways.js';

/** In every text that is sent, so that it can be looked for in the log. */
const mark = 'Tintenfisch';
const deep = (levels: number): unknown => (levels === 0 ? mark : [deep(levels - 1)]);
const odd: readonly unknown[] = [
  ...[0, -1, 1e308, true, false, null, [], {}, [mark], [null], { [mark]: mark }],
  { length: { toString: 1 } },
  { length: { toString: 1, valueOf: 1 }, [mark]: 1 },
  { length: 3 },
  { toString: mark, valueOf: mark },
  { toJSON: mark },
  { id: { length: { toString: 1 } }, verb: { length: { toString: 1 } }, length: 1 },
  JSON.parse(`{"__proto__":{"length":1,"id":"${mark}"},"constructor":{"prototype":{"id":"${mark}"}}}`),
  deep(20),
  deep(100),
  ...['', ' ', mark, mark.repeat(1_000), `${mark}\0`, `\0`, `${mark}\ud800`, `\udc00`, `\u202e${mark}`],
  ...[
    '__proto__',
    'constructor',
    `../../${mark}`,
    `%00${mark}`,
    `<at>${mark}`,
    `\${${mark}}`,
    `${mark}\r\nx: y`,
  ],
];

/** What is nowhere in the samples, but may be in an activity. */
const complete = (activity: object): object => ({
  replyToId: 'replied-to',
  action: 'add',
  timestamp: '2026-11-23T08:00:00.000Z',
  localTimezone: 'Europe/Paris',
  entities: [{ type: 'clientInfo', timezone: 'Europe/Paris' }],
  attachments: [],
  membersAdded: [{ id: '29:somebody' }],
  membersRemoved: [{ id: '29:somebody' }],
  deliveryMode: 'normal',
  ...activity,
});

/** The paths to all that can be replaced in a value, itself left out. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsIn(inner).map((p) => [key, ...p])]);
}

function replaced(value: unknown, [key = '', ...rest]: readonly string[], by: unknown): unknown {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = rest.length === 0 ? by : replaced(copy[key], rest, by);
  return copy;
}

const { lines, log } = keepingLog();
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ parts: { log } });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const form = (verb: string, data: object) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
});
const ids = { id: '01KAAAAAAAAAAAAAAAAAAAAAAA', formKey: '01KBBBBBBBBBBBBBBBBBBBBBBB' };
/** What is sent, by whom, and where. */
const kinds: Record<string, readonly [object, TestPerson, string?]> = {
  ...Object.fromEntries(
    Object.values(samples)
      .flatMap((activities) => Object.entries(activities))
      .map(([name, more]) => [name, [more, ines]]),
  ),
  'a form': [form('host.submit', { ...ids, ...placement }), ines],
  'a form of a client without Action.Execute': [
    { value: { verb: 'host.submit', ...ids, ...placement } },
    ines,
  ],
  'a list of the coordinators': [form('pending.page', { page: 1 }), hugo, coordination],
  'a message of the coordinators that did not arrive': [
    form('pending.message', { id: 'told:1' }),
    hugo,
    coordination,
  ],
};
const activityOf = (kind: string): object => {
  const [more, who, where] = kinds[kind] ?? [{}, ines];
  return complete(activityFrom(bot, who, more, where));
};

/** Says what is wrong with the answer to an activity; nothing when nothing is. */
async function faultOf(activity: unknown): Promise<string | undefined> {
  const response = await bot.raw(activity);
  const text = await response.text();
  if (![200, 400, 403, 501].includes(response.status)) return `HTTP ${response.status}`;
  if (text.includes('refusal.failure')) return 'an answer that something broke';
  if (response.status !== 200 && text.includes(mark)) return 'a refusal that repeats what was sent';
  return undefined;
}

const expectCleanLog = (): void => {
  expect(lines.filter((line) => line.includes(mark))).toEqual([]);
  expect(lines.filter((line) => /a turn failed|could not be processed/.test(line))).toEqual([]);
};

/** What all activities have is read in one place: of the others, only what they send is replaced. */
const whole = new Set(['a message', 'a button', 'a conversation update']);

const rows = Object.keys(kinds).filter((kind) => whole.has(kind) || 'value' in (kinds[kind]?.[0] ?? {}));

it.each(rows)('%s with any one part replaced is answered or refused', async (kind) => {
  const activity = activityOf(kind);
  const faults: string[] = [];
  for (const path of pathsIn(activity)) {
    if (!whole.has(kind) && path[0] !== 'value') continue;
    const found = await Promise.all(odd.map((value) => faultOf(replaced(activity, path, value))));
    for (const [i, fault] of found.entries())
      if (fault) faults.push(`${path.join('.')} as ${JSON.stringify(odd[i])?.slice(0, 60)}: ${fault}`);
  }
  expect(faults).toEqual([]);
  expectCleanLog();
});

it('several parts replaced at once are answered or refused too', async () => {
  const replacement = fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(...odd), fc.jsonValue()));
  const property = fc.asyncProperty(
    fc.constantFrom(...Object.keys(kinds)),
    fc.array(replacement, { minLength: 1, maxLength: 4 }),
    async (kind, replacements) => {
      let activity: unknown = activityOf(kind);
      for (const [n, value] of replacements) {
        const paths = pathsIn(activity);
        activity = replaced(activity, paths[n % paths.length] ?? [], value);
      }
      expect(await faultOf(activity)).toBeUndefined();
    },
  );
  await fc.assert(property, { numRuns: 300 });
  expectCleanLog();
});

it('of all that, nothing was kept that a database would refuse, or that hides what is read', async () => {
  const people = await all(bot, 'people');
  expect(people.length).toBeGreaterThan(1);
  for (const kept of [people, await all(bot, 'conversations')])
    expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud800|\\udc00|\u202e|[\r\n]/);
});
