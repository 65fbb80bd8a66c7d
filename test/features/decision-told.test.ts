import { approval } from '../../src/features/approval/index.js';
import {
  amy,
  coordination,
  formData,
  hugo,
  ines,
  person,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  lastPostIn,
  offerTalk,
  period,
  placement,
  postsIn,
  says,
  startFast,
  talk,
  urlsIn,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const decide = (verb: string, id: string, text: object = {}) =>
  bot.click(hugo, `approval.${verb}`, { id, ...text }, inChannel);

it('an approved placement is told with who, when, and the agreement’s last day', async () => {
  const { value } = await fill(bot, ines, 'accueillir', placement);
  await decide('approve', idIn(value, 'mine.withdraw'));
  const card = textOf(await lastPostIn(bot, chatOf(ines)));
  expect(card).toContain(says('fr', 'approval.told.approve.host', { count: 2 }));
  expect(card).toContain('par Hugo Témoin, lundi 23 novembre à 9 h');
  expect(card).toContain(says('fr', 'approval.next.approve.host', { day: '4 janvier 2027' }));
  expect(card).toContain(says('fr', 'approval.from'));
});

it('an approval that is sent late says nothing of a day that somebody has withdrawn from', async () => {
  const own = await startFast();
  await own.setUp([hugo]);
  const id = await offerTalk(own, ines);
  await own.click(hugo, 'approval.approve', { id }, inChannel);
  await own.app.drain();
  const [told] = (await all(own, 'outbox')).filter(({ message }) => message === 'approval.told');
  await own.click(ines, 'mine.withdrawConfirmed', { id });
  own.setNow('2026-12-09T09:00:00.000Z');
  const { services } = own.app;
  const draw = approval.messages?.told;
  const card = told && (await services.store.read(async (reader) => draw?.(told, reader, services)));
  await own.close();
  expect(card && 'data' in card && card.data.next).toBe(services.textIn('fr')('approval.next.approve.meet'));
});

it('an approved talk and an approved availability say what comes next for each', async () => {
  await decide('approve', await offerTalk(bot, amy));
  const talkTold = await lastPostIn(bot, chatOf(amy));
  expect(textOf(talkTold)).toContain(says('en', 'approval.next.approve.meet'));
  expect(urlsIn(talkTold)).toEqual([
    expect.stringContaining('https://outlook.office.com/'),
    expect.stringContaining('/files/'),
  ]);
  const [form = {}] = await bot.say(amy, 'volunteer');
  const wide = (await bot.click(amy, 'volunteer.timing', formData(form, 'volunteer.timing'))).value;
  const sent = await bot.click(amy, 'volunteer.submit', formData(wide, 'volunteer.submit', period));
  await decide('approve', idIn(sent.value, 'mine.withdraw'));
  const told = await lastPostIn(bot, chatOf(amy));
  expect(textOf(told)).toContain(says('en', 'approval.next.approve.available'));
  // It has no day yet.
  expect(urlsIn(told)).toEqual([]);
});

it.each([
  ['a talk, two days later', talk, 'proposer', '2026-12-10', 'answer', 'mardi 15 décembre 2026'],
  ['a talk, a month later', talk, 'proposer', '2027-01-12', 'answer-late', ''],
  [
    'a placement that has begun',
    placement,
    'accueillir',
    '2027-01-20',
    'under-way',
    'vendredi 22 janvier 2027',
  ],
] as const)('approved after the day, %s: what is left to do', async (_, offer, command, on, step, day) => {
  const late = await startFast({ env: { PUBLIC_URL: 'https://passerelle.example' } });
  await late.setUp([hugo]);
  const { value } = await fill(late, ines, command, offer);
  late.setNow(`${on}T09:00:00.000Z`);
  await late.click(hugo, 'approval.approve', { id: idIn(value, 'mine.withdraw') }, inChannel);
  const cards = await postsIn(late, chatOf(ines));
  await late.close();
  const card = cards.find((c) => textOf(c).includes(says('fr', 'approval.from')));
  const by = step === 'answer' ? says('fr', 'next.by', { day }) : '';
  expect(textOf(card)).toContain(says('fr', `next.${step}.employee`, { day, by }));
  // An entry for what is still to come only.
  const shown = JSON.stringify(card);
  const ways = ['https://outlook.office.com', 'https://passerelle.example/files'];
  expect(ways.map((way) => shown.includes(way))).toEqual(ways.map(() => step === 'under-way'));
});

it('a declined offer is told with its reason, and leads to other dates', async () => {
  const id = await offerTalk(bot, ines);
  await decide('decline', id, { reason: 'Déjà trois classes ce jour-là.' });
  const card = await lastPostIn(bot, chatOf(ines));
  expect(textOf(card)).toContain(says('fr', 'approval.told.decline.meet', { count: 1 }));
  expect(textOf(card)).toContain('« Déjà trois classes ce jour-là. »');
  const again = await bot.click(ines, 'volunteer.again', { id: idIn(card, 'volunteer.again') });
  const data = formData(again.value, 'volunteer.submit', { ...talk, firstDay: '2026-12-10' });
  expect(data.id).not.toBe(id);
  const sent = await bot.click(ines, 'volunteer.submit', data);
  expect(textOf(sent.value)).toContain(says('fr', 'mine.sentProposal'));
});

it('a request for changes is told with its text, and opens the form to correct', async () => {
  const id = await offerTalk(bot, ines);
  await decide('askChanges', id, { changes: 'À 14 h plutôt.' });
  const card = await lastPostIn(bot, chatOf(ines));
  expect(textOf(card)).toContain('« À 14 h plutôt. »');
  expect(idIn(card, 'volunteer.edit')).toBe(id);
  expect(hasButton(card, 'volunteer.again')).toBe(false);
});

it('a decision is told once, however often the outbox looks', async () => {
  await decide('approve', await offerTalk(bot, zoe));
  const before = (await postsIn(bot, chatOf(zoe))).length;
  await bot.restart();
  expect(await postsIn(bot, chatOf(zoe))).toHaveLength(before);
});

it('somebody known only from the channel is told in a chat that is opened for them', async () => {
  const lea = person('Noé Canal');
  const form = (await bot.click(lea, 'volunteer.open', {}, inChannel)).value;
  const sent = await bot.click(lea, 'volunteer.submit', formData(form, 'volunteer.submit', talk), inChannel);
  const requests = bot.connector.requests.length;
  await decide('approve', idIn(sent.value, 'mine.withdraw'));
  expect(textOf(await lastPostIn(bot, chatOf(lea)))).toContain(says('fr', 'state.approved'));
  const opened = bot.connector.requests
    .slice(requests)
    .filter((r) => r.path === '/v3/conversations' && r.body?.members);
  expect(opened.map((r) => r.body)).toEqual([
    expect.objectContaining({
      isGroup: false,
      members: [expect.objectContaining({ id: lea.id })],
      tenantId: '00000000-0000-0000-0000-00000000000a',
    }),
  ]);
});

it('once they have written in their own chat, that one is used', async () => {
  const mae = person('Maé Deux-Lieux');
  await bot.say(mae, 'aide', coordination);
  const own = 'a:their-own-chat';
  await bot.raw(
    activityFrom(bot, mae, { text: 'aide', conversation: { id: own, conversationType: 'personal' } }),
  );
  const form = (await bot.click(mae, 'volunteer.open', {}, inChannel)).value;
  const sent = await bot.click(mae, 'volunteer.submit', formData(form, 'volunteer.submit', talk), inChannel);
  await decide('approve', idIn(sent.value, 'mine.withdraw'));
  expect(textOf(await lastPostIn(bot, own))).toContain(says('fr', 'state.approved'));
});

it('somebody who blocked the bot costs one attempt, and is never tried again', async () => {
  const id = await offerTalk(bot, zoe);
  const second = await offerTalk(bot, zoe, { level: '5e' });
  bot.connector.fail({
    match: (r) => r.method === 'POST' && r.path.includes(chatOf(zoe)),
    status: 403,
    code: 'ConversationBlockedByUser',
  });
  await decide('approve', id);
  await bot.app.drain();
  const tries = bot.connector.requests.length;
  await decide('approve', second);
  await bot.app.drain();
  const toZoe = bot.connector.requests.slice(tries).filter((r) => r.path.includes(chatOf(zoe)));
  expect(toZoe).toEqual([]);
  const told = (await all(bot, 'outbox')).filter((m) => m.message === 'approval.told').slice(-2);
  expect(told.map((m) => m.state)).toEqual(['failed', 'failed']);
});
