import { appendFact, auditKinds, headOf } from '../../src/domain/audit/chain.js';
import { findGaps } from '../../src/features/audit/gaps.js';
import { tellEntries, toToldMove } from '../../src/features/audit/told.js';
import { makeEverything } from '../../src/features/data/file.js';
import type { Lang, Records } from '../../src/records.js';
import { digest } from '../../src/storage/audit.js';
import { openPostgresStore } from '../../src/storage/postgres/index.js';
import { verifyAudit } from '../../src/storage/verify-audit.js';
import {
  amy,
  coordination,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { lintCard } from '../support/card-lint.js';
import { aRecordOf } from '../support/every-kind.js';
import {
  all,
  hasButton,
  inChannel,
  offerTalk,
  publishSession,
  says,
  startFast,
  tidy,
} from '../support/flows.js';
import { startPostgres } from '../support/postgres.js';

const at = '2026-11-23T08:00:01.000Z';
let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterEach(() => bot.close());

/** Notes downloads of the report, of the year that begins on that day of September. */
const download = async (...days: number[]): Promise<void> => {
  for (const day of days)
    await bot.app.services.store.transact((tx) =>
      tx.add('exports', {
        id: `export-${day}`,
        personId: hugo.aadObjectId,
        file: 'report.table',
        about: `2026-09-${day}`,
        at,
      }),
    );
};
const read = async (who = hugo): Promise<string> => textOf((await bot.say(who, 'historique'))[0] ?? {});
const show = async (data: object, who = hugo) => (await bot.click(who, 'audit.show', data)).value;
const whats = async (): Promise<string[]> =>
  (await all(bot, 'audit')).map(({ kind, what }) => `${kind} ${what}`);

describe('the trail', () => {
  it('has who decided, and not what people did about themselves', async () => {
    const approved = await offerTalk(bot, ines);
    const sentBack = await offerTalk(bot, ines, { firstDay: '2026-12-10' });
    await bot.click(hugo, 'approval.approve', { id: approved }, inChannel);
    await bot.click(louis, 'approval.askChanges', { id: sentBack, changes: 'Plutôt le soir.' }, inChannel);
    const session = await publishSession(bot, hugo, { firstDay: '2027-01-12', seats: '1' });
    await bot.click(zoe, 'sessions.join', { id: session });
    expect(await whats()).toEqual([
      'role channel-chosen',
      'request approve',
      'request askChanges',
      'request publish',
    ]);
    const text = await read();
    expect(text).toContain('Hugo Témoin a approuvé');
    expect(text).toContain('Louis Fictif a demandé une modification.');
    expect(text).not.toContain('Plutôt le soir.');
    expect((await verifyAudit(bot.app.services.store)).fault).toBeUndefined();
  });

  it('has who stopped the announcements', async () => {
    const here = { where: coordination };
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, here);
    await bot.click(louis, 'setup.stopAnnouncements', {}, here);
    expect((await all(bot, 'audit')).map(({ what, about, by }) => [what, about, by])).toEqual([
      ['channel-chosen', 'coordinators', hugo.aadObjectId],
      ['channel-chosen', 'announcements', hugo.aadObjectId],
      ['channel-stopped', 'announcements', louis.aadObjectId],
    ]);
    await bot.click(louis, 'setup.stopAnnouncements', {}, here);
    expect(await all(bot, 'audit')).toHaveLength(3);
  });

  it('has that the bot was started with other settings', async () => {
    await bot.restart();
    expect(await whats()).toEqual(['role channel-chosen']);
    const { store } = bot.app.services;
    await store.transact(async (tx) => {
      const terms = await tx.get('terms', 'convention');
      if (!terms?.startedWith) throw new Error('a start keeps them');
      const { startedWith } = terms;
      await tx.put('terms', {
        ...terms,
        startedWith: { ...startedWith, admins: { hash: 'other', size: 2 } },
      });
    });
    await bot.restart();
    expect((await whats()).slice(-2)).toEqual(['role started-admins', 'role started-admins']);
    expect(tidy(await read())).toContain(says('fr', 'audit.told.started-admins', { from: '2', to: '0' }));
  });

  it('is written once when a form is sent twice', async () => {
    const id = await offerTalk(bot, ines);
    for (const who of [hugo, hugo, louis]) await bot.click(who, 'approval.approve', { id }, inChannel);
    expect(await whats()).toEqual(['role channel-chosen', 'request approve']);
  });
});

describe('the card', () => {
  it('shows the latest rows first, and earlier ones page by page', async () => {
    await download(...Array.from({ length: 10 }, (_, n) => n + 10));
    const first = (await bot.say(hugo, 'historique'))[0] ?? {};
    const days = (card: object) =>
      [...tidy(textOf(card)).matchAll(/commencée le (\d+) septembre/g)].map(([, day]) => Number(day));
    expect(days(first)).toEqual([19, 18, 17, 16, 15, 14, 13, 12]);
    expect(textOf(first)).not.toContain(says('fr', 'audit.newest'));
    const second = await show(formData(first, 'audit.show', { chosen: 'all' }));
    expect(textOf(second)).toBe(textOf(first));
    const older = await show({ kind: 'all', before: 4 });
    expect(days(older)).toEqual([11, 10]);
    expect(textOf(older)).toContain(says('fr', 'audit.newest'));
    expect(textOf(older)).not.toContain(says('fr', 'audit.older'));
    expect(lintCard(older)).toEqual([]);
  });

  it.each([
    100_001,
    '100001',
    999_999_999,
  ])('has pages however long the trail is: before %j', async (before) => {
    await download(10);
    const { statusCode, value } = await bot.click(hugo, 'audit.show', { kind: 'all', before });
    expect(statusCode).toBe(200);
    expect(textOf(value)).toContain('septembre');
  });

  it('shows one kind, and everything for a kind that is none', async () => {
    await download(10);
    const role = textOf(await show({ kind: 'role' }));
    expect(tidy(role)).toContain(
      says('fr', 'audit.told.channel-chosen', { who: hugo.name, channel: 'de la coordination' }),
    );
    expect(role).not.toContain('septembre');
    const older = await show({ kind: 'export', before: 3 });
    expect(textOf(older)).toContain('septembre');
    const chosen = { ...formData(older, 'audit.show', { chosen: 'role' }) };
    expect(textOf(await show(chosen))).toBe(role);
    const everything = textOf(await show({ kind: 'all of it' }));
    expect(everything).toContain('septembre');
    expect(textOf(await show({ kind: 'erasure' }))).toContain(says('fr', 'audit.none'));
  });

  it('is in the language of its reader, also in the coordinators’ channel', async () => {
    const english = textOf((await bot.say(amy, 'history'))[0] ?? {});
    expect(tidy(english)).toContain(says('en', 'audit.lead'));
    expect(english).toContain('Hugo Témoin chose the coordinators’ channel.');
    const [inOurs = {}] = await bot.say(hugo, 'historique', coordination);
    expect(hasButton(inOurs, 'audit.show')).toBe(true);
  });

  it('escapes names and all that people typed', async () => {
    const hostile = person('[clic](https://example.test) **x**');
    await bot.setUp([hugo, hostile]);
    const id = await offerTalk(bot, ines);
    await bot.click(hostile, 'approval.approve', { id }, inChannel);
    const text = await read();
    expect(text).toContain('\\[clic');
    expect(text).not.toMatch(/(?<!\\)\[clic|(?<!\\)\*\*x/);
  });

  it('does not name who has asked to be erased', async () => {
    await bot.say(ines, 'aide');
    const [asked = {}] = await bot.say(ines, 'effacer mes données');
    await bot.click(ines, 'erasure.erase', formData(asked, 'erasure.erase'));
    expect((await all(bot, 'audit')).at(-1)).toMatchObject({ kind: 'erasure' });
    const text = await read();
    expect(tidy(text)).toContain(says('fr', 'audit.told.erasure'));
    expect(text).not.toContain(ines.name);
  });
});

describe('the history of a request', () => {
  let history: Records['history'];
  beforeEach(async () => {
    const id = await offerTalk(bot, ines);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    const found = (await all(bot, 'history')).find(({ move }) => move === 'approve');
    if (!found) throw new Error('it was approved');
    history = found;
  });
  const putHistory = (other: Partial<Records['history']>): Promise<void> =>
    bot.app.services.store.transact((tx) => tx.put('history', { ...history, ...other }));

  it.each<[string, Partial<Records['history']>]>([
    ['another decision of somebody else', { move: 'decline', to: 'declined', by: louis.aadObjectId }],
    ['somebody else', { by: louis.aadObjectId }],
    ['another state', { to: 'declined' }],
    ['another request', { actionId: 'another' }],
  ])('does not change what the trail says, which tells that it says otherwise: %s', async (_what, other) => {
    const before = tidy(await read());
    const doubts = [says('fr', 'audit.recordDiffers'), says('en', 'audit.recordDiffers')] as const;
    expect(before).not.toContain(doubts[0]);
    await putHistory(other);
    const after = tidy(await read());
    expect(after).toContain(doubts[0]);
    expect(after).toContain('Hugo Témoin a approuvé');
    expect(after).not.toContain('décliné');
    expect(after).not.toContain(louis.name);
    const english = (await bot.say(amy, 'history'))[0] ?? {};
    expect(tidy(textOf(english))).toContain(doubts[1]);
    expect(lintCard(english)).toEqual([]);
  });

  it('adds for whom something was done, and is not doubted for that', async () => {
    await putHistory({ onBehalfOf: zoe.aadObjectId, why: 'Complet.' });
    const text = tidy(await read());
    expect(text).not.toContain(says('fr', 'audit.recordDiffers'));
    expect(text).toMatch(/Hugo Témoin.* a approuvé/);
  });

  it('is not doubted while who decided is being erased', async () => {
    const { store } = bot.app.services;
    const erasure = { id: 'random', at, person: { id: hugo.aadObjectId, ids: [hugo.aadObjectId] } };
    await putHistory({ by: 'random' });
    expect(tidy(await read(louis))).toContain(says('fr', 'audit.recordDiffers'));
    await store.transact((tx) => tx.add('erasures', erasure));
    expect(tidy(await read(louis))).not.toContain(says('fr', 'audit.recordDiffers'));
  });

  it('is missed when its row is gone', async () => {
    await bot.app.services.store.transact((tx) => tx.remove('history', history.id));
    const text = tidy(await read());
    expect(text).toContain(says('fr', 'audit.recordGone'));
    expect(text).toContain('Hugo Témoin a approuvé');
  });
});

describe('on PostgreSQL', () => {
  it('a row that is hidden from the list is said to be missing, in its place', async () => {
    const server = await startPostgres();
    const url = await server.createDatabase();
    const own = bot;
    bot = await startFast({ parts: { store: await openPostgresStore({ url }) } });
    try {
      await bot.setUp([hugo, louis]);
      await download(10, 11, 12, 13);
      const whole = tidy(await read());
      const missing = (count: number, lang: Lang = 'fr') => says(lang, 'audit.missingRows', { count });
      expect(whole).not.toContain(missing(1));
      const hide = (numbers: string) =>
        server.query(
          url,
          `with hidden as (update audit set by_number_partition = 'gone' where record->>'number' in (${numbers}))
           update revision set n = n + 1`,
        );
      await hide("'3'");
      const text = tidy(await read());
      const lines = ['N° 4 ·', 'N° 3', missing(1), 'N° 2 ·'].map((line) => text.indexOf(line));
      expect(lines).not.toContain(-1);
      expect(lines).toEqual(lines.toSorted((a, b) => a - b));
      const english = (await bot.say(amy, 'history'))[0] ?? {};
      expect(tidy(textOf(english))).toContain(missing(1, 'en'));
      expect(lintCard(english)).toEqual([]);
      await hide("'1', '2', '4', '5'");
      expect(tidy(await read())).toContain(missing(5));
    } finally {
      await bot.close();
      await server.remove();
      bot = own;
    }
  }, 60_000);
});

describe('what is missing on a page', () => {
  it.each<[readonly number[], number, boolean, string[]]>([
    [[5, 4, 3, 2, 1], 5, false, []],
    [[], 0, false, []],
    [[], 3, false, ['1-3 at 0']],
    [[5, 4, 2, 1], 5, false, ['3-3 at 2']],
    [[4, 3], 5, true, ['5-5 at 0']],
    [[5, 4], 5, false, ['1-3 at 2']],
    [[9, 5, 2], 9, false, ['6-8 at 1', '3-4 at 2', '1-1 at 3']],
    [[4, -1, 2, 1], 4, false, ['3-3 at 2']],
    [[4, Number.NaN, 3], 4, true, []],
    [[4, 99, 3], 4, true, []],
  ])('%j from %d on, more: %j', (numbers, latest, more, expected) => {
    const gaps = findGaps(numbers, latest, more);
    expect(gaps.map(({ at: place, first, last }) => `${first}-${last} at ${place}`)).toEqual(expected);
  });
});

describe('a row in words', () => {
  it.each<[Pick<Records['audit'], 'kind' | 'what'>, string]>([
    [{ kind: 'export', what: 'report.table' }, 'export'],
    [{ kind: 'erasure', what: 'begun' }, 'erasure'],
    [{ kind: 'register', what: 'agree' }, 'register'],
    [{ kind: 'register', what: 'deadlineDone' }, 'deadlineDone'],
    [{ kind: 'setting', what: 'amendment-sign' }, 'amendment-sign'],
    [{ kind: 'setting', what: 'of tomorrow' }, 'other'],
  ])('%j is told by "%s"', (entry, expected) => {
    expect(toToldMove(entry)).toBe(expected);
  });

  it('of every kind can be told when what it is about is gone', async () => {
    // Beside the store, which would not take them.
    let head: Records['audithead'] | undefined;
    const rows = auditKinds.map((kind, n) => {
      const fact = { kind, what: 'event-add', about: 'gone:1', to: '3', by: 'gone' };
      const row = appendFact(head, fact, { id: `row-${n}`, at, salt: 'salt' }, digest);
      head = headOf(row);
      return row;
    });
    const { services } = bot.app;
    const t = services.textIn('fr');
    const about2026 = rows.map((row) => (row.kind === 'closing' ? { ...row, about: '2026-2027:1' } : row));
    const told = await services.store.read((reader) => tellEntries(reader, about2026, t, services));
    expect(told.map(({ what }) => what).filter((what) => what.includes('{{') || what === '')).toEqual([]);
    expect(told).toHaveLength(auditKinds.length);
  });
});

it('who asks reads in their own file what the trail names them for', async () => {
  await download(10);
  const link = { ...aRecordOf.links, personId: hugo.aadObjectId };
  const made = await makeEverything(link, bot.app.services);
  const rows = JSON.parse(String(made?.content))[says('fr', 'data.field.audit')];
  expect(rows).toHaveLength(2);
});
