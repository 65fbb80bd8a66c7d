/** Somebody with everything that can be kept of them, and what is left after they are erased. */
import { isDeepStrictEqual } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { recount } from '../../src/domain/engagements/tally.js';
import { standInId } from '../../src/features/shared/stand-ins.js';
import type { RecordKind } from '../../src/records.js';
import { indexes } from '../../src/records.js';
import {
  type CardJson,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from './bot.js';
import { anEntry } from './builders.js';
import { countUnder } from './counting.js';
import { all, chatOf, fill, inChannel, offerTalk, publishSession } from './flows.js';
import { aHeldPlacement, aHeldTalk, storeAll } from './report-data.js';

/** All by which Inès could be found. */
export const traces = [
  ines.name,
  'Exemple Inès',
  'exemple',
  ines.aadObjectId,
  ines.id,
  chatOf(ines),
  `person:${ines.aadObjectId}`,
];

const by = ines.aadObjectId;
export const talkId = '01TA1K00000000000000000001';
export const sharedId = '01SHARED000000000000000001';
export const placementId = '01P1ACEMENT000000000000001';

export interface Lived {
  readonly approved: string;
  readonly pending: string;
  readonly sentBack: string;
  readonly session: string;
  readonly waitedFor: string;
  readonly invitedTo: string;
}

const everybody = { ines, hugo, louis, zoe };

/** Makes Inès an employee with a past, plans and invitations, and a coordinator who has noted things. */
export async function liveAYear(
  bot: TestBot,
  { ines, hugo, louis, zoe }: Record<'ines' | 'hugo' | 'louis' | 'zoe', TestPerson> = everybody,
): Promise<Lived> {
  await bot.setUp([hugo, louis, ines]);
  for (const who of [ines, zoe]) await bot.say(who, 'aide');
  const approved = await offerTalk(bot, ines, { school: 'Collège Fictif, Lyon' });
  await bot.click(hugo, 'approval.approve', { id: approved }, inChannel);
  const pending = await offerTalk(bot, ines, { firstDay: '2026-12-10', school: 'Collège Fictif, Lyon' });
  const sentBack = await offerTalk(bot, ines, { firstDay: '2026-12-15', school: 'Collège Fictif, Lyon' });
  await bot.click(
    hugo,
    'approval.askChanges',
    { id: sentBack, changes: 'Plutôt le soir, Inès Exemple ?' },
    inChannel,
  );
  const session = await publishSession(bot, hugo, { firstDay: '2027-01-12', seats: '1' });
  for (const who of [ines, zoe]) await bot.click(who, 'sessions.join', { id: session });
  const waitedFor = await publishSession(bot, hugo, { firstDay: '2027-01-19', seats: '1' });
  for (const who of [zoe, ines]) await bot.click(who, 'sessions.join', { id: waitedFor });
  const { value } = await fill(bot, ines, 'proposer', {
    timing: 'availability',
    kind: 'classroom-talk',
    level: '4e',
    academies: '10',
    firstDay: '2026-11-30',
    lastDay: '2027-03-26',
    halfDays: 'am',
    remark: '',
  });
  const { id: free } = formData(value, 'mine.withdraw') as { id: string };
  await bot.click(hugo, 'approval.approve', { id: free }, inChannel);
  const invitedTo = await publishSession(bot, hugo, {
    firstDay: '2027-02-02',
    schools: '0699001J',
    school: '',
  });
  await bot.click(hugo, 'invitations.invite', { id: invitedTo, invited: by }, inChannel);
  // What she decided as a coordinator, and has downloaded.
  const other = await offerTalk(bot, louis, { firstDay: '2026-12-17' });
  await bot.click(ines, 'approval.approve', { id: other }, inChannel);
  await bot.click(ines, 'data.open');
  await storeThePast(bot);
  await bot.app.drain();
  return { approved, pending, sentBack, session, waitedFor, invitedTo };
}

/** Past actions that count, a closed year, and a record of each kind with her in it. */
async function storeThePast(bot: TestBot): Promise<void> {
  const { services } = bot.app;
  const at = bot.now();
  const corrected = {
    by,
    at,
    why: 'Dit par Inès Exemple.',
    was: { state: 'held', pupils: 27, employees: 1 },
  } as const;
  const own = { createdBy: by, school: 'Collège A' };
  await storeAll(bot, [
    aHeldTalk([by], { ...own, id: talkId, number: 901, corrected, remark: 'Avec EXEMPLE Ines.' }),
    aHeldTalk([by, zoe.aadObjectId], { ...own, id: sharedId, number: 902, firstDay: '2026-10-13' }),
    aHeldPlacement([by], { ...own, id: placementId, number: 903, preparation: { tutor: { by, at } } }),
  ]);
  await recountAll(bot);
  const close = (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
  await bot.click(hugo, 'closing.close', formData(close, 'closing.close'));
  await services.store.transact(async (tx) => {
    const [closing] = await tx.list('closings', 'byYear', '2026-2027');
    if (closing)
      await tx.put('closings', { ...closing, reopened: { by, at, why: 'Inès Exemple manquait.' } });
    await tx.put('deadlines', { id: 'committee:2027-07-05', done: { by, at, evidence: 'Bilan envoyé.' } });
    await tx.put('terms', { id: 'convention', signature: { signedOn: '2024-11-05', by, at } });
    await tx.put('exports', { id: 'export', personId: by, file: 'report.table', about: '2026-09-01', at });
    await tx.put('entries', {
      ...anEntry(),
      id: '01ENTRY0000000000000000001',
      history: [
        { id: 'row', move: 'request', from: 'none', to: 'requested', by, at, text: 'Vu avec Inès Exemple.' },
      ],
    } as never);
    await tx.put('history', {
      id: 'pm',
      actionId: talkId,
      move: 'hold',
      from: 'open',
      to: 'held',
      by: 'hugo',
      onBehalfOf: by,
      at,
    });
    await tx.put('imports', {
      id: '01J000000000000000000000F1',
      fileName: 'Inès Exemple 2025.xlsx',
      by,
      at,
      state: 'ready',
      lines: 1,
      engagements: 1,
      actions: 1,
      known: 0,
      faults: 0,
      notices: 0,
      years: {},
      parts: 1,
      written: 0,
    });
    await tx.put('importparts', {
      id: '01J000000000000000000000F1:a0000',
      importId: '01J000000000000000000000F1',
      offset: 0,
      actions: [
        {
          id: '01J000000000000000000000F2',
          kind: 'classroom-talk',
          firstDay: '2025-10-07',
          lastDay: '2025-10-07',
          academies: ['10'],
          pupils: 20,
          people: [{ id: by }, { id: standInId(ines.name, services), name: ines.name }],
        },
      ],
    });
    await tx.put('outbox', {
      id: 'welcome:19:other',
      conversationId: '19:other',
      op: 'post',
      message: 'help.welcome',
      lang: 'fr',
      data: { shared: true, addedBy: ines.name },
      by,
      state: 'sent',
      attempts: 1,
      dueAt: at,
      order: '01J000000000000000000000AA',
      createdAt: at,
    });
  });
}

/** Counts the tallies from the records, as they must always be. */
async function countRecords(bot: TestBot) {
  return recount(
    await all(bot, 'actions'),
    await all(bot, 'engagements'),
    countUnder(bot.app.services.convention),
  );
}
export async function recountAll(bot: TestBot): Promise<void> {
  const { tallies, mobilised } = await countRecords(bot);
  await bot.app.services.store.transact(async (tx) => {
    for (const tally of tallies.values()) await tx.put('tallies', tally);
    for (const row of mobilised.values()) await tx.put('mobilised', row);
  });
}

/** Whether what is counted equals the records. */
export async function isCountRight(bot: TestBot): Promise<boolean> {
  const { tallies } = await countRecords(bot);
  const stored = await all(bot, 'tallies');
  return isDeepStrictEqual(
    stored,
    stored.map(({ id }) => tallies.get(id)),
  );
}

/** What a report says of what is past: held actions, pupils and distinct employees, with every cut's. */
export async function pastFigures(bot: TestBot, who: TestPerson = hugo): Promise<unknown> {
  const [tally] = (await all(bot, 'tallies')).filter(({ id }) => id === '2026-2027');
  const closing = (await all(bot, 'closings'))[0];
  const closed = closing && textOf((await bot.click(who, 'closing.version', { id: closing.id })).value);
  const kinds = Object.entries(tally?.kinds ?? {}).map(([kind, { planned: _, ...rest }]) => [kind, rest]);
  // Two columns: the closed figures, and today's, of which what is planned is not past.
  const figures = closed?.replace(/Actions prévues \| \d+ \| \d+/, '').match(/[^|]+ \| \d+ \| \d+/g);
  return { achieved: tally?.achieved, kinds, total: closing?.total, figures };
}

export const askToErase = async (bot: TestBot, who = ines): Promise<CardJson> =>
  (await bot.click(who, 'erasure.open')).value;

/** Erases Inès up to the end, as if minutes had passed. */
export async function erase(bot: TestBot): Promise<void> {
  const asked = await askToErase(bot);
  await bot.click(ines, 'erasure.erase', formData(asked, 'erasure.erase'));
  await finishErasing(bot);
}

/** Runs the job until nothing is under way. */
export async function finishErasing(bot: TestBot): Promise<void> {
  for (let n = 0; n < 5 && (await all(bot, 'erasures')).length > 0; n++) {
    bot.setNow(new Date(Date.parse(bot.now()) + 61_000).toISOString());
    await bot.app.runJob('erasures', { dryRun: false });
    await bot.app.drain();
  }
}

/** The kinds of records in which one of these texts is. */
export async function kindsWith(bot: TestBot, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const kind of Object.keys(indexes) as RecordKind[]) {
    const text =
      `${JSON.stringify(await all(bot, kind))} ${kind === 'closedlines' ? await expandLines(bot) : ''}`.toLowerCase();
    for (const trace of texts) if (text.includes(trace.toLowerCase())) found.push(`${kind}: ${trace}`);
  }
  return found;
}

/** What the lines of closed years say, which are compressed. */
const expandLines = async (bot: TestBot): Promise<string> =>
  (await all(bot, 'closedlines'))
    .map(({ lines }) => inflateRawSync(Buffer.from(lines, 'base64')).toString())
    .join();
