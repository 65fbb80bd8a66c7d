/** Sample cards of the time between an approval and the confirmed outcome. */
import type { Lang } from '../../src/records.js';
import { type CardJson, coordination, formData, type TestBot, type TestPerson } from './bot.js';
import {
  chatOf,
  fill,
  idIn,
  inChannel,
  lastPostIn,
  offerTalk,
  period,
  placement,
  publishSession,
  shownIn,
  startFast,
} from './flows.js';

type Keep = (name: string, card: CardJson | undefined) => void;
type Cast = Record<'ines' | 'hugo' | 'zoe' | 'louis' | 'nour', TestPerson>;

async function start(lang: Lang, { hugo }: Cast): Promise<TestBot> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  await bot.setUp([hugo]);
  await bot.app.services.store.transact(async (tx) => {
    const channel = await tx.get('channels', 'coordinators');
    if (channel) await tx.put('channels', { ...channel, lang });
  });
  return bot;
}

const typed = (place: CardJson, verb: string, inputs: object = {}) => formData(place, verb, inputs);

/** A placement that is prepared, whose places are filled, and that is asked about. */
export async function preparedPlacement(lang: Lang, cast: Cast, keep: Keep): Promise<void> {
  const { ines, hugo } = cast;
  const bot = await start(lang, cast);
  try {
    const { value } = await fill(bot, ines, 'accueillir', { ...placement, places: '3' });
    const id = idIn(value, 'mine.withdraw');
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    keep('preparation-to-do', (await bot.click(ines, 'mine.show', { id })).value);
    await bot.click(ines, 'preparation.set', { id, item: 'tutor', done: 'yes' });
    await bot.click(hugo, 'preparation.set', { id, item: 'school', done: 'yes' }, inChannel);
    const form = (await bot.click(ines, 'agreements.open', { id })).value;
    const save = (inputs: object) =>
      bot.click(ines, 'agreements.save', typed(form, 'agreements.save', inputs));
    keep(
      'places-refused',
      (await save({ filled: '4', agreements: '4', school: 'Collège Jean-Fictif' })).value,
    );
    keep('places-saved', (await save({ filled: '2', agreements: '1', schools: '0699001J' })).value);
    keep('preparation-mine', (await bot.click(ines, 'mine.show', { id })).value);
    keep('preparation-coordinator', (await bot.click(hugo, 'approval.view', { id }, inChannel)).value);
    keep('preparation-channel', (await shownIn(bot, coordination)).at(-1));
    bot.setNow('2027-01-25T08:00:00.000Z');
    await bot.app.runJob('outcomes', { dryRun: false });
    const question = await lastPostIn(bot, chatOf(ines));
    keep('question-placement', question);
    const answer = (pupils: string) =>
      bot.click(ines, 'outcome.held', typed(question, 'outcome.held', { pupils }));
    keep('question-too-many', (await answer('4')).value);
    keep('question-more-than-filled', (await answer('3')).value);
  } finally {
    await bot.close();
  }
}

/** A session of three people, who answer differently, and what nobody answers. */
export async function differentAnswers(lang: Lang, cast: Cast, keep: Keep): Promise<void> {
  const { ines, hugo, zoe, louis, nour } = cast;
  const bot = await start(lang, cast);
  try {
    const [form = {}] = await bot.say(nour, 'proposer');
    const other = (await bot.click(nour, 'volunteer.timing', typed(form, 'volunteer.timing'))).value;
    const sent = await bot.click(nour, 'volunteer.submit', typed(other, 'volunteer.submit', period));
    const availability = idIn(sent.value, 'mine.withdraw');
    await bot.click(hugo, 'approval.approve', { id: availability }, inChannel);
    keep('mine-availability', (await bot.click(nour, 'mine.show', { id: availability })).value);
    const talk = await offerTalk(bot, nour);
    await bot.click(hugo, 'approval.approve', { id: talk }, inChannel);
    keep('mine-next', (await bot.say(nour, 'mes engagements'))[0]);
    const id = await publishSession(bot, hugo, { seats: '3' });
    for (const who of [ines, zoe, louis]) await bot.click(who, 'sessions.join', { id });
    bot.setNow('2026-12-09T09:00:00.000Z');
    await bot.app.runJob('outcomes', { dryRun: false });
    const asked = await lastPostIn(bot, chatOf(ines));
    keep('question', asked);
    const late = await lastPostIn(bot, chatOf(zoe));
    const lateToo = await lastPostIn(bot, chatOf(louis));
    const remark = 'Des questions jusqu’au bout.';
    const own = await bot.click(ines, 'outcome.held', typed(asked, 'outcome.held', { pupils: '82', remark }));
    keep('number-mine', own.value);
    const number = (await bot.click(hugo, 'outcome.differ', { id }, inChannel)).value;
    keep('number-form', number);
    const corrected = typed(number, 'outcome.held', { pupils: '28' });
    keep('number-corrected', (await bot.click(hugo, 'outcome.held', corrected, inChannel)).value);
    keep('number-told', await lastPostIn(bot, chatOf(ines)));
    keep('question-presence', (await bot.click(louis, 'outcome.open', { id })).value);
    keep('question-differ', (await bot.click(louis, 'outcome.differ', { id })).value);
    await bot.click(hugo, 'pending.open');
    keep('question-attendance', (await bot.click(hugo, 'outcome.open', { id })).value);
    const differs = await bot.click(zoe, 'outcome.held', typed(late, 'outcome.held', { pupils: '40' }));
    keep('question-kept', differs.value);
    const contradiction = await lastPostIn(bot, coordination);
    keep('contradiction', contradiction);
    const settle = (choice: string, inputs: object = {}) => {
      const data = { ...typed(contradiction, 'outcome.settle', inputs), choice };
      return bot.click(hugo, 'outcome.settle', data, inChannel);
    };
    keep('contradiction-refused', (await settle('number', { pupils: 'trente' })).value);
    keep('contradiction-settled', (await settle('second')).value);
    keep('settled-told', await lastPostIn(bot, chatOf(ines)));
    const third = await bot.click(louis, 'outcome.held', typed(lateToo, 'outcome.held', { pupils: '31' }));
    keep('question-settled', third.value);
    bot.setNow('2026-12-16T09:00:00.000Z');
    await bot.app.runJob('outcomes', { dryRun: false });
    keep('question-again', await lastPostIn(bot, chatOf(nour)));
    bot.setNow('2026-12-23T09:00:00.000Z');
    await bot.app.runJob('outcomes', { dryRun: false });
    keep('unanswered', await lastPostIn(bot, coordination));
    const noDay = (await bot.click(nour, 'outcome.open', { id: availability })).value;
    keep('refusal-no-day', noDay);
  } finally {
    await bot.close();
  }
}
