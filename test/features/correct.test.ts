import {
  amy,
  coordination,
  formData,
  hugo,
  ines,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  chatOf,
  errorText,
  fill,
  hasButton,
  idIn,
  inChannel,
  inputsOf,
  offerTalk,
  period,
  placement,
  postsIn,
  says,
  shownIn,
  startFast,
  talk,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const edit = async (who: TestPerson, id: string, feature = 'volunteer') =>
  (await bot.click(who, `${feature}.edit`, { id })).value;
const submit = (who: TestPerson, form: object, inputs: object) =>
  bot.click(who, 'volunteer.submit', formData(form as never, 'volunteer.submit', inputs));

it('the form to correct holds what was sent, whatever kind of offer it was', async () => {
  expect(inputsOf(await edit(ines, await offerTalk(bot, ines)))).toMatchObject(talk);
  const { value } = await fill(bot, ines, 'accueillir', { ...placement, school: 'Collège Fictif' });
  const form = await edit(ines, idIn(value, 'mine.withdraw'), 'host');
  expect(inputsOf(form)).toMatchObject({ ...placement, places: 2, school: 'Collège Fictif' });
  const [exact = {}] = await bot.say(ines, 'proposer');
  const wide = (await bot.click(ines, 'volunteer.timing', formData(exact, 'volunteer.timing'))).value;
  const sent = await submit(ines, wide, period);
  expect(inputsOf(await edit(ines, idIn(sent.value, 'mine.withdraw')))).toMatchObject(period);
});

it('an offer that waits is corrected: the same request, a new card in the channel, the old one updated', async () => {
  const id = await offerTalk(bot, ines);
  const form = await edit(ines, id);
  const number = (await all(bot, 'actions')).find((a) => a.id === id)?.number;
  const posts = (await postsIn(bot, coordination)).length;
  const { value } = await submit(ines, form, { ...talk, level: '2de' });
  expect(textOf(value)).toContain(says('fr', 'mine.sentProposal'));
  expect((await all(bot, 'actions')).find((a) => a.id === id)).toMatchObject({ number, level: '2de' });
  const shown = (await shownIn(bot, coordination)).slice(-2);
  expect(await postsIn(bot, coordination)).toHaveLength(posts + 1);
  for (const card of shown) expect(textOf(card)).toContain('une intervention en classe, 2de');
});

it.each([
  ['a new offer', false],
  ['a corrected one', true],
])('the form of %s sent again with another day says that nothing has changed, and what is kept', async (_, isCorrected) => {
  const id = isCorrected ? await offerTalk(bot, zoe) : undefined;
  const form = id ? await edit(zoe, id) : ((await bot.say(zoe, 'proposer'))[0] ?? {});
  const send = async (firstDay: string) =>
    textOf((await submit(zoe, form, { ...talk, level: '5e', firstDay })).value);
  const used = says('fr', 'form.used');
  expect(await send('2026-12-15')).not.toContain(used);
  const before = await written(bot);
  const again = await send('2026-12-16');
  for (const part of [used, 'mardi 15 décembre']) expect(again).toContain(part);
  expect(again).not.toContain('16 décembre');
  expect(await send('2026-12-15')).not.toContain(used);
  expect(await written(bot)).toBe(before);
});

it('an offer that was sent back waits again once corrected, and no longer shows the request for changes', async () => {
  const id = await offerTalk(bot, amy);
  await bot.click(hugo, 'approval.askChanges', { id, changes: 'Plutôt en 3e.' }, inChannel);
  const form = await edit(amy, id);
  const { value } = await submit(amy, form, { ...talk, level: '3e' });
  expect(textOf(value)).toContain(says('en', 'state.pending-author'));
  expect((await all(bot, 'engagements')).find((e) => e.actionId === id)).toMatchObject({ state: 'pending' });
  expect(textOf((await shownIn(bot, coordination)).at(-1))).not.toContain('Plutôt en 3e.');
  const approved = await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(textOf(approved.value)).toContain(says('fr', 'state.approved'));
});

it('the same correction sent three times is one correction and one card', async () => {
  const id = await offerTalk(bot, ines);
  const form = await edit(ines, id);
  const posts = (await postsIn(bot, coordination)).length;
  const answers = await Promise.all([1, 2, 3].map(() => submit(ines, form, { ...talk, level: '5e' })));
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  expect(await postsIn(bot, coordination)).toHaveLength(posts + 1);
  const moves = (await all(bot, 'history')).filter((h) => h.actionId === id).map((h) => h.move);
  expect(moves).toEqual(['offer', 'correct']);
});

it.each([
  [ines, 'fr', 'approval.approve'],
  [amy, 'en', 'approval.decline'],
] as const)('an offer decided meanwhile refuses the correction and leaves the form as it is', async (who, lang, verb) => {
  const id = await offerTalk(bot, who);
  const form = await edit(who, id);
  await bot.click(hugo, verb, { id, reason: 'Complet.' }, inChannel);
  const before = await written(bot);
  const answer = await submit(who, form, { ...talk, level: '2de' });
  // An error with a text, not a card: Teams keeps the form with all that was typed.
  expect(answer).toMatchObject({ http: 200, statusCode: 400, type: 'application/vnd.microsoft.error' });
  expect(errorText(answer)).toMatch(lang === 'fr' ? /déjà tranchée/ : /already/);
  expect(errorText(answer)).toContain('Hugo Témoin');
  expect(await written(bot)).toBe(before);
});

it('nobody corrects the offer of somebody else', async () => {
  const id = await offerTalk(bot, ines);
  const form = await edit(ines, id);
  const before = await written(bot);
  expect(textOf(await edit(zoe, id))).toContain(says('fr', 'refusal.notYours.heading'));
  const data = formData(form, 'volunteer.submit', { ...talk, level: '2de' });
  const forged = await bot.click(zoe, 'volunteer.submit', { ...data, formKey: '01ARZ3NDEKTSV4RRFFQ69G5FAV' });
  expect(errorText(forged)).toContain(says('fr', 'refusal.notYours.heading'));
  expect(await written(bot)).toBe(before);
});

it('the card in the author’s chat follows the request in place', async () => {
  const [form = {}] = await bot.say(zoe, 'proposer');
  const on = bot.connector.personal(chatOf(zoe)).at(-1)?.activityId ?? '';
  const data = formData(form, 'volunteer.submit', talk);
  const sent = await bot.click(zoe, 'volunteer.submit', data, { on });
  const id = idIn(sent.value, 'mine.withdraw');
  await bot.app.drain();
  bot.setNow(new Date(Date.parse(bot.now()) + 5_000).toISOString());
  await bot.app.drain();
  expect(textOf(bot.connector.cardOf(on))).toContain(says('fr', 'state.pending-author'));
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  await bot.app.drain();
  expect(textOf(bot.connector.cardOf(on))).toContain(says('fr', 'state.approved'));
  expect(hasButton(bot.connector.cardOf(on), 'volunteer.edit')).toBe(false);
});

it('of a form whose message Teams does not name no card is sent later', async () => {
  const before = (await all(bot, 'outbox')).filter(({ message }) => message === 'mine.request');
  await offerTalk(bot, zoe);
  const after = (await all(bot, 'outbox')).filter(({ message }) => message === 'mine.request');
  expect(after).toEqual(before);
});

it('the card in the author’s chat is sent once for what follows the form at once', async () => {
  const [form = {}] = await bot.say(zoe, 'proposer');
  const on = bot.connector.personal(chatOf(zoe)).at(-1)?.activityId ?? '';
  const sent = await bot.click(zoe, 'volunteer.submit', formData(form, 'volunteer.submit', talk), { on });
  await bot.app.drain();
  const before = bot.connector.updates.length;
  await bot.click(hugo, 'approval.approve', { id: idIn(sent.value, 'mine.withdraw') }, inChannel);
  await bot.app.drain();
  bot.setNow(new Date(Date.parse(bot.now()) + 60_000).toISOString());
  await bot.app.drain();
  const own = bot.connector.updates.slice(before).filter(({ activityId }) => activityId === on);
  expect(own).toHaveLength(1);
});

it('a form sent from a channel leaves the card there as it is: the author’s own card is not for all', async () => {
  const [form = {}] = await bot.say(zoe, 'proposer');
  await bot.say(zoe, 'proposer', coordination);
  const on = bot.connector.posts.at(-1)?.activityId ?? '';
  const before = bot.connector.cardOf(on);
  expect(before).toBeDefined();
  const data = formData(form, 'volunteer.submit', talk);
  await bot.click(zoe, 'volunteer.submit', data, { on, where: coordination });
  bot.setNow(new Date(Date.parse(bot.now()) + 60_000).toISOString());
  await bot.app.drain();
  expect(bot.connector.cardOf(on)).toEqual(before);
});

it('an offer that was corrected between the card and the click is not approved unread', async () => {
  const id = await offerTalk(bot, ines);
  const seen = (await bot.click(hugo, 'approval.view', { id }, inChannel)).value;
  bot.setNow('2026-11-23T08:05:00.000Z');
  await submit(ines, await edit(ines, id), { ...talk, level: '2de' });
  const before = await written(bot);
  const late = await bot.click(hugo, 'approval.approve', formData(seen, 'approval.approve'), inChannel);
  expect(textOf(late.value)).toContain(says('fr', 'refusal.corrected.why'));
  expect(await written(bot)).toBe(before);
  const again = (await bot.click(hugo, 'approval.view', { id }, inChannel)).value;
  const done = await bot.click(hugo, 'approval.approve', formData(again, 'approval.approve'), inChannel);
  expect(textOf(done.value)).toContain(says('fr', 'state.approved'));
});
