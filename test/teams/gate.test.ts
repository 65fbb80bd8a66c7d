import { findGateRefusal } from '../../src/teams/gate.js';
import { readActivity } from '../../src/teams/incoming.js';
import { coordination, ines, type TestBot, team, textOf } from '../support/bot.js';
import { activityFrom, all, chatOf, inputsOf, postsIn, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
});
afterEach(() => bot.close());

const send = async (more: object, where?: string) =>
  (await bot.raw(activityFrom(bot, ines, { text: 'aide', ...more }, where))).status;
const person = async () => (await all(bot, 'people'))[0];
const conversation = async (id: string) => (await all(bot, 'conversations')).find((c) => c.id === id);

it('what does not come from Teams is refused with 403 and leaves no trace', async () => {
  for (const channelId of ['webchat', 'emulator', 'directline', 'MSTEAMS', '']) {
    expect(await send({ channelId })).toBe(403);
  }
  expect(await all(bot, 'people')).toEqual([]);
  expect(await all(bot, 'conversations')).toEqual([]);
});

it('a person is remembered by what Teams says of them, with the day on which they wrote, and by nothing else', async () => {
  await send({
    from: {
      id: ines.id,
      name: ' Inès Exemple ',
      aadObjectId: ines.aadObjectId,
      email: 'ines@company.example',
      role: 'user',
    },
  });
  expect(await person()).toEqual({
    id: ines.aadObjectId,
    teamsId: ines.id,
    name: 'Inès Exemple',
    lang: 'fr',
    conversationId: chatOf(ines),
    activeOn: bot.now().slice(0, 10),
  });
});

it('a new name, language or chat replaces the old one; the chosen language stays', async () => {
  await send({});
  await bot.click(ines, 'preferences.save', { language: 'fr' });
  const renamed = { id: '29:new-id', name: 'Inès Nouveau-Nom', aadObjectId: ines.aadObjectId };
  await send({ from: renamed, locale: 'en-GB', conversation: { id: 'a:new', conversationType: 'personal' } });
  expect(await person()).toMatchObject({
    teamsId: '29:new-id',
    name: 'Inès Nouveau-Nom',
    lang: 'en',
    chosenLang: 'fr',
    conversationId: 'a:new',
  });
  const [form] = await bot.say(ines, 'préférences');
  expect(inputsOf(form)).toMatchObject({ language: 'fr' });
});

it.each([
  ['fr-FR', 'fr'],
  ['fr-CA', 'fr'],
  ['FR', 'fr'],
  ['fr_FR', 'fr'],
  [' fr-FR ', 'fr'],
  [undefined, 'fr'],
  [null, 'fr'],
  ['', 'fr'],
  ['  ', 'fr'],
  ['x'.repeat(60), 'fr'],
  ['en-US', 'en'],
  ['de-DE', 'en'],
  ['frr-DE', 'en'],
] as const)('a Teams client in %s is answered in %s', async (locale, lang) => {
  await send({ locale });
  const answer = bot.connector.posts.at(-1);
  expect(textOf(answer?.card)).toContain(says(lang, 'help.help.heading'));
});

it.each([
  'a:é',
  'a:א',
  '19:\u{1f600}@thread.v2',
])('a conversation %s, which fits in no header of HTTP, is refused', async (id) => {
  expect(await send({ conversation: { id, conversationType: 'personal' } })).toBe(400);
  expect(await all(bot, 'conversations')).toEqual([]);
});

it('a channel is one place, whichever thread somebody writes in, and the answer goes to the thread', async () => {
  await send({}, coordination);
  await send(
    { conversation: { id: `${coordination};messageid=99`, conversationType: 'channel' } },
    coordination,
  );
  const places = (await all(bot, 'conversations')).filter((c) => c.kind === 'channel');
  expect(places).toEqual([
    expect.objectContaining({ id: coordination, teamId: team, active: true, serviceUrl: bot.connector.url }),
  ]);
  const paths = bot.connector.requests.filter((r) => r.method === 'POST').map((r) => r.path);
  expect(paths.at(-1)).toContain(`${coordination};messageid=99`);
});

it.each([
  ['19:meeting@thread.v2', {}, 'groupChat'],
  ['19:chat@thread.v2', { conversationType: 'groupchat' }, 'groupChat'],
  ['a:several', { isGroup: true }, 'groupChat'],
  ['a:ines', {}, 'groupChat'],
  ['19:ines_bot@unq.gbl.spaces', {}, 'groupChat'],
  ['19:ines_bot@unq.gbl.spaces', { conversationType: 'personal' }, 'personal'],
] as const)('the place %s that says %j of its kind is a %s one', async (id, said, kind) => {
  await send({ conversation: { id, tenantId: 'tenant', ...said }, channelData: {} });
  expect(await conversation(id)).toMatchObject({ kind });
  const own = kind === 'personal' ? id : `person:${ines.aadObjectId}`;
  expect(await person()).toMatchObject({ conversationId: own });
});

it('a channel that does not say what it is is not taken for a chat with the person who writes in it', async () => {
  await send({ conversation: { id: `${coordination};messageid=1` } }, coordination);
  expect(await conversation(coordination)).toMatchObject({ kind: 'channel' });
  expect(await person()).toMatchObject({ conversationId: `person:${ines.aadObjectId}` });
});

it('a channel stays one, with its team, whatever an activity says of it', async () => {
  await send({}, coordination);
  await send({ conversation: { id: coordination, conversationType: 'personal' }, channelData: {} });
  expect(await conversation(coordination)).toMatchObject({ kind: 'channel', teamId: team });
  await send({
    conversation: { id: `${coordination};messageid=2`, conversationType: 'channel' },
    channelData: {},
  });
  expect(await conversation(coordination)).toMatchObject({ kind: 'channel', teamId: team });
  expect((await person())?.conversationId).not.toBe(coordination);
});

it.each([
  [{ conversationType: 'personal' }, { isGroup: true }, 'groupChat'],
  [{}, { conversationType: 'channel' }, 'channel'],
  [{}, { conversationType: 'personal' }, 'groupChat'],
] as const)('a place that says %j of its kind, then %j, is a %s one', async (first, later, kind) => {
  const id = 'a:place';
  await send({ conversation: { id, ...first } });
  await send({ conversation: { id, ...later } });
  expect(await conversation(id)).toMatchObject({ kind });
});

it('the channel is the conversation’s: another one that the channel data names is not believed', async () => {
  const channelData = { tenant: { id: 'tenant' }, team: { id: team }, channel: { id: coordination } };
  await send({ conversation: { id: '19:autre@thread.tacv2', conversationType: 'channel' }, channelData });
  expect(await conversation(coordination)).toBeUndefined();
  expect(await conversation('19:autre@thread.tacv2')).toMatchObject({ kind: 'channel' });
});

it('the case of an account id makes nobody somebody else', async () => {
  await send({});
  await send({ from: { ...ines, aadObjectId: ines.aadObjectId.toUpperCase() } });
  expect(await all(bot, 'people')).toHaveLength(1);
});

it('an id of another form does not replace the one that Teams shows cards to', async () => {
  await send({});
  await send({ from: { id: `8:orgid:${ines.aadObjectId}`, name: ines.name, aadObjectId: ines.aadObjectId } });
  expect(await person()).toMatchObject({ teamsId: ines.id });
});

it('as long as no id has that form, the last one counts', async () => {
  for (const id of ['user-1', 'user-2'])
    await send({ from: { id, name: ines.name, aadObjectId: ines.aadObjectId } });
  expect(await person()).toMatchObject({ teamsId: 'user-2' });
});

it('whoever writes in their own chat has no other one that would have to be opened', async () => {
  await send({});
  expect((await all(bot, 'conversations')).map(({ id }) => id)).toEqual([chatOf(ines)]);
});

it('an empty tenant is one that is not said: the channel data names it', async () => {
  const tenant = activityFrom(bot, ines).channelData.tenant.id;
  await send({ conversation: { id: chatOf(ines), conversationType: 'personal', tenantId: '' } });
  expect(await conversation(chatOf(ines))).toMatchObject({ tenantId: tenant });
});

it.each([['x'.repeat(600)], [7], [null]])('a name nobody can read is as good as none: %s', async (name) => {
  await send({});
  await send({ from: { id: ines.id, name, aadObjectId: ines.aadObjectId } });
  expect(await person()).toMatchObject({ name: ines.name });
});

it('a group chat is answered and remembered as one', async () => {
  await send({ conversation: { id: '19:group@thread.v2', conversationType: 'groupChat' } });
  expect(await conversation('19:group@thread.v2')).toMatchObject({ kind: 'groupChat', active: true });
  expect(await postsIn(bot, '19:group@thread.v2')).toHaveLength(1);
});

describe('a place is somebody’s own chat only when Teams says so', () => {
  const elsewhere = '19:meeting@thread.v2';
  it.each([
    ['of another type', { conversationType: 'meeting' }],
    ['of a type written otherwise', { conversationType: 'Personal' }],
    ['of no type', {}],
    ['of no type, for a group', { isGroup: true }],
    ['of no type, for nobody else', { isGroup: false }],
    ['personal and for a group', { conversationType: 'personal', isGroup: true }],
    ['whose type is null', { conversationType: null }],
  ])('not a conversation %s: what concerns them is still told in their chat', async (_, more) => {
    await send({});
    expect(await send({ conversation: { id: elsewhere, ...more } })).toBe(200);
    expect(await person()).toMatchObject({ conversationId: chatOf(ines) });
    expect(await conversation(elsewhere)).toMatchObject({ kind: 'groupChat' });
  });

  it.each([{}, { isGroup: false }, { isGroup: null }])('a personal one is, with %j', async (more) => {
    await send({ conversation: { id: 'a:new', conversationType: 'personal', ...more } });
    expect(await person()).toMatchObject({ conversationId: 'a:new' });
  });

  it('somebody met only elsewhere gets a chat of their own when there is something to tell', async () => {
    await send({ conversation: { id: elsewhere } });
    expect(await person()).toMatchObject({ conversationId: `person:${ines.aadObjectId}` });
  });
});

it('a name is kept on one line, without what is not seen', async () => {
  await send({ from: { id: ines.id, aadObjectId: ines.aadObjectId, name: ' Inès\0\n\u202eExemple\ud800 ' } });
  expect(await person()).toMatchObject({ name: 'Inès Exemple' });
});

it('a place that was given up is written to again once somebody writes from it', async () => {
  await send({ type: 'installationUpdate', action: 'add' });
  await send({ type: 'installationUpdate', action: 'remove' });
  expect(await conversation(chatOf(ines))).toMatchObject({ active: false });
  await send({});
  expect(await conversation(chatOf(ines))).toMatchObject({ active: true });
});

it('a service URL that changes is used from then on', async () => {
  await send({});
  const moved = bot.connector.url.replace('127.0.0.1', 'localhost');
  await send({ serviceUrl: moved });
  expect(await conversation(chatOf(ines))).toMatchObject({ serviceUrl: moved });
});

it.each([
  ['ABCD-01', 'abcd-01', undefined],
  ['abcd-01', 'ABCD-01', undefined],
  ['abcd-01', 'abcd-02', 'another tenant'],
])('Azure writes a tenant in either case: %s lets %s in', (own, named, refusal) => {
  const activity = readActivity(
    activityFrom(bot, ines, { conversation: { id: chatOf(ines), tenantId: named }, channelData: {} }),
  );
  expect(activity && findGateRefusal(activity, own)).toBe(refusal);
});

describe('the time zone of a person', () => {
  const clientInfo = (timezone: unknown) => ({
    entities: [
      { type: 'mention', timezone: 'Asia/Tokyo' },
      { type: 'clientInfo', locale: 'fr-FR', timezone },
    ],
  });

  it.each([
    ['as the activity says it', { localTimezone: 'America/Cayenne' }, 'America/Cayenne'],
    ['as the client says it', clientInfo('Indian/Reunion'), 'Indian/Reunion'],
    [
      'the activity’s, if both do',
      { localTimezone: 'Asia/Tokyo', ...clientInfo('Europe/Rome') },
      'Asia/Tokyo',
    ],
    [
      'the client’s, if the activity’s is none',
      { localTimezone: 'x', ...clientInfo('Europe/Rome') },
      'Europe/Rome',
    ],
  ])('is kept %s', async (_, more, timeZone) => {
    await send(more);
    expect((await person())?.timeZone).toBe(timeZone);
  });

  it('stays when nothing is said of it, and changes when they move', async () => {
    await send({ localTimezone: 'Asia/Tokyo' });
    await send({});
    expect((await person())?.timeZone).toBe('Asia/Tokyo');
    await send({ localTimezone: 'Europe/Paris' });
    expect((await person())?.timeZone).toBe('Europe/Paris');
  });

  it.each([
    'Europe/Atlantis',
    '+01:00',
    'Europe/Paris\u202e',
    '../../etc/passwd',
    'x'.repeat(5_000),
    '',
    null,
    42,
    {},
    ['Asia/Tokyo'],
  ])('%p is none, and refuses nothing', async (zone) => {
    expect(await send({ localTimezone: zone, ...clientInfo(zone) })).toBe(200);
    expect(await person()).toMatchObject({ id: ines.aadObjectId });
    expect((await person())?.timeZone).toBeUndefined();
  });
});

describe('whoever writes again, while nothing has changed about them or the place, costs no write', () => {
  const own = { id: chatOf(ines), conversationType: 'personal' };
  const nameless = { id: ines.id, aadObjectId: ines.aadObjectId };
  it.each([
    ['in their own chat', 'personal', {}],
    ['in a channel', coordination, {}],
    ['in a chat whose tenant is not said', 'personal', { conversation: own, channelData: {} }],
    ['without a name or a language', 'personal', { from: nameless, locale: null }],
    ['without an account that is known', 'personal', { from: { id: '29:stranger', name: 'Inconnu' } }],
  ])('%s', async (_, where, more) => {
    await send(more, where);
    await bot.restart();
    const transact = jest.spyOn(bot.app.services.store, 'transact');
    await send(more, where);
    expect(transact).not.toHaveBeenCalled();
  });

  it('in the language they chose', async () => {
    await bot.click(ines, 'preferences.save', { language: 'en' });
    await bot.restart();
    const transact = jest.spyOn(bot.app.services.store, 'transact');
    await send({});
    expect(transact).not.toHaveBeenCalled();
  });
});
