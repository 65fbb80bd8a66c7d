import {
  announcements,
  coordination,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  chatOf,
  hasButton,
  inChannel,
  lastPostIn,
  offerTalk,
  postsIn,
  says,
  startFast,
} from '../support/flows.js';

const group = '19:groupe@thread.v2';
const other = '19:autre@thread.tacv2';
let bot: TestBot;
let actionId: string;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  await bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
  await bot.say(hugo, 'aide', other);
  await send(hugo, { text: 'aide', conversation: { id: group, conversationType: 'groupChat' } });
  actionId = await offerTalk(bot, ines);
  await bot.app.drain();
});
afterEach(() => bot.close());

async function send(who: TestPerson, more: object, where?: string) {
  expect((await bot.raw(activityFrom(bot, who, more, where))).status).toBe(200);
}
const removeFrom = (who: TestPerson) => send(who, { type: 'installationUpdate', action: 'remove' });

/** A message that did not arrive in a conversation; gives what its button carries. */
async function undeliveredIn(conversationId: string): Promise<{ id: string }> {
  const id = `told:${conversationId}`;
  const at = bot.now();
  const row = { id, conversationId, op: 'post', message: 'approval.request', lang: 'fr', actionId } as const;
  const failed = { data: {}, state: 'failed', attempts: 1, dueAt: at, createdAt: at, order: '01A' } as const;
  await bot.app.services.store.transact((tx) => tx.put('outbox', { ...row, ...failed, error: '403' }));
  return { id };
}
const open = async (data: object) => (await bot.click(hugo, 'pending.message', data)).value;
const resend = (data: object) => bot.click(hugo, 'pending.resend', data);

it.each([
  ['the coordinators’ channel', coordination, says('fr', 'pending.to.coordinators')],
  ['the announcements’ channel', announcements, says('fr', 'pending.to.announcements')],
  ['another channel', other, says('fr', 'pending.to.channel')],
  ['a group chat', group, says('fr', 'pending.to.groupChat')],
  ['somebody’s chat', chatOf(ines), ines.name],
])('a message for %s says so, and can be sent there again', async (_, place, name) => {
  const data = await undeliveredIn(place);
  const card = await open(data);
  expect(textOf(card)).toContain(`${says('fr', 'pending.fact.to')} | ${name}`);
  expect(hasButton(card, 'pending.resend')).toBe(true);
  const before = (await postsIn(bot, place)).length;
  await resend(data);
  expect(await postsIn(bot, place)).toHaveLength(before + 1);
});

it('a message for somebody who has removed the bot cannot be sent again, and says what would help', async () => {
  const data = await undeliveredIn(chatOf(ines));
  await removeFrom(ines);
  const card = await open(data);
  expect(textOf(card)).toContain(ines.name);
  expect(textOf(card)).toContain(says('fr', 'pending.closed.person'));
  expect(hasButton(card, 'pending.resend')).toBe(false);
  const before = await postsIn(bot, chatOf(ines));
  expect(textOf((await resend(data)).value)).toContain(says('fr', 'pending.closed.person'));
  expect(await postsIn(bot, chatOf(ines))).toEqual(before);
});

it('a message for a channel that the bot was removed from cannot be sent again either', async () => {
  const data = await undeliveredIn(other);
  await send(hugo, { type: 'conversationUpdate', membersRemoved: [{ id: '28:passerelle' }] }, other);
  const card = await open(data);
  expect(textOf(card)).toContain(says('fr', 'pending.closed.channel'));
  expect(hasButton(card, 'pending.resend')).toBe(false);
});

it('a message for somebody met in a channel, who has opened a chat since, goes to that chat', async () => {
  await bot.say(zoe, 'aide', coordination);
  const unopened = `person:${zoe.aadObjectId}`;
  const data = await undeliveredIn(unopened);
  await bot.app.services.store.transact(async (tx) => {
    const place = await tx.get('conversations', unopened);
    if (place) await tx.put('conversations', { ...place, active: false });
  });
  expect(hasButton(await open(data), 'pending.resend')).toBe(false);
  await bot.say(zoe, 'aide');
  const card = await open(data);
  expect(textOf(card)).toContain(zoe.name);
  await resend(data);
  expect(textOf(await lastPostIn(bot, chatOf(zoe)))).toContain(ines.name);
});

it('is listed for coordinators; others who read the list in their channel are not asked to look after it', async () => {
  await undeliveredIn(chatOf(ines));
  const list = async (who: TestPerson) => textOf((await bot.click(who, 'pending.open', {}, inChannel)).value);
  expect(await list(hugo)).toContain(says('fr', 'pending.undeliveredWhat'));
  expect(await list(louis)).toContain(says('fr', 'pending.heading', { count: 1 }));
  expect(await list(louis)).not.toContain(says('fr', 'pending.undeliveredWhat'));
});
