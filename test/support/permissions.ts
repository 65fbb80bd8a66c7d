/** A company in which everybody has something of their own, to try each button as each person in each place. */
import type { Action, Engagement, HistoryRow } from '../../src/domain/action.js';
import type { Amendment } from '../../src/domain/convention/amendments.js';
import { programmeYear } from '../../src/domain/convention/programme-year.js';
import type { Invitation } from '../../src/domain/engagements/invitations.js';
import { type Closing, printFigures } from '../../src/domain/report/closing.js';
import { countAction } from '../../src/domain/report/counted.js';
import { createReportCounter } from '../../src/domain/report/counter.js';
import { noFigures } from '../../src/domain/report/figures.js';
import type { DeadlineMark, Import, ImportPart, OutboxMessage, RecordKind } from '../../src/records.js';
import { readConvention } from '../../src/reference/convention.js';
import { openSchools } from '../../src/reference/schools/school-list.js';
import { createAuthentication } from '../../src/teams/authentication.js';
import type { Log } from '../../src/teams/bot.js';
import type { FetchFile } from '../../src/teams/download.js';
import { langs, textTree } from '../../src/text/text.js';
import {
  announcements,
  coordination,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from './bot.js';
import { anAction, anEngagement, anEntry, aPlacement, calendar } from './builders.js';
import { errorText, hasButton, says, startFast, tidy, writtenKinds } from './flows.js';
import { createMemoryStore } from './memory-store.js';
import { rosterOf, tenantId } from './roster.js';
import { type Change, netChanges, type WatchedStore, watchStore } from './watched-store.js';

const otherTenant = '00000000-0000-0000-0000-00000000000b';
const admin = person('Alma Fictive');
/**
 * Who is concerned, and how: `own` is a coordinator whose record it is, `employee` has no part in anything, and was a
 * coordinator until this morning.
 */
export const people = {
  employee: person('Emma Exemple'),
  author: ines,
  participant: zoe,
  coordinator: hugo,
  own: louis,
  admin,
} satisfies Record<string, TestPerson>;
/** The same when Teams does not say who is a coordinator. */
export const unsaid = { silent: hugo, silentAuthor: ines } satisfies Record<string, TestPerson>;
export const stranger: TestPerson = { ...person('Personne Inconnue'), aadObjectId: '' };

/** Who is not of the company, or not known to be. */
export const outsiders = {
  nobody: stranger,
  guest: { ...person('Guy Invité'), said: { userRole: 'guest' } },
  federated: { ...person('Flore Voisine'), said: { tenantId: otherTenant } },
  otherTenant: { ...person('Otto Ailleurs'), tenant: otherTenant },
} satisfies Record<string, TestPerson>;

export const places = {
  chat: 'personal',
  ours: coordination,
  other: '19:autre@thread.tacv2',
  group: '19:groupe@thread.v2',
};
/** Teams says of the chat of a meeting what it says of a group chat. */
export const meeting = '19:meeting_reunion@thread.v2';
export type Place = keyof typeof places;

/** What a reader of a record sees of it, and nobody else. */
const secret = 'Venez avec le grand planisphère.';
const today = '2026-11-23';
/** When the second of two answers was given. */
export const answeredAt = '2026-11-23T07:00:00.000Z';

/** An id that is the same for the same words. */
const idOf = (words: string) =>
  `01${words.toUpperCase().replace(/[^0-9A-HJKMNP-TV-Z]/g, '')}${'0'.repeat(24)}`.slice(0, 26);

/** What each author has, by what it is for. */
const kinds = {
  talk: (own: object) => anAction({ ...own, firstDay: '2026-12-08' }),
  placement: (own: object) => aPlacement(own),
  past: (own: object) => anAction({ ...own, firstDay: today }),
  hosted: (own: object) => aPlacement(own),
  answered: (own: object) =>
    anAction({
      ...own,
      firstDay: today,
      state: 'held',
      outcome: { pupils: 28, by: hugo.aadObjectId, at: answeredAt },
      contradiction: { state: 'held', pupils: 30, by: zoe.aadObjectId, at: answeredAt },
    }),
  counted: (own: object) =>
    anAction({
      ...own,
      firstDay: '2026-11-16',
      state: 'held',
      outcome: { pupils: 28, by: zoe.aadObjectId, at: answeredAt },
    }),
  free: (own: object) => anAvailability(own),
  dated: (own: object) => anAction({ ...own, firstDay: '2026-12-10', availability: idOf('freeines') }),
};
export type Owned = keyof typeof kinds;
const stateOf = {
  talk: 'pending',
  placement: 'pending',
  past: 'approved',
  hosted: 'approved',
  answered: 'approved',
  counted: 'attended',
  free: 'approved',
  dated: 'approved',
} as const;
/** When another date was proposed. */
export const proposedAt = '2026-11-20T08:00:00.000Z';

/** Mornings of the winter. */
function anAvailability(own: object): Action {
  const { hours: _, ...talk } = anAction();
  return { ...talk, firstDay: '2026-11-30', lastDay: '2027-03-26', halfDays: ['am'], ...own };
}

const authors = { ines, louis };
/** The record of a kind that somebody acts on: their own when they have one, otherwise that of Inès. */
export const recordFor = (who: TestPerson, kind: Owned): string =>
  idOf(`${kind}${who.id === louis.id ? 'louis' : 'ines'}`);
/** The key of the form with which its author sent it. */
export const sentWith = (recordId: string): string => idOf(`sent${recordId.slice(2)}`);

export const session = idOf('session');
export const undelivered = 'request:undelivered';
export const unreachable = 'request:unreachable';
export const unmoved = 'update:unmoved';
export const version = 'v';

function records(): { actions: Action[]; engagements: Engagement[]; history: HistoryRow[] } {
  let number = 0;
  const at = '2026-11-02T08:00:00.000Z';
  const actions: Action[] = [];
  const engagements: Engagement[] = [];
  for (const author of Object.values(authors)) {
    const by = { createdBy: author.aadObjectId, remark: secret };
    for (const kind of Object.keys(kinds) as Owned[]) {
      const action = kinds[kind]({ ...by, id: recordFor(author, kind), number: ++number });
      actions.push(action);
      const engagement = anEngagement(action, author.aadObjectId, stateOf[kind]);
      const other = { firstDay: '2026-12-15', at: proposedAt };
      const question = { confirmBy: '2026-11-27', askedOn: today, proposal: other };
      engagements.push({ ...engagement, ...(kind === 'dated' ? question : {}) });
    }
  }
  const need = { id: session, number: ++number, origin: 'need', seats: 3, remark: secret } as const;
  const published = anAction({ ...need, createdBy: hugo.aadObjectId });
  actions.push(published);
  // Asked to confirm after a change.
  const asked = { confirmBy: '2026-11-27', askedOn: today };
  engagements.push({ ...anEngagement(published, zoe.aadObjectId, 'approved'), ...asked });
  const history = actions.map(({ id, createdBy }) => {
    return { id: sentWith(id), actionId: id, move: 'offer', from: 'none', to: 'pending', by: createdBy, at };
  });
  return { actions, engagements, history };
}

/** The figures of this year, as whoever closes it has seen them. */
export function printYear(): string {
  printed ??= countRecords();
  return printed;
}
let printed: string | undefined;

function countRecords(): string {
  const convention = readConvention('convention.json', calendar.academies);
  const counter = createReportCounter(programmeYear(today, convention), convention.commitments);
  const { actions, engagements } = records();
  for (const action of actions) {
    const own = engagements.filter(({ actionId }) => actionId === action.id);
    const counted = countAction(action, own, { calendar, schools: openSchools('data/schools.json') });
    if (counted) counter.add(counted);
  }
  return printFigures(counter.finish());
}

/** The year before is closed. */
export const closed: Closing = {
  id: '2025-2026:1',
  year: '2025-2026',
  firstDay: '2025-09-01',
  version: 1,
  by: hugo.aadObjectId,
  at: '2026-07-01T08:00:00.000Z',
  total: noFigures,
  commitments: [],
  lines: 0,
  parts: 0,
};

/** Inès is invited to the session, and has not answered. */
const invitation: Invitation = {
  id: `${session}:${ines.aadObjectId}`,
  actionId: session,
  employeeId: ines.aadObjectId,
  state: 'sent',
  by: hugo.aadObjectId,
  at: '2026-11-20T08:00:00.000Z',
  askedOn: '2026-11-20',
  availability: idOf('freeines'),
  revision: 0,
};

/** A file that Hugo has given, with one talk of Inès. */
export const givenFile = idOf('import');
const waiting: Import = {
  id: givenFile,
  fileName: 'engagements.csv',
  by: hugo.aadObjectId,
  at: '2026-11-23T07:00:00.000Z',
  state: 'ready',
  lines: 1,
  engagements: 1,
  actions: 1,
  known: 0,
  faults: 0,
  notices: 0,
  years: { '2025-2026': 1 },
  parts: 1,
  written: 0,
};
const waitingPart: ImportPart = {
  id: `${givenFile}:a0000`,
  importId: givenFile,
  offset: 0,
  actions: [
    {
      id: idOf('imported'),
      kind: 'classroom-talk',
      firstDay: '2026-03-12',
      lastDay: '2026-03-12',
      academies: ['10'],
      pupils: 28,
      people: [{ id: ines.aadObjectId }],
    },
  ],
};
export const entry = idOf('entry');
/** A communication that Hugo has entered, and to which nobody has answered. */
const asked = anEntry({
  id: entry,
  party: 'company',
  day: '2026-11-20',
  text: secret,
  history: [
    {
      id: sentWith(entry),
      move: 'enter',
      from: 'none',
      to: 'requested',
      by: hugo.aadObjectId,
      at: '2026-11-20T08:00:00.000Z',
    },
  ],
});

/** An amendment that Hugo has prepared, and one that is signed. */
export const amendment = idOf('amendment');
export const signedAmendment = idOf('signed');
const amendments: Amendment[] = [amendment, signedAmendment].map((id, i) => ({
  id,
  number: i + 1,
  state: i === 0 ? 'drafted' : 'signed',
  subject: secret,
  from: '2027-01-01',
  moved: { by: hugo.aadObjectId, at: '2026-11-20T08:00:00.000Z' },
  revision: 1,
}));

/** The committee of this summer is marked as done, that of the next one is not. */
export const committee = 'committee:2027-07-05';
export const doneDeadline = { id: 'committee:2026-07-06', at: '2026-07-07T08:00:00.000Z' };
const mark: DeadlineMark = {
  id: doneDeadline.id,
  done: { by: hugo.aadObjectId, at: doneDeadline.at, evidence: secret },
};

/** What has not arrived: a card that can be sent again, one for a chat that is gone, and the update of a card. */
const lost = (at: string): OutboxMessage[] =>
  [
    { id: undelivered, conversationId: coordination, op: 'post' } as const,
    { id: unreachable, conversationId: 'a:gone', op: 'post' } as const,
    { id: unmoved, conversationId: coordination, op: 'update', target: 'none' } as const,
  ].map((row) => ({
    ...row,
    message: 'approval.request',
    lang: 'fr',
    data: {},
    actionId: recordFor(ines, 'talk'),
    state: 'failed',
    attempts: 1,
    dueAt: at,
    order: idOf('order'),
    createdAt: at,
    error: '403 BotNotInConversationRoster',
  }));

/** Whether a change is one that a form, a decision or a choice makes: not that somebody was seen. */
const isWritten = ({ kind, before, after }: Change): boolean =>
  kind === 'people'
    ? JSON.stringify([before?.chosenLang, before?.muted]) !==
      JSON.stringify([after?.chosenLang, after?.muted])
    : (writtenKinds as readonly RecordKind[]).includes(kind);

/** What became of it: how it was refused, what was shown, or `done` when any record has changed. */
export type Became = string;

export interface Company {
  readonly bot: TestBot;
  readonly watched: WatchedStore;
  /** Says what became of a click, and puts everything back as it was. */
  click(who: TestPerson, verb: string, data: object, place: Place): Promise<Became>;
  say(who: TestPerson, words: string, place: Place): Promise<Became>;
  /** What became of anything else: the status of the answer, and what was written then, if anything was. */
  send(who: TestPerson, more: object, place: Place): Promise<Became>;
}

/** Starts it, as with an app id: only those whom ADMINS names choose channels. Everybody has been met before. */
export async function startCompany({
  silent,
  ...parts
}: {
  silent: boolean;
  fetchFile?: FetchFile;
  log?: Log;
}): Promise<Company> {
  const env = {
    MicrosoftAppId: 'app',
    MicrosoftAppPassword: 'password',
    MicrosoftAppTenantId: tenantId,
    ADMINS: admin.aadObjectId,
    HOST: '127.0.0.1',
  };
  const watched = watchStore(createMemoryStore());
  const { outgoing } = createAuthentication({ MicrosoftAppType: 'SingleTenant' });
  const bot = await startFast({
    now: '2026-11-23T05:00:00.000Z',
    env,
    parts: { auth: { outgoing }, store: watched.store, ...parts },
  });
  const { store } = bot.app.services;
  rosterOf(bot).set(hugo, louis, people.employee);
  if (silent) rosterOf(bot).fails();
  for (const who of Object.values(people)) await bot.click(who, 'help.open');
  for (const place of Object.values(places)) await bot.click(admin, 'help.open', {}, { where: place });
  await bot.click(admin, 'setup.choose', { use: 'announcements' }, { where: announcements });
  await bot.click(admin, 'setup.choose', { use: 'coordinators' }, { where: coordination });
  if (!silent) await leaveTeam(bot);
  // Before the weekly message, which a slow run would find due.
  bot.setNow('2026-11-23T07:30:00.000Z');
  await store.transact(async (tx) => {
    const { actions, engagements, history } = records();
    for (const action of actions) await tx.put('actions', action);
    for (const engagement of engagements) await tx.put('engagements', engagement);
    for (const row of history) await tx.put('history', row);
    await tx.put('invitations', invitation);
    await tx.put('imports', waiting);
    await tx.put('importparts', waitingPart);
    await tx.put('entries', asked);
    for (const one of amendments) await tx.put('amendments', one);
    await tx.put('deadlines', mark);
    await tx.put('closings', closed);
    for (const row of lost(bot.now())) await tx.put('outbox', row);
  });
  // Otherwise the weekly message comes in the middle, half a minute after the start.
  await bot.app.runJob('weekly', { dryRun: false });
  await bot.app.drain();
  watched.mark();

  const became = async (card: unknown, error?: string): Promise<Became> => {
    const changed = netChanges(watched.take()).some(isWritten);
    if (changed) {
      await bot.app.drain();
      await watched.rollBack();
    }
    const said = error ?? textOf(card);
    const refusal = refusals.find(([, heading]) => heading.test(said))?.[0];
    if (refusal) return changed ? `${refusal}, and changed` : refusal;
    if (changed) return 'done';
    if (error?.startsWith('HTTP')) return error;
    if (hasButton(card, 'approval.approve')) return 'decide';
    if (said.includes(secret)) return 'read';
    return said.includes(says('fr', 'help.onlyYou')) ? 'opener' : 'shown';
  };
  return {
    bot,
    watched,
    click: async (who, verb, data, place) => {
      const answer = await bot.click(who, verb, data, { where: whereOf(who, place) });
      if (answer.http !== 200) return became(undefined, `HTTP ${answer.http}`);
      return became(answer.value, answer.statusCode === 200 ? undefined : errorText(answer));
    },
    say: async (who, words, place) => {
      const cards = await bot.say(who, words, whereOf(who, place)).catch((error: Error) => error.message);
      return typeof cards === 'string' ? became(undefined, cards.slice(0, 8)) : became(cards[0]);
    },
    send: async (who, more, place) => {
      const before = bot.connector.posts.length;
      const { status } = await bot.send(who, whereOf(who, place), more);
      await bot.app.drain();
      const [post] = bot.connector.posts.slice(before);
      return post ? became(post.card) : became(undefined, `HTTP ${status}`);
    },
  };
}

/** Half of the people are in a group chat, and the others in a meeting. */
const whereOf = (who: TestPerson, place: Place): string =>
  place === 'group' && meeters.has(who.id) ? meeting : places[place];
const meeters = new Set([people.author, people.own, people.admin].map((who) => who.id));

/** Somebody who was a coordinator is none any more. */
async function leaveTeam(bot: TestBot): Promise<void> {
  const { value } = await bot.click(people.employee, 'pending.open');
  if (textOf(value).includes(says('fr', 'refusal.notCoordinator.heading')))
    throw new Error('who leaves was no coordinator');
  rosterOf(bot).set(hugo, louis);
}

/** The refusals by what they are headed, in both languages. */
const refusals = langs.flatMap((lang) =>
  Object.entries(textTree(lang).refusal as Record<string, { heading?: string }>).flatMap(
    ([key, { heading }]): [string, RegExp][] =>
      heading
        ? [
            [
              key,
              new RegExp(
                tidy(heading)
                  .replace(/[?.()[\]]/g, '\\$&')
                  .replace(/\{\{\w+\}\}/g, '.*'),
              ),
            ],
          ]
        : [],
  ),
);
