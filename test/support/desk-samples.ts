import type { Action, Engagement } from '../../src/domain/action.js';
import { type CardJson, formData, type TestBot } from './bot.js';
import { anAction, anEngagement, aPlacement } from './builders.js';
import { chatOf, lastPostIn, offerTalk, publishSession, startFast, talk } from './flows.js';
import type { Cast, Keep } from './samples.js';

const since = '2026-11-22T08:00:00.000Z';
const idOf = (n: number) => `01D${String(n).padStart(23, '0')}`;

/** Stores requests as if they had been made, in the order given. */
async function store(
  bot: TestBot,
  rows: readonly (readonly [Partial<Action> & { createdBy: string }, Partial<Engagement>?])[],
): Promise<void> {
  await bot.app.services.store.transact(async (tx) => {
    for (const [i, [action, engagement]] of rows.entries()) {
      const build = action.places ? aPlacement : anAction;
      const stored = build({ number: i + 31, ...action, id: idOf(i + 1) });
      await tx.put('actions', stored);
      await tx.put('engagements', { ...anEngagement(stored, stored.createdBy), since, ...engagement });
    }
  });
}

/** The boxes of the first so many offers of a card, ticked. */
const tickFirst = (card: CardJson, count: number): Record<string, unknown> =>
  Object.fromEntries(
    (card.body as { items?: CardJson[] }[])
      .flatMap(({ items = [] }) => items.filter(({ type }) => type === 'Input.Toggle'))
      .slice(0, count)
      .map(({ id, valueOn }) => [id, valueOn]),
  );

/** The coordinators' desk in all its states. */
export async function deskSamples(people: Cast, keep: Keep): Promise<void> {
  const { hugo, louis } = people;
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  try {
    await bot.setUp([hugo, louis]);
    for (const who of Object.values(people)) await bot.click(who, 'help.open');
    await desk(bot, people, keep);
    await found(bot, people, keep);
    await forColleague(bot, people, keep);
  } finally {
    await bot.close();
  }
}

async function desk(bot: TestBot, people: Cast, keep: Keep): Promise<void> {
  const { hugo, louis } = people;
  const [ines, zoe, nour, long] = [people.ines, people.zoe, people.nour, people.long].map(
    ({ aadObjectId }) => aadObjectId,
  ) as [string, string, string, string];
  const at = '2026-11-20T08:00:00.000Z';
  const places = { places: 2, site: 'issy', academies: ['25'] };
  const checked = { under: 'v', since: 'v', certainty: 'refused' } as const;
  await store(bot, [
    [
      {
        createdBy: ines,
        firstDay: '2026-11-19',
        state: 'held',
        contradiction: { state: 'not-held', pupils: 0, by: ines, at },
      },
      { state: 'attended' },
    ],
    [{ createdBy: zoe, firstDay: '2026-11-27', remark: 'Une classe de 28 élèves.' }],
    [{ createdBy: long, firstDay: '2026-11-30', kind: 'careers-fair', level: '3e' }],
    [
      { createdBy: nour, firstDay: '2027-03-01', kind: 'company-visit' },
      { since: '2026-11-02T08:00:00.000Z' },
    ],
    [{ createdBy: ines, firstDay: '2026-11-02' }, { state: 'approved' }],
    [{ createdBy: zoe, firstDay: '2027-01-11', lastDay: '2027-01-15', ...places }],
    [{ createdBy: nour, firstDay: '2027-02-15', lastDay: '2027-02-19', ...places, checked }],
    [{ createdBy: ines, firstDay: '2027-03-09', level: '5e' }],
    [{ createdBy: louis.aadObjectId, firstDay: '2027-03-10', level: '5e' }],
    [
      {
        createdBy: zoe,
        firstDay: '2027-03-11',
        lastDay: '2027-05-28',
        halfDays: ['am'],
        academies: ['10', '25'],
      },
    ],
    ...[12, 15, 16, 17, 18, 19].map((day) => [{ createdBy: zoe, firstDay: `2027-04-${day}` }] as const),
  ]);
  const [list = {}] = await bot.say(hugo, 'à valider');
  keep('pending-desk', list);
  const next = await bot.click(hugo, 'pending.page', formData(list, 'pending.page'));
  keep('pending-desk-next', next.value);
  keep('pending-filter', (await bot.click(hugo, 'pending.chooseFilter', {})).value);
  const filter = { byKind: 'classroom-talk', byMonth: '2026-11' };
  keep('pending-desk-filtered', (await bot.click(hugo, 'pending.filter', filter)).value);
  keep('pending-desk-filtered-none', (await bot.click(hugo, 'pending.filter', { byMonth: '2027-09' })).value);
  const several = (await bot.click(hugo, 'pending.several', formData(list, 'pending.several'))).value;
  keep('pending-several', several);
  keep(
    'pending-several-ticked',
    (await bot.click(hugo, 'pending.several', formData(several, 'pending.several'))).value,
  );
  const ticked = tickFirst(several, 6);
  const decline = formData(several, 'pending.declineSeveral', {
    ...ticked,
    reason: 'Appelez le 06 12 34 56 78.',
  });
  keep('pending-several-refused', (await bot.click(hugo, 'pending.declineSeveral', decline)).value);
  const none = formData(several, 'pending.approveSeveral');
  keep('pending-several-none-ticked', (await bot.click(hugo, 'pending.approveSeveral', none)).value);
  await bot.click(louis, 'approval.approve', { id: idOf(2) });
  const approve = formData(several, 'pending.approveSeveral', ticked);
  keep('pending-several-done', (await bot.click(hugo, 'pending.approveSeveral', approve)).value);
}

/** What is found: a story, the search, the agenda. */
async function found(bot: TestBot, { hugo, ines, zoe }: Cast, keep: Keep): Promise<void> {
  keep('search', (await bot.say(hugo, 'rechercher'))[0]);
  const inputs = { words: 'avril 2027' };
  keep('search-found', (await bot.click(hugo, 'search.find', inputs)).value);
  const coming = { words: '', byArea: 'Île-de-France' };
  keep('search-area', (await bot.click(hugo, 'search.find', coming)).value);
  keep(
    'search-nobody',
    (await bot.click(hugo, 'search.find', { words: 'Anticonstitutionnellement*Exemple*' })).value,
  );
  const id = await offerTalk(bot, ines);
  keep('approval-desk', (await bot.click(hugo, 'approval.view', { id })).value);
  await bot.click(hugo, 'approval.askChanges', { id, changes: 'Plutôt une classe de 3e, le matin.' });
  const form = (await bot.click(ines, 'volunteer.edit', { id })).value;
  await bot.click(ines, 'volunteer.submit', formData(form, 'volunteer.submit', { ...talk, level: '3e' }));
  await bot.click(hugo, 'approval.approve', { id });
  keep('story', (await bot.click(hugo, 'story.view', { id })).value);
  for (let n = 1; n < 5; n++)
    await publishSession(bot, hugo, { firstDay: `2026-12-1${n}`, school: '', schools: '0699001J' });
  const [agenda = {}] = await bot.say(ines, 'agenda');
  keep('agenda', agenda);
  keep('agenda-next', (await bot.click(ines, 'agenda.page', { page: 1 })).value);
  keep('agenda-area', (await bot.click(ines, 'agenda.chooseArea', { start: '' })).value);
  const inLyon = { page: 0, start: '', byArea: 'Auvergne-Rhône-Alpes' };
  keep('agenda-in-area', (await bot.click(ines, 'agenda.page', inLyon)).value);
  keep('sessions-in-area', (await bot.click(ines, 'sessions.page', { ...inLyon, byArea: '14' })).value);
  const date = formData((await bot.click(ines, 'agenda.page', { page: 1 })).value, 'agenda.date');
  keep('agenda-date', (await bot.click(ines, 'agenda.date', date)).value);
  const only = { ...zoe, aadObjectId: 'aad-new', id: '29:new' };
  keep('agenda-new', (await bot.say(only, 'agenda'))[0]);
}

async function forColleague(bot: TestBot, { hugo, ines, long }: Cast, keep: Keep): Promise<void> {
  const [choose = {}] = await bot.say(hugo, 'pour un collègue');
  keep('behalf-choose', choose);
  keep('behalf-nobody', (await bot.click(hugo, 'behalf.choose', { name: 'Personne' })).value);
  const chosen = { person: ines.aadObjectId };
  const menu = (await bot.click(hugo, 'behalf.choose', chosen)).value;
  keep('behalf-menu', menu);
  keep('behalf-menu-long', (await bot.click(hugo, 'behalf.choose', { person: long.aadObjectId })).value);
  const form = (await bot.click(hugo, 'volunteerFor.open', formData(menu, 'volunteerFor.open'))).value;
  keep('behalf-form', form);
  const sent = formData(form, 'volunteerFor.submit', talk);
  keep('behalf-done', (await bot.click(hugo, 'volunteerFor.submit', sent)).value);
  keep('behalf-told', await lastPostIn(bot, chatOf(ines)));
  const sessions = (await bot.click(hugo, 'behalf.sessions', formData(menu, 'behalf.sessions'))).value;
  keep('behalf-sessions', sessions);
  const session = (await bot.click(hugo, 'behalf.action', formData(sessions, 'behalf.action'))).value;
  keep('behalf-session', session);
  const { id } = formData(session, 'behalf.join');
  keep('behalf-seat', (await bot.click(hugo, 'behalf.join', { id })).value);
  const own = (await bot.click(hugo, 'approval.approve', { id: formData(form, 'volunteerFor.submit').id }))
    .value;
  keep('behalf-refusal-entered', own);
}
