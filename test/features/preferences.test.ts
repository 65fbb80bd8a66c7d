import { showMutes } from '../../src/features/preferences/mutes.js';
import { isMuted } from '../../src/features/shared/people.js';
import { amy, coordination, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  faultsOf,
  inChannel,
  inputsOf,
  lastPostIn,
  offerTalk,
  says,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

it('the form shows the language in use: the Teams client’s until another is chosen', async () => {
  expect(inputsOf((await bot.say(ines, 'préférences'))[0])).toMatchObject({ language: 'fr' });
  expect(inputsOf((await bot.say(amy, 'preferences'))[0])).toMatchObject({ language: 'en' });
});

it('a chosen language is confirmed in it, and wins over the client’s from the next answer on', async () => {
  const { value } = await bot.click(ines, 'preferences.save', { language: 'en' });
  expect(textOf(value)).toContain(says('en', 'preferences.savedLead'));
  expect(textOf((await bot.say(ines, 'aide'))[0])).toContain(says('en', 'help.help.heading'));
  expect(textOf((await bot.say(ines, 'proposer'))[0])).toContain(says('en', 'volunteer.heading'));
});

it('what is told to them later is in the chosen language, also after a restart', async () => {
  const id = await offerTalk(bot, ines);
  await bot.restart();
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(textOf(await lastPostIn(bot, chatOf(ines)))).toContain(
    says('en', 'approval.told.approve.meet', { count: 1 }),
  );
});

it('the channel keeps its own language', async () => {
  await bot.click(ines, 'preferences.save', { language: 'en' }, inChannel);
  await offerTalk(bot, ines);
  expect(textOf(await lastPostIn(bot, coordination))).toContain('propose une intervention en classe');
});

it('saving twice, or a language that does not exist, changes nothing', async () => {
  await bot.click(ines, 'preferences.save', { language: 'en' });
  const before = await written(bot);
  await bot.click(ines, 'preferences.save', { language: 'en' });
  for (const language of ['de', '', null, ['fr']]) {
    const { value } = await bot.click(ines, 'preferences.save', { language });
    expect(textOf(value)).toContain(says('en', 'refusal.outdated.heading'));
  }
  expect(await written(bot)).toBe(before);
  expect(inputsOf((await bot.say(ines, 'preferences'))[0])).toMatchObject({ language: 'en' });
});

describe('messages that people do not want', () => {
  const save = (data: object) => bot.click(hugo, 'preferences.save', { language: 'fr', ...data });
  const muted = async () => (await all(bot, 'people')).find(({ id }) => id === hugo.aadObjectId)?.muted;
  const shown = async () => inputsOf((await bot.say(hugo, 'préférences'))[0]);
  const on = { reminders: 'on', remindersUntil: '', invitations: 'on', invitationsUntil: '' };

  it('are muted for good, until a day, and not any more; the form shows it', async () => {
    const chosen = { ...on, reminders: 'always', invitations: 'until', invitationsUntil: '2027-01-04' };
    expect(inputsOf((await save(chosen)).value)).toEqual({ language: 'fr', ...chosen });
    expect(await muted()).toEqual({ reminders: 'always', invitations: '2027-01-04' });
    expect(await shown()).toEqual({ language: 'fr', ...chosen });
    await save(on);
    expect(await muted()).toBeUndefined();
    expect(await shown()).toEqual({ language: 'fr', ...on });
  });

  it('stay muted when another language is chosen with an earlier form, or Teams sends something new', async () => {
    await save({ ...on, reminders: 'always' });
    await save({});
    await bot.raw(activityFrom(bot, hugo, { text: 'aide', localTimezone: 'Europe/London' }));
    expect(await muted()).toEqual({ reminders: 'always' });
    await save(on);
  });

  it.each([
    ['no day', { reminders: 'until' }, 'remindersUntil'],
    ['today', { reminders: 'until', remindersUntil: '2026-11-23' }, 'remindersUntil'],
    ['a day that is over', { reminders: 'until', remindersUntil: '2026-11-20' }, 'remindersUntil'],
    ['a day that is none', { invitations: 'until', invitationsUntil: 'demain' }, 'invitationsUntil'],
    ['an answer that is none', { invitations: 'never' }, 'invitations'],
  ])('with %s, nothing is changed, and the form says what to mend', async (_, data, field) => {
    const before = JSON.stringify(await all(bot, 'people'));
    const { value } = await save({ ...on, ...data });
    expect(faultsOf(value).map((fault) => fault.before)).toEqual([field]);
    expect(JSON.stringify(await all(bot, 'people'))).toBe(before);
  });

  it.each([
    [{}, 'on', 'on', ''],
    [{ reminders: 'always' }, 'always', 'on', ''],
    [{ invitations: 'until', invitationsUntil: '2027-01-04' }, 'on', 'until', 'lundi 4 janvier 2027'],
  ])('%j is confirmed in words: the reminders %s, the invitations %s', async (chosen, reminders, invitations, day) => {
    const { value } = await save({ ...on, ...chosen });
    const said = textOf(value);
    expect(said).toContain(says('fr', `preferences.now.reminders.${reminders}`));
    expect(said).toContain(says('fr', `preferences.now.invitations.${invitations}`, { day }));
    await save(on);
  });

  it('with a day beside another choice, the form asks which is meant; the day that held is no reason to', async () => {
    for (const reminders of ['on', 'always']) {
      const { value } = await save({ ...on, reminders, remindersUntil: '2027-03-01' });
      expect(faultsOf(value)).toEqual([
        { text: expect.stringContaining(says('fr', 'preferences.dayUnused')), before: 'reminders' },
      ]);
    }
    expect(await muted()).toBeUndefined();
    await save({ ...on, reminders: 'until', remindersUntil: '2027-03-01' });
    expect(faultsOf((await save({ ...on, remindersUntil: '2027-03-01' })).value)).toEqual([]);
    expect(await muted()).toBeUndefined();
  });

  it('can be received again from the day on', () => {
    const person = { muted: { reminders: '2027-01-04' } } as const;
    expect(isMuted(person, 'reminders', '2027-01-03')).toBe(true);
    expect(isMuted(person, 'reminders', '2027-01-04')).toBe(false);
    expect(isMuted(person, 'invitations', '2027-01-03')).toBe(false);
    expect(isMuted(undefined, 'reminders', '2027-01-03')).toBe(false);
  });

  it('are shown as received once the day has come', () => {
    const person = {
      id: 'ines',
      teamsId: '29:ines',
      lang: 'fr',
      muted: { reminders: '2027-01-04' },
    } as const;
    const show = (today: string) => showMutes(person, today);
    expect(show('2027-01-03')).toMatchObject({ reminders: 'until', remindersUntil: '2027-01-04' });
    expect(show('2027-01-04')).toMatchObject({ reminders: 'on', remindersUntil: '' });
  });

  it('are the only ones: the form says why the others always arrive', async () => {
    expect(textOf((await bot.say(hugo, 'préférences'))[0])).toContain(says('fr', 'preferences.mandatoryWhy'));
  });
});
