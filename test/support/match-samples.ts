import type { Lang } from '../../src/records.js';
import { type CardJson, coordination, formData, type TestBot, type TestPerson } from './bot.js';
import { startFast } from './flows.js';

interface Cast {
  readonly ines: TestPerson;
  readonly hugo: TestPerson;
  readonly zoe: TestPerson;
  readonly louis: TestPerson;
  readonly nour: TestPerson;
  readonly long: TestPerson;
}
type Keep = (name: string, card: CardJson | undefined) => void;

const inChannel = { where: coordination };
const lyon = '0699001J';
const free = {
  timing: 'availability',
  kind: 'classroom-talk',
  level: '4e',
  academies: '10,25',
  firstDay: '2026-11-30',
  lastDay: '2027-03-26',
  halfDays: 'am',
  remark: '',
};
const talk = {
  kind: 'classroom-talk',
  level: '4e',
  firstDay: '2026-12-08',
  from: '10:00',
  until: '11:00',
  schools: lyon,
  school: '',
  seats: '2',
  remark: 'Une classe de 28 élèves.',
};

/** Invitations to a session, and dates fixed from an availability, as everybody concerned sees them. */
export async function matchSamples(lang: Lang, cast: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  try {
    await bot.setUp([cast.hugo]);
    await bot.app.services.store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      if (channel) await tx.put('channels', { ...channel, lang });
    });
    const ids = new Map<TestPerson, string>();
    for (const who of [cast.ines, cast.zoe, cast.louis, cast.nour, cast.long])
      ids.set(who, await available(bot, who, cast.hugo));
    await invitations(bot, cast, keep);
    await dates(bot, cast, ids.get(cast.nour) ?? '', keep);
  } finally {
    await bot.close();
  }
}

const posted = async (bot: TestBot, to: string): Promise<CardJson> => {
  await bot.app.drain();
  return bot.connector.personal(to).at(-1)?.card as CardJson;
};

async function available(bot: TestBot, who: TestPerson, coordinator: TestPerson): Promise<string> {
  const [form = {}] = await bot.say(who, 'proposer');
  const { value } = await bot.click(who, 'volunteer.submit', formData(form, 'volunteer.submit', free));
  const { id } = formData(value, 'mine.withdraw') as { id: string };
  await bot.click(coordinator, 'approval.approve', { id }, inChannel);
  return id;
}

async function invitations(
  bot: TestBot,
  { ines, hugo, zoe, louis, nour, long }: Cast,
  keep: Keep,
): Promise<void> {
  const [form = {}] = await bot.say(hugo, 'publier');
  const { value } = await bot.click(hugo, 'publish.submit', formData(form, 'publish.submit', talk));
  const { id } = formData(value, 'sessions.view') as { id: string };
  const as = async (who: TestPerson, verb: string, data: object = {}) =>
    (await bot.click(who, verb, { id, seen: 0, ...data }, who === hugo ? inChannel : {})).value;
  const invite = (...people: TestPerson[]) =>
    as(hugo, 'invitations.invite', { invited: people.map((p) => p.aadObjectId).join(',') });
  keep('invitations-open', await as(hugo, 'invitations.open'));
  keep('invitations-refused', await invite());
  keep('invitations-sent', await invite(ines, zoe, louis));
  keep('invited', await posted(bot, `a:${zoe.id}`));
  keep('invited-day-refused', await as(zoe, 'invitations.postpone', { notBefore: '2026-11-20' }));
  keep('invited-postponed', await as(zoe, 'invitations.postpone', { notBefore: '2027-01-04' }));
  keep('invited-refused', await as(louis, 'invitations.refuse'));
  bot.setNow('2026-11-26T17:00:00.000Z');
  await bot.app.runJob('reminders', { dryRun: false });
  keep('invitations-next', await posted(bot, coordination));
  const asked = bot.connector.personal(`a:${ines.id}`).at(-1)?.activityId ?? '';
  keep('invited-lapsed', bot.connector.cardOf(asked) as CardJson);
  keep('invitations-after', await as(hugo, 'invitations.open'));
  keep('invited-accepted', await as(ines, 'invitations.accept'));
  await invite(nour, long);
  keep('invited-by', await posted(bot, `a:${long.id}`));
  keep('invitations-changed', await as(nour, 'invitations.accept', { seen: 7 }));
  await as(nour, 'invitations.accept');
  keep('invitations-full', await as(hugo, 'invitations.open'));
  keep('invited-filled', await as(long, 'invitations.accept'));
  await as(hugo, 'sessions.cancel', { reason: 'Le collège est fermé ce jour-là.' });
  keep('invited-cancelled', await as(louis, 'invitations.accept'));
  keep('invitations-over', await as(hugo, 'invitations.open'));
}

/** Typed: the gallery's renderer shows a school chosen in the list by its code, and without its label. */
const agreed = { ...talk, schools: '', school: 'Collège Jean-Fictif, Lyon' };

async function dates(bot: TestBot, { hugo, nour }: Cast, id: string, keep: Keep): Promise<void> {
  const click = async (who: TestPerson, verb: string, data: object) =>
    (await bot.click(who, verb, data, who === hugo ? inChannel : {})).value;
  keep('approval-availability', await click(hugo, 'approval.view', { id }));
  const form = await click(hugo, 'dates.open', { id });
  keep('dates-form', form);
  const fix = (inputs: object) =>
    click(hugo, 'dates.fix', formData(form, 'dates.fix', { ...agreed, ...inputs }));
  keep('dates-refused', await fix({ firstDay: '2026-11-20', school: '' }));
  keep('dates-warned', await fix({ firstDay: '2027-04-06' }));
  const sent = await fix({ firstDay: '2026-12-15' });
  keep('dates-sent', sent);
  const dated = { id: (formData(sent, 'approval.view') as { id: string }).id };
  keep('dates-told', await posted(bot, `a:${nour.id}`));
  keep('dates-mine', await click(nour, 'mine.show', dated));
  keep('dates-request', await click(hugo, 'approval.view', dated));
  const other = await click(nour, 'dates.propose', dated);
  keep('dates-propose', other);
  const propose = (inputs: object) => click(nour, 'dates.send', formData(other, 'dates.send', inputs));
  keep('dates-propose-refused', await propose({ remark: '' }));
  const proposal = { firstDay: '2027-01-12', from: '09:00', until: '10:30', remark: 'Après les vacances.' };
  keep('dates-proposed', await propose(proposal));
  const card = await posted(bot, coordination);
  keep('dates-proposed-channel', card);
  keep('dates-edit', await click(hugo, 'dates.edit', dated));
  keep('dates-taken', await click(hugo, 'dates.take', formData(card, 'dates.take')));
  keep('dates-agreed', await posted(bot, `a:${nour.id}`));
  const again = formData(await click(hugo, 'dates.open', { id }), 'dates.fix', {
    ...talk,
    firstDay: '2027-02-02',
  });
  await click(hugo, 'dates.fix', again);
  keep('dates-listed', await click(hugo, 'approval.view', { id }));
  keep('dates-listed-mine', await click(nour, 'mine.show', { id }));
  bot.setNow('2026-12-01T17:00:00.000Z');
  await bot.app.runJob('reminders', { dryRun: false });
  keep('dates-unanswered', await posted(bot, coordination));
}
