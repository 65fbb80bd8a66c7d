/** Where an answer may be read: a message is answered in front of everybody there, an invoke only to whoever clicked. */
import { features } from '../../src/features/index.js';
import {
  coordination,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import { activityFrom, all, chatOf, offerTalk, publishSession, says, startFast } from '../support/flows.js';

const otherTeam = '19:autre@thread.tacv2';
const group = '19:groupe@thread.v2';
const remark = 'Une remarque que seuls ses lecteurs lisent.';

let bot: TestBot;
let offer: string;
let session: string;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
  offer = await offerTalk(bot, ines, { remark });
  session = await publishSession(bot, hugo, { remark });
  await bot.click(zoe, 'sessions.join', { id: session });
  await bot.say(hugo, 'aide');
});
afterEach(() => bot.close());

/** Sends a message in a place; gives what was posted there, and what in the chat of who sent it. */
async function send(
  who: TestPerson,
  more: object,
  place: string,
): Promise<{ there: string[]; inChat: string[] }> {
  await bot.app.drain();
  const before = bot.connector.posts.length;
  const conversation = place === group ? { conversation: { id: group, conversationType: 'groupChat' } } : {};
  const where = place === group ? 'personal' : place;
  await bot.raw(activityFrom(bot, who, { ...more, ...conversation }, where));
  const posts = bot.connector.posts.slice(before);
  const to = (id: string) => posts.filter((p) => p.conversationId === id).map((p) => textOf(p.card));
  return { there: to(place), inChat: to(chatOf(who)) };
}
const say = (who: TestPerson, text: string, place: string) => send(who, { text }, place);
/** A click in a client without Action.Execute. */
const submit = (who: TestPerson, verb: string, data: object, place: string) =>
  send(who, { value: { ...data, verb } }, place);

const notice = () => says('fr', 'refusal.inChat.heading');
const secrets = [ines, hugo, zoe, louis].map(({ name }) => name).concat(remark, 'Demande n°', 'Séance n°');
const revealed = (texts: readonly string[]) => secrets.filter((s) => texts.some((text) => text.includes(s)));

it('who may read the answers of each feature is said by hand', () => {
  const of = (readers: string | undefined) =>
    features.filter((f) => f.readers === readers).map((f) => f.name);
  expect(of('anyone')).toEqual(['progress', 'setup', 'help']);
  expect(of('coordinators')).toEqual([
    'events',
    'approval',
    'pending',
    'search',
    'report',
    'closing',
    'deadlines',
    'convention',
    'amendments',
    'registers',
    'audit',
    'outcome',
    'agreements',
    'preparation',
    'recheck',
    'story',
  ]);
  expect(of(undefined)).toEqual([
    'volunteer',
    'host',
    'sessions',
    'mine',
    'agenda',
    'preferences',
    'data',
    'erasure',
    'retention',
    'imports',
    'publish',
    'invitations',
    'dates',
    'behalf',
    'volunteerFor',
    'hostFor',
    'files',
    'reminders',
    'weekly',
    'regional',
  ]);
});

describe.each([
  ['another team’s channel', otherTeam],
  ['a group chat', group],
])('in %s', (_, place) => {
  const verbs = features.flatMap((f) => Object.keys(f.actions).map((name) => `${f.name}.${name}`));
  const commands = features.flatMap((f) => [...f.commands.fr, ...f.commands.en]);
  const isForAll = (what: string) =>
    ['progress', 'setup', 'help'].some((name) => what.startsWith(`${name}.`)) ||
    features.some((f) => f.readers === 'anyone' && [...f.commands.fr, ...f.commands.en].includes(what));

  it('no button of a client without Action.Execute shows there what is for others', async () => {
    for (const verb of verbs) {
      for (const id of [offer, session]) {
        const { there, inChat } = await submit(hugo, verb, { id, formKey: offer, page: '0' }, place);
        expect([verb, revealed(there)]).toEqual([verb, []]);
        expect([verb, there.some((text) => text.includes(notice()))]).toEqual([verb, !isForAll(verb)]);
        expect([verb, inChat.length]).toEqual([verb, isForAll(verb) ? 0 : 1]);
      }
    }
  }, 60_000);

  it('no written command is answered there with what is for others', async () => {
    for (const command of commands) {
      const { there, inChat } = await say(hugo, command, place);
      expect([command, revealed(there)]).toEqual([command, []]);
      expect([command, there.length, inChat.length]).toEqual([command, 1, 0]);
    }
  });

  it.each([
    ['à valider', 'pending', 'Inès Exemple'],
    ['mes engagements', 'mine', says('fr', 'mine.none')],
    ['proposer', 'volunteer', says('fr', 'volunteer.heading')],
  ])('“%s” is answered there with a button, whose answer whoever clicks reads alone', async (text, name, answer) => {
    const { there, inChat } = await say(hugo, text, place);
    expect(there).toEqual([expect.stringContaining(says('fr', 'help.onlyYou'))]);
    expect(inChat).toEqual([]);
    const older = await submit(hugo, `${name}.open`, {}, place);
    expect(older.there).toEqual([expect.stringContaining(says('fr', 'refusal.inChat.why'))]);
    expect(older.inChat).toEqual([expect.stringContaining(answer)]);
  });

  it('a decision that came too late does not say there who decided', async () => {
    await bot.click(louis, 'approval.approve', { id: offer });
    const { there, inChat } = await submit(hugo, 'approval.approve', { id: offer }, place);
    expect(revealed(there)).toEqual([]);
    expect(inChat).toEqual([expect.stringContaining('Louis Fictif')]);
  });

  it('what a button does is done, wherever its answer is read', async () => {
    await submit(louis, 'sessions.join', { id: session }, place);
    expect((await all(bot, 'engagements')).filter((e) => e.actionId === session)).toHaveLength(2);
  });

  it('somebody who never wrote to Passerelle in private is answered in a chat that it opens', async () => {
    const { there, inChat } = await submit(louis, 'mine.open', {}, place);
    expect(there).toEqual([expect.stringContaining(notice())]);
    expect(inChat).toEqual([expect.stringContaining(says('fr', 'mine.none'))]);
  });

  it('somebody who cannot be written to is told where to ask, and nothing more', async () => {
    await bot.raw(activityFrom(bot, hugo, { type: 'installationUpdate', action: 'remove' }));
    const { there, inChat } = await submit(hugo, 'pending.open', {}, place);
    expect(there).toEqual([expect.stringContaining(says('fr', 'refusal.notInChat.heading'))]);
    expect([revealed(there), inChat]).toEqual([[], []]);
  });

  it('somebody whose chat refuses is told where to ask', async () => {
    const match = ({ path }: { path: string }) => path.includes(chatOf(hugo));
    bot.connector.fail({ match, status: 403, code: 'ConversationBlockedByUser' });
    const { there } = await submit(hugo, 'pending.open', {}, place);
    expect(there).toEqual([expect.stringContaining(says('fr', 'refusal.notInChat.heading'))]);
  });
});

it('an invoke is answered wherever it comes from: only whoever clicked sees it', async () => {
  const posts = bot.connector.posts.length;
  const { value } = await bot.click(hugo, 'pending.open', {}, { where: otherTeam });
  expect(textOf(value)).toContain('Inès Exemple');
  expect(bot.connector.posts).toHaveLength(posts);
});

describe('in the coordinators’ channel', () => {
  it.each([
    ['pending.open', {}],
    ['approval.view', {}],
  ])('%s is answered there', async (verb, data) => {
    const { there, inChat } = await submit(hugo, verb, { id: offer, ...data }, coordination);
    expect([there.length, inChat.length]).toEqual([1, 0]);
    expect(there[0]).not.toContain(notice());
  });

  it('a written “à valider” is answered there, and what is one’s own with a button to it', async () => {
    expect((await say(hugo, 'à valider', coordination)).there).toEqual([
      expect.stringContaining('Inès Exemple'),
    ]);
    const mine = await say(hugo, 'mes engagements', coordination);
    expect(mine.there).toEqual([expect.stringContaining(says('fr', 'help.onlyYou'))]);
    expect(mine.inChat).toEqual([]);
  });
});

it('in one’s own chat everything is answered there', async () => {
  for (const text of ['à valider', 'mes engagements', 'aide']) {
    const { there } = await say(hugo, text, 'personal');
    expect(there).toEqual([]);
    expect(bot.connector.posts.at(-1)?.conversationId).toBe(chatOf(hugo));
  }
});
