import { readFileSync } from 'node:fs';
import {
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import { hasButton, inChannel, publishSession, says, shownIn, startFast } from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterAll(() => bot.close());

const channelCard = async () => (await shownIn(bot, coordination)).at(-1);

describe('whoever takes part', () => {
  const marks = JSON.parse(readFileSync('cards/marks.json', 'utf8')) as Record<'good' | 'open', string>;
  const who = (names: string) => `${says('fr', 'fact.who')} | ${names} |`;
  const view = async (reader: TestPerson, id: string) =>
    (await bot.click(reader, 'sessions.view', { id }, inChannel)).value;

  it('is named to others, and reads “you” in the place of their own name', async () => {
    const id = await publishSession(bot, hugo, { seats: '2' });
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    expect(textOf(await view(zoe, id))).toContain(who(says('fr', 'sessions.you')));
    expect(textOf(await view(zoe, id))).toContain(says('fr', 'sessions.youTakePart'));
    for (const card of [await view(ines, id), await channelCard()]) {
      expect(textOf(card)).toContain(who(zoe.name));
      expect(textOf(card)).not.toContain(says('fr', 'sessions.youTakePart'));
    }
    await bot.click(ines, 'sessions.join', { id }, inChannel);
    expect(textOf(await view(ines, id))).toContain(who(`${zoe.name}, ${says('fr', 'sessions.you')}`));
  });

  it('reads what comes next while they have a seat; its story is for them and for coordinators', async () => {
    const id = await publishSession(bot, hugo, { seats: '2' });
    const next = 'Prochaine étape : la rencontre';
    const storyOf = async (reader: TestPerson) => hasButton(await view(reader, id), 'story.view');
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    expect(textOf(await view(zoe, id))).toContain(next);
    expect(textOf(await view(ines, id))).not.toContain(next);
    expect([await storyOf(zoe), await storyOf(ines), await storyOf(louis)]).toEqual([true, false, true]);
    expect(hasButton((await channelCard()) ?? {}, 'story.view')).toBe(false);
    await bot.click(zoe, 'sessions.leave', { id }, inChannel);
    expect(textOf(await view(zoe, id))).not.toContain(next);
    expect(textOf(await view(zoe, id))).not.toContain('À vous');
    expect(await storyOf(zoe)).toBe(true);
  });

  it('has a view of their own of the card in the channel until the day itself', async () => {
    const id = await publishSession(bot, hugo, { firstDay: '2026-11-24' });
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    expect((await channelCard())?.refresh).toMatchObject({
      action: { verb: 'sessions.view', data: { id } },
      userIds: [zoe.id],
    });
    expect(await view(zoe, id)).not.toHaveProperty('refresh');
    const moment = bot.now();
    bot.setNow('2026-11-24T11:00:00.000Z');
    const form = (await bot.click(hugo, 'outcome.open', { id }, inChannel)).value;
    await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }), inChannel);
    const ended = await channelCard();
    expect(textOf(ended)).toContain(says('fr', 'state.held'));
    expect(ended).not.toHaveProperty('refresh');
    bot.setNow(moment);
  });

  it('sees so in the list, where others see the seats and the school', async () => {
    const id = await publishSession(bot, hugo, { seats: '2', firstDay: '2026-11-25' });
    await bot.click(zoe, 'sessions.join', { id }, inChannel);
    const rowFor = async (reader: TestPerson) => {
      const rows = (await bot.say(reader, 'séances'))[0]?.body as CardJson[];
      return rows.find((row) => JSON.stringify(row).includes(id));
    };
    const [own, others] = [await rowFor(zoe), await rowFor(louis)];
    expect(textOf(own)).toContain(says('fr', 'sessions.youTakePart'));
    expect(JSON.stringify(own)).toContain(marks.good);
    expect(textOf(others)).toContain('Collège Jean-Fictif');
    expect(textOf(others)).not.toContain(says('fr', 'sessions.youTakePart'));
    expect(JSON.stringify(others)).toContain(marks.open);
  });
});
