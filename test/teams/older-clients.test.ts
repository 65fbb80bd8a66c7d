/** Older mobile clients, and some invokes, leave out `aadObjectId`: the `29:` id of the same tenant says who it is. */
import { amy, coordination, hugo, ines, type TestBot, type TestPerson, textOf, zoe } from '../support/bot.js';
import { activityFrom, all, chatOf, offerTalk, postsIn, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  await bot.say(ines, 'aide');
});
afterEach(() => bot.close());

const otherTenant = '00000000-0000-0000-0000-00000000000b';

/** What a person's client sends that does not say which account it is. */
const send = (who: TestPerson, more: object, where?: string) =>
  bot.raw(activityFrom(bot, who, { from: { id: who.id, name: who.name }, ...more }, where));
const lastAnswer = () => textOf(bot.connector.posts.at(-1)?.card);
async function say(who: TestPerson, text: string, more: object = {}): Promise<string> {
  await bot.app.drain();
  await send(who, { text, ...more });
  return lastAnswer();
}
async function click(who: TestPerson, verb: string, data: object, more: object = {}): Promise<string> {
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
  const answer = await send(who, { type: 'invoke', name: 'adaptiveCard/action', value, ...more });
  return textOf(await answer.json());
}
const personOf = async (who: TestPerson) =>
  (await all(bot, 'people')).find(({ id }) => id === who.aadObjectId);
const stranger = () => says('fr', 'refusal.unknownPerson.heading');

it.each([
  ['left out', undefined],
  ['null', null],
  ['empty', ''],
  ['only spaces', '  '],
  ['all zeros', '00000000-0000-0000-0000-000000000000'],
])('a person whose account id is %s finds what is theirs', async (_, aadObjectId) => {
  await offerTalk(bot, ines);
  const before = await all(bot, 'people');
  const from = { id: ines.id, name: ines.name, aadObjectId };
  expect(await say(ines, 'mes engagements', { from })).toContain(says('fr', 'mine.group.toCome'));
  expect(await all(bot, 'people')).toEqual(before);
});

it('a button works for them, in an invoke and in a message', async () => {
  expect(await click(ines, 'preferences.save', { language: 'en' })).toContain(
    says('en', 'preferences.saved'),
  );
  expect(await personOf(ines)).toMatchObject({ chosenLang: 'en' });
  await send(ines, { value: { verb: 'preferences.save', language: 'fr' } });
  expect(lastAnswer()).toContain(says('fr', 'preferences.saved'));
});

it('a coordinator stays one, and nobody becomes one', async () => {
  await bot.click(hugo, 'pending.open');
  await bot.say(zoe, 'aide');
  expect(await say(hugo, 'à valider')).toContain(says('fr', 'pending.none'));
  expect(await click(hugo, 'pending.open', {})).toContain(says('fr', 'pending.none'));
  expect(await say(zoe, 'à valider')).toContain(says('fr', 'refusal.notCoordinator.heading'));
});

it('an installation greets them in their language, and a channel learns who added it', async () => {
  await bot.say(amy, 'help', coordination);
  const quiet = { from: { id: amy.id }, locale: undefined };
  await send(amy, { type: 'installationUpdate', action: 'add', ...quiet });
  expect(textOf((await postsIn(bot, chatOf(amy)))[0])).toContain(says('en', 'help.welcome.heading'));
  await bot.app.drain();
  const membersAdded = [{ id: '28:passerelle' }];
  await send(amy, { type: 'conversationUpdate', membersAdded, ...quiet }, coordination);
  await bot.app.drain();
  expect(lastAnswer()).toContain(says('fr', 'help.addedBy', { name: amy.name }));
});

it('a new name, language or chat is learned as from anybody; what is not said stays', async () => {
  const moved = { id: 'a:new', conversationType: 'personal', tenantId: 'unused' };
  const conversation = { ...moved, tenantId: activityFrom(bot, ines).conversation.tenantId };
  await say(ines, 'aide', { conversation, locale: 'en-GB', from: { id: ines.id, name: 'Inès Nouveau-Nom' } });
  const learned = { name: 'Inès Nouveau-Nom', lang: 'en', conversationId: 'a:new', teamsId: ines.id };
  expect(await personOf(ines)).toMatchObject(learned);
  await say(ines, 'help', { conversation, locale: undefined, from: { id: ines.id } });
  expect(await personOf(ines)).toMatchObject(learned);
});

it('who was met in a channel is found in a chat of their own, and written to there from then on', async () => {
  await bot.say(zoe, 'aide', coordination);
  expect(await say(zoe, 'aide')).toContain(says('fr', 'help.help.heading'));
  expect(await personOf(zoe)).toMatchObject({ conversationId: chatOf(zoe) });
});

describe('is a stranger, of whom nothing is kept:', () => {
  const inOtherTenant = {
    conversation: { id: 'a:elsewhere', conversationType: 'personal', tenantId: otherTenant },
    channelData: { tenant: { id: otherTenant } },
  };
  const rows: [string, object][] = [
    ['the same id in another tenant', inOtherTenant],
    [
      'the same id in another tenant that claims the person’s own chat',
      { ...inOtherTenant, conversation: { ...inOtherTenant.conversation, id: chatOf(ines) } },
    ],
    [
      'the same id without a tenant',
      { conversation: { id: 'a:elsewhere', conversationType: 'personal' }, channelData: {} },
    ],
    ['somebody with the same name', { from: { id: '29:somebody-else', name: ines.name } }],
    ['another form of the id', { from: { id: `8:orgid:${ines.aadObjectId}`, name: ines.name } }],
    ['the account id in the place of the Teams id', { from: { id: ines.aadObjectId, name: ines.name } }],
    ['the id in another case', { from: { id: ines.id.toUpperCase(), name: ines.name } }],
  ];
  it.each(rows)('%s', async (_, more) => {
    const before = await all(bot, 'people');
    expect(await say(ines, 'mes engagements', more)).toContain(stranger());
    expect(await click(ines, 'preferences.save', { language: 'en' }, more)).toContain(stranger());
    await send(ines, { type: 'installationUpdate', action: 'add', ...more });
    expect(await all(bot, 'people')).toEqual(before);
  });

  it('whoever names no tenant, when the person named none either', async () => {
    const untold = { conversation: { id: chatOf(zoe), conversationType: 'personal' }, channelData: {} };
    await bot.raw(activityFrom(bot, zoe, { text: 'aide', ...untold }));
    expect(await say(zoe, 'mes engagements', untold)).toContain(stranger());
  });

  it('an id that two people have', async () => {
    await send(ines, { text: 'aide', from: { id: ines.id, name: 'Zoé Spécimen', aadObjectId: 'aad-other' } });
    const before = await all(bot, 'people');
    expect(await say(ines, 'mes engagements')).toContain(stranger());
    expect(await all(bot, 'people')).toEqual(before);
  });

  it('an id of another kind, even when a person is kept with it', async () => {
    const id = 'user-1';
    await send(zoe, { text: 'aide', from: { id, name: zoe.name, aadObjectId: zoe.aadObjectId } });
    expect(await say(zoe, 'aide', { from: { id, name: zoe.name } })).toContain(stranger());
  });
});
