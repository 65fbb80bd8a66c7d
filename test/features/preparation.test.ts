import { coordination, findAction, formData, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  all,
  errorText,
  faultsOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  inputsOf,
  placement,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
let id: string;
/** An approved offer of two places from 18 January 2027 on, for a school. */
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  const { value } = await fill(bot, ines, 'accueillir', { ...placement, places: '3' });
  id = idIn(value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
});
afterEach(() => bot.close());

const mine = async () => (await bot.click(ines, 'mine.show', { id })).value;
const stored = async () => (await all(bot, 'actions'))[0];
const tick = (item: string, done = 'yes', who = ines, where = {}) =>
  bot.click(who, 'preparation.set', { id, item, done }, where);
const save = async (inputs: object, who = ines, where = {}) => {
  const form = (await bot.click(who, 'agreements.open', { id }, where)).value;
  return bot.click(who, 'agreements.save', formData(form, 'agreements.save', inputs), where);
};

describe('the preparation of an approved placement', () => {
  it('is a list that its host ticks in place, and everybody sees who did it and when', async () => {
    expect(textOf(await mine())).toContain(says('fr', 'preparation.heading', { done: '0', total: '4' }));
    const { value } = await tick('tutor');
    expect(textOf(value)).toContain(says('fr', 'preparation.heading', { done: '1', total: '4' }));
    expect(hasButton(value, 'mine.withdraw')).toBe(true);
    expect(await stored()).toMatchObject({
      preparation: { tutor: { by: ines.aadObjectId, at: bot.now() } },
    });
    const [card] = await shownIn(bot, coordination);
    const by = says('fr', 'preparation.by', { name: ines.name, when: 'lundi 23 novembre à 9 h' });
    expect(textOf(card)).toContain(`${says('fr', 'preparation.tutor')} | ${by}`);
    expect(hasButton(card, 'preparation.set')).toBe(false);
    const seen = (await bot.click(zoe, 'approval.view', { id }, inChannel)).value;
    expect(textOf(seen)).toContain(by);
    for (const verb of ['preparation.set', 'agreements.open']) expect(hasButton(seen, verb)).toBe(false);
  });

  it('is ticked by its host in the channel too, and shown there as a request, not as their own card', async () => {
    const { value } = await tick('tutor', 'yes', ines, inChannel);
    expect(textOf(value)).toContain(says('fr', 'preparation.heading', { done: '1', total: '4' }));
    expect(hasButton(value, 'mine.withdraw')).toBe(false);
  });

  it('is ticked and unticked by a coordinator too, in their channel, and stays in the history', async () => {
    await tick('school', 'yes', hugo, inChannel);
    const { value } = await tick('school', 'no', hugo, inChannel);
    expect(textOf(value)).toContain(says('fr', 'preparation.heading', { done: '0', total: '4' }));
    expect((await stored())?.preparation).toEqual({});
    const rows = (await all(bot, 'history')).filter(({ move }) => move === 'prepare-school');
    expect(rows.map(({ from, to, by }) => [from, to, by])).toEqual([
      ['to-do', 'done', hugo.aadObjectId],
      ['done', 'to-do', hugo.aadObjectId],
    ]);
  });

  it('changes nothing when the same is clicked twice', async () => {
    await tick('programme');
    const before = await written(bot);
    await tick('programme');
    expect(await written(bot)).toBe(before);
  });

  it('is nobody else’s, and nothing outside the list', async () => {
    const before = await written(bot);
    const other = await tick('tutor', 'yes', zoe);
    expect(textOf(other.value)).toContain(says('fr', 'refusal.notYours.heading'));
    const unknown = await tick('lunch');
    expect(textOf(unknown.value)).toContain(says('fr', 'refusal.outdated.heading'));
    expect(await written(bot)).toBe(before);
  });

  it('says what comes next until all is done', async () => {
    const by = says('fr', 'next.by', { day: 'lundi 4 janvier 2027' });
    const next = async () => textOf(await mine());
    expect(await next()).toContain(says('fr', 'next.school.employee', { by }));
    await tick('school');
    expect(await next()).toContain(says('fr', 'next.tutor.employee', { by }));
    await tick('tutor');
    await tick('programme');
    expect(await next()).toContain(says('fr', 'next.agreements.employee', { by, signed: 0, places: 3 }));
    await save({ agreements: '3' });
    expect(await next()).toContain(says('fr', 'next.host.employee', { day: 'lundi 18 janvier 2027' }));
  });

  it('can be read but no more ticked once the pupils are there', async () => {
    bot.setNow('2027-01-18T08:00:00.000Z');
    const card = await mine();
    expect(textOf(card)).toContain(says('fr', 'preparation.heading', { done: '0', total: '4' }));
    expect(findAction(card, 'preparation.set')).toBeUndefined();
    expect(hasButton(card, 'agreements.open')).toBe(true);
  });
});

describe('the filled places', () => {
  it('are entered by school, without names, by the host or a coordinator, and shown beside those offered', async () => {
    await save({ schools: '0699001J', filled: '1', agreements: '0' });
    await save({ school: 'Collège Jean-Fictif', filled: '1', agreements: '1' }, hugo, inChannel);
    expect(await stored()).toMatchObject({
      agreements: 1,
      filled: [
        { school: '0699001J', places: 1 },
        { school: 'Collège Jean-Fictif', places: 1 },
      ],
    });
    const text = textOf(await mine());
    expect(text).toContain('3 proposées, 2 remplies');
    expect(text).toContain('Collège Jean-Fictif : 1 place');
    expect(text).toContain('Conventions : 1 signée sur 2');
    const moves = (await all(bot, 'history')).filter(({ move }) => ['places', 'agreements'].includes(move));
    expect(moves.map(({ move, from, to }) => `${move} ${from} ${to}`)).toEqual([
      'places 0 1',
      'places 1 2',
      'agreements 0 1',
    ]);
  });

  it.each([
    [{ schools: '0699001J', filled: '4' }, 'filled', says('fr', 'agreements.filledError', { max: 3 })],
    [{ schools: '0699001J', filled: '' }, 'filled', says('fr', 'agreements.filledMissing')],
    [{ filled: '2' }, 'schools', says('fr', 'agreements.schoolMissing')],
    [{ school: '0932030C', filled: '1' }, 'school', says('fr', 'form.uai', { code: '0932030C' })],
    [
      { school: 'Léa, 06 12 34 56 78', filled: '1' },
      'school',
      says('fr', 'form.personalData', { what: says('fr', 'personalData.phone') }),
    ],
  ])('%j is refused at its field, and nothing is kept', async (inputs, before, text) => {
    const was = await written(bot);
    const { value } = await save({ ...inputs, agreements: '0' });
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(text), before }]);
    expect(await written(bot)).toBe(was);
  });

  it('of all schools together are not more than those offered', async () => {
    await save({ schools: '0699001J', filled: '2', agreements: '0' });
    const { value } = await save({ school: 'Collège Jean-Fictif', filled: '2', agreements: '0' });
    expect(faultsOf(value)).toEqual([
      {
        text: `${says('fr', 'agreements.tooManyFilled', { count: 3 })} ${says('fr', 'agreements.tooManyFilledWhy', { count: 2 })}`,
        before: 'filled',
      },
    ]);
    expect((await stored())?.filled).toEqual([{ school: '0699001J', places: 2 }]);
  });

  it('entered by two people in the same instant are not lost: who is not heard is told so', async () => {
    const typed = await Promise.all(
      [ines, hugo].map(async (who) => {
        const form = (await bot.click(who, 'agreements.open', { id })).value;
        const inputs = { school: `Collège Fictif de ${who.name}`, filled: '1', agreements: '0' };
        return [who, formData(form, 'agreements.save', inputs)] as const;
      }),
    );
    const answers = await Promise.all(typed.map(([who, data]) => bot.click(who, 'agreements.save', data)));
    const [heard, refused] = [200, 400].map((code) => answers.filter((a) => a.statusCode === code));
    expect((await stored())?.filled).toHaveLength(heard?.length ?? 0);
    for (const answer of refused ?? [])
      expect(errorText(answer)).toContain(says('fr', 'refusal.outdated.why'));
  });

  it('are what agreements are counted against, and cannot be fewer than those signed', async () => {
    await save({ agreements: '3' });
    const { value } = await save({ schools: '0699001J', filled: '2', agreements: '3' });
    expect(faultsOf(value)).toEqual([
      { text: expect.stringContaining(says('fr', 'agreements.error', { max: 2 })), before: 'agreements' },
    ]);
    await save({ schools: '0699001J', filled: '2', agreements: '2' });
    bot.setNow('2027-01-15T09:00:00.000Z');
    expect(await bot.app.runJob('reminders', { dryRun: true })).not.toContain('agreements.due');
  });

  it('are the pupils that the question after the day begins with; more are kept, and said to be corrected', async () => {
    await save({ schools: '0699001J', filled: '2', agreements: '2' });
    bot.setNow('2027-01-22T15:00:00.000Z');
    const form = (await bot.click(ines, 'outcome.open', { id })).value;
    expect(inputsOf(form)).toMatchObject({ pupils: 2 });
    const { value } = await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '3' }));
    expect(textOf(value)).toContain('3 proposées, 2 remplies');
    expect(textOf(value)).toContain('3 élèves accueillis');
    expect(textOf(value)).toContain(says('fr', 'preparation.moreHosted'));
    for (const [who, may] of [
      [ines, true],
      [hugo, true],
      [zoe, false],
    ] as const) {
      const view = (await bot.click(who, 'approval.view', { id }, inChannel)).value;
      expect(hasButton(view, 'agreements.open')).toBe(may);
    }
    await save({ schools: '0699001J', filled: '3', agreements: '3' });
    expect(textOf(await mine())).not.toContain(says('fr', 'preparation.moreHosted'));
  });
});
