import {
  amy,
  announcements,
  type CardJson,
  coordination,
  hugo,
  ines,
  type TestBot,
  type TestPerson,
  team,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  hasButton,
  inChannel,
  offerTalk,
  postsIn,
  says,
  startFast,
} from '../support/flows.js';
import { people, startCompany } from '../support/permissions.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
});
afterEach(() => bot.close());

const botId = '28:passerelle';
const help = async (who: TestPerson, text: string, where?: string): Promise<string> =>
  textOf((await bot.say(who, text, where))[0]);
const send = async (who: TestPerson, more: object, where?: string) =>
  expect((await bot.raw(activityFrom(bot, who, more, where))).status).toBeLessThan(300);
const install = (who: TestPerson, action: 'add' | 'remove', where?: string) =>
  send(who, { type: 'installationUpdate', action }, where);

describe('help', () => {
  it('names what an employee can do, and not what only coordinators can', async () => {
    await bot.setUp([hugo]);
    await bot.click(hugo, 'pending.open');
    const said = await help(zoe, 'aide');
    for (const name of ['volunteer', 'host', 'sessions', 'mine', 'progress', 'preferences'])
      expect(said).toContain(says('fr', `help.${name}.title`));
    for (const name of ['pending', 'publish']) expect(said).not.toContain(says('fr', `help.${name}.title`));
    const coordinator = await help(hugo, 'aide');
    for (const name of ['pending', 'publish'])
      expect(coordinator).toContain(says('fr', `help.${name}.title`));
  });

  it('has buttons for the first things one can do, at most six', async () => {
    const [card] = await bot.say(ines, 'help');
    for (const verb of ['volunteer.open', 'host.open', 'sessions.open', 'mine.open'])
      expect(hasButton(card, verb)).toBe(true);
    expect(JSON.stringify(card).match(/"type":"Action\.Execute"/g)?.length).toBeLessThanOrEqual(6);
  });

  it('names what only administrators can do to them alone, once ADMINS says who they are', async () => {
    const company = await startCompany({ silent: false });
    try {
      const titles = async (who: TestPerson) => {
        const said = textOf((await company.bot.say(who, 'aide'))[0]);
        return ['volunteer', 'pending', 'setup'].filter((f) => said.includes(says('fr', `help.${f}.title`)));
      };
      expect(await titles(people.employee)).toEqual(['volunteer']);
      expect(await titles(people.coordinator)).toEqual(['volunteer', 'pending']);
      expect(await titles(people.admin)).toEqual(['volunteer', 'setup']);
    } finally {
      await company.bot.close();
    }
  });

  it('is in the reader’s language, whichever language the command is in', async () => {
    expect(await help(amy, 'aide')).toContain(says('en', 'help.help.heading'));
    expect(await help(ines, 'help')).toContain(says('fr', 'help.help.heading'));
  });

  it('greets back, in each language, whatever the case and the punctuation', async () => {
    for (const text of ['bonjour', 'Bonjour !', 'Salut', 'hi', 'Hello', 'HEY', 'bonsoir Passerelle']) {
      expect(await help(ines, text)).toContain(says('fr', 'help.welcome.heading'));
      expect(await help(amy, text)).toContain(says('en', 'help.welcome.heading'));
    }
  });

  it('answers what it does not know with the help, not with silence', async () => {
    for (const text of ['météo', 'proposerai', 'a'.repeat(20_000)])
      expect(await help(ines, text)).toContain(says('fr', 'help.unknown.heading'));
  });

  it.each([
    '',
    '   ',
    '...',
    '\u0000',
    '🙂',
    'Passerelle',
    '@Passerelle !',
    '<at>Passerelle</at>',
    '<blockquote>proposer</blockquote>',
  ])('greets somebody who says nothing but its name, or nothing at all: "%s"', async (text) => {
    for (const where of ['personal', coordination])
      expect(await help(ines, text, where)).toContain(says('fr', 'help.welcome.heading'));
  });
});

describe('the welcome', () => {
  it('comes once in a personal chat, even after uninstalling and installing again', async () => {
    await install(ines, 'add');
    await send(ines, { type: 'conversationUpdate', membersAdded: [{ id: botId }] });
    expect(await postsIn(bot, chatOf(ines))).toHaveLength(1);
    await install(ines, 'remove');
    await install(ines, 'add');
    const posts = await postsIn(bot, chatOf(ines));
    expect(posts).toHaveLength(1);
    expect(textOf(posts[0])).toContain(says('fr', 'help.welcome.heading'));
  });

  it('comes with the next installation when the first one took no message', async () => {
    bot.connector.fail({ status: 403, code: 'MessageWritesBlocked', times: 1 });
    await install(ines, 'add');
    expect(await postsIn(bot, chatOf(ines))).toHaveLength(0);
    await install(ines, 'remove');
    for (let time = 0; time < 2; time++) {
      await install(ines, 'add');
      expect(await postsIn(bot, chatOf(ines))).toHaveLength(1);
    }
  });

  it('is in the person’s language in their chat, and in the convention’s in a channel, naming who added it', async () => {
    await install(amy, 'add');
    expect(textOf((await postsIn(bot, chatOf(amy)))[0])).toContain(says('en', 'help.welcome.heading'));
    await install(amy, 'add', coordination);
    const [card] = await postsIn(bot, coordination);
    expect(textOf(card)).toContain(says('fr', 'help.addedBy', { name: amy.name }));
  });

  it.each([
    undefined,
    null,
    '',
    '   ',
    '\u00a0\u200b',
    '?',
  ])('in a channel names nobody when Teams does not: "%s"', async (name) => {
    const from = { id: amy.id, aadObjectId: amy.aadObjectId, name };
    await send(amy, { type: 'installationUpdate', action: 'add', from }, coordination);
    await send(amy, { type: 'installationUpdate', action: 'add', from: { id: '29:x', name } }, announcements);
    for (const channel of [coordination, announcements]) {
      const said = textOf((await postsIn(bot, channel))[0]);
      expect(said).toContain(says('fr', 'help.added'));
      expect(said).not.toContain('?');
    }
  });

  it('names who added it by the name known of them, when the installation does not say it', async () => {
    await bot.say(amy, 'help');
    const from = { id: amy.id, aadObjectId: amy.aadObjectId };
    await send(amy, { type: 'installationUpdate', action: 'add', from }, coordination);
    const said = textOf((await postsIn(bot, coordination))[0]);
    expect(said).toContain(says('fr', 'help.addedBy', { name: amy.name }));
  });

  it('does not come to the chat of somebody whose account Teams does not say, of whom nothing is kept', async () => {
    await send(amy, { type: 'installationUpdate', action: 'add', from: { id: amy.id } });
    await bot.app.drain();
    expect(bot.connector.posts).toEqual([]);
    for (const kind of ['people', 'conversations', 'outbox'] as const)
      expect(await all(bot, kind)).toEqual([]);
  });

  it('comes to nobody else: not to members who join, nor to each member of a team', async () => {
    await send(hugo, { type: 'conversationUpdate', membersAdded: [{ id: zoe.id }] }, coordination);
    await install(hugo, 'add', coordination);
    await bot.app.drain();
    expect(bot.connector.posts.map((p) => p.conversationId)).toEqual([coordination]);
  });
});

describe('after an uninstallation', () => {
  it('of the personal app nothing is sent to the person, until they come back', async () => {
    await bot.setUp([hugo]);
    const id = await offerTalk(bot, ines);
    const second = await offerTalk(bot, ines, { level: '5e' });
    await install(ines, 'remove');
    const before = (await postsIn(bot, chatOf(ines))).length;
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    expect(await postsIn(bot, chatOf(ines))).toHaveLength(before);
    await install(ines, 'add');
    await bot.click(hugo, 'approval.approve', { id: second }, inChannel);
    const told = says('fr', 'approval.told.approve.meet', { count: 1 });
    const cards = (await postsIn(bot, chatOf(ines))).slice(before);
    expect(cards.filter((card) => textOf(card).includes(told))).toHaveLength(1);
  });

  it('from a team nothing is posted in the channel Teams names', async () => {
    await bot.setUp([hugo]);
    await send(hugo, { type: 'conversationUpdate', membersRemoved: [{ id: botId }] }, coordination);
    const posts = bot.connector.requests.length;
    await offerTalk(bot, ines);
    await bot.app.drain();
    const toChannel = bot.connector.requests.slice(posts).filter((r) => r.body?.channelData?.channel);
    expect(toChannel).toEqual([]);
  });

  /** Teams says it with the team's id as conversation, without naming the channels. */
  it('from a team nothing is posted in any of its channels', async () => {
    await bot.setUp([hugo]);
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
    await send(hugo, {
      type: 'installationUpdate',
      action: 'remove',
      conversation: { id: team, conversationType: 'channel' },
      channelData: { team: { id: team } },
    });
    const kinds = (await all(bot, 'conversations')).filter((c) => c.teamId === team);
    expect(kinds.map((c) => [c.id, c.active])).toEqual(kinds.map((c) => [c.id, false]));
  });
});

it('every command of the help is a command that is understood', async () => {
  await bot.setUp([hugo]);
  await bot.click(hugo, 'pending.open');
  for (const who of [hugo, { ...hugo, locale: 'en-GB' }]) {
    const card = (await bot.say(who, 'aide'))[0] as CardJson;
    const lang = who.locale === 'fr-FR' ? 'fr' : 'en';
    const commands = [...textOf(card).matchAll(/Comman(?:de|d)\s?: ([^|]+)/g)].map((m) => m[1]?.trim() ?? '');
    expect(commands.length).toBeGreaterThan(7);
    for (const command of commands)
      expect(await help(who, command)).not.toContain(says(lang, 'help.unknown.heading'));
  }
});
