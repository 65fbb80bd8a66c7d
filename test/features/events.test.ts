import { readFileSync } from 'node:fs';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import {
  announcements,
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
} from '../support/bot.js';
import { lintCard } from '../support/card-lint.js';
import {
  all,
  chatOf,
  errorText,
  faultsOf,
  hasButton,
  inputsOf,
  postsIn,
  says,
  shownIn,
  startFast,
  talk,
} from '../support/flows.js';
import { startPostgres } from '../support/postgres.js';
import { enterAndFind, entryInputs, note } from '../support/register-flows.js';
import { aHeldTalk, aPlannedTalk, storeAll } from '../support/report-data.js';

const industry = 'semaine-industrie:2026';
const name = 'Semaine de l’industrie';
/** Eight weeks before the week of 16 to 22 November 2026: Monday 21 September, at 9 in Paris. */
const due = '2026-09-21T07:00:00.000Z';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ now: '2026-09-15T08:00:00.000Z' });
  await bot.setUp([hugo, louis]);
  for (const who of [hugo, louis, ines]) await bot.click(who, 'help.open');
});
afterEach(() => bot.close());

const fr = (key: string, params = {}) => says('fr', `events.${key}`, params);
const announce = () => bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
const campaigns = (dryRun = false) => bot.app.runJob('campaigns', { dryRun });
const isCampaign = (card: unknown) => [fr('eyebrow'), name].every((text) => textOf(card).includes(text));
const posted = async (place = announcements) => (await postsIn(bot, place)).filter(isCampaign);
const shown = async (place = announcements) => (await shownIn(bot, place)).filter(isCampaign);
const view = async (who: TestPerson = hugo, id = industry) =>
  (await bot.click(who, 'events.view', { id })).value;
const move = async (kind: string, id = industry, who: TestPerson = hugo) =>
  (await bot.click(who, 'events.move', { id, move: kind })).value;
const form = async (id?: string, who: TestPerson = hugo): Promise<CardJson> =>
  (await bot.click(who, id ? 'events.edit' : 'events.create', id ? { id } : {})).value;
const save = async (card: CardJson, inputs: object, who: TestPerson = hugo): Promise<CardJson> =>
  (await bot.click(who, 'events.save', formData(card, 'events.save', { ...inputsOf(card), ...inputs })))
    .value;
const edit = async (inputs: object, id = industry) => save(await form(id), inputs);
const records = () => all(bot, 'events');

describe('the list of the next twelve months', () => {
  it('says to coordinators when each campaign goes out, and what is planned and held', async () => {
    const [card] = await bot.say(hugo, 'temps forts', coordination);
    expect(textOf(card)).toContain(name);
    expect(textOf(card)).toContain(fr('due', { day: 'lundi 21 septembre' }));
    expect(hasButton(card, 'events.create')).toBe(true);
    expect(textOf(card)).toContain(fr('lead'));
    expect(textOf(card)).toContain('1 à 3 sur 13');
    expect(textOf(card)).toContain(fr('heading', { count: 6 }));
    const event = await view();
    for (const verb of ['events.edit', 'events.move']) expect(hasButton(event, verb)).toBe(true);
    for (const verb of ['volunteer.open', 'host.open']) expect(hasButton(event, verb)).toBe(false);
    expect(textOf(event)).not.toContain(says('fr', 'agenda.eventNote'));
    expect(lintCard(card ?? {})).toEqual([]);
  });

  it('gives employees the forms, and nothing to change', async () => {
    const [card] = await bot.say(ines, 'events');
    expect(hasButton(card, 'events.create')).toBe(false);
    expect(textOf(card)).toContain(says('fr', 'events.leadEmployee'));
    expect(textOf(card)).not.toContain(fr('due', { day: 'lundi 21 septembre' }));
    expect(JSON.stringify(card)).toContain('1 à 4 sur 6');
    // Whose turn it is concerns who keeps the campaigns.
    const marks = JSON.parse(readFileSync('cards/marks.json', 'utf8'));
    const [forCoordinators] = await bot.say(hugo, 'temps forts', coordination);
    expect(JSON.stringify(forCoordinators)).toContain(marks.wait);
    expect(JSON.stringify(card)).not.toContain(marks.wait);
    expect(JSON.stringify(card)).toContain(marks.info);
    const event = await view(ines);
    for (const verb of ['events.edit', 'events.move']) expect(hasButton(event, verb)).toBe(false);
    expect(textOf(event)).toContain(says('fr', 'agenda.eventNote'));
    const open = formData(event, 'volunteer.open');
    const talkForm = (await bot.click(ines, 'volunteer.open', open)).value;
    expect(textOf(talkForm)).toContain(says('fr', 'form.event', { name }));
    expect(inputsOf(talkForm)).toMatchObject({ firstDay: '2026-11-16', lastDay: '2026-11-20' });
    const hostForm = (await bot.click(ines, 'host.open', formData(event, 'host.open'))).value;
    expect(inputsOf(hostForm)).toMatchObject({ firstDay: '2026-11-16', lastDay: '2026-11-20' });
    expect(textOf(hostForm)).toContain(name);
  });
});

describe('an event that is not in the next twelve months', () => {
  const list = async (who: TestPerson = hugo): Promise<CardJson[]> => {
    const pages = [(await bot.say(who, 'temps forts'))[0] ?? {}];
    const leadsOn = (card: CardJson = {}) =>
      hasButton(card, 'events.open') && Number(formData(card, 'events.open').page) === pages.length;
    while (leadsOn(pages.at(-1)))
      pages.push((await bot.click(who, 'events.open', { page: pages.length })).value);
    return pages;
  };
  const listed = async (who: TestPerson = hugo) => (await list(who)).map(textOf).join(' ');
  const add = async (year: number, month = 12) =>
    save(await form(), {
      name: 'Forum Tech',
      firstDay: `${year}-${month}-10`,
      lastDay: `${year}-${month}-11`,
    });

  it('says so when its days have passed, and can be reached, corrected and put aside', async () => {
    const added = await add(2025);
    expect(textOf(added)).toContain(`${fr('saved.added')} ${fr('addedOver')}`);
    const text = await listed();
    expect(text.indexOf('Forum Tech')).toBeGreaterThan(text.indexOf(fr('group.past')));
    expect(text.indexOf('WorldSkills, compétition nationale (Marseille)')).toBeGreaterThan(
      text.indexOf('Forum Tech'),
    );
    expect(text).toContain(fr('heading', { count: 6 }));
    const key = (await records())[0]?.id ?? '';
    expect(JSON.stringify(await list())).toContain(key);
    expect(textOf(await edit({ name: 'Forum des techniques' }, key))).toContain(fr('saved.edited'));
    expect(textOf(await edit({}, key))).not.toContain(fr('addedOver'));
    await move('aside', key);
    expect(await listed()).toContain('Forum des techniques');
    expect(textOf(await add(2026))).not.toContain(fr('addedOver'));
  });

  it('is listed after them when it is later', async () => {
    expect(textOf(await add(2027))).not.toContain(fr('addedOver'));
    const text = await listed();
    expect(text.indexOf('Forum Tech')).toBeGreaterThan(text.indexOf(fr('group.later')));
    expect(text.indexOf('Forum Tech')).toBeLessThan(text.indexOf(fr('group.past')));
    expect(text).toContain(fr('heading', { count: 6 }));
  });

  it('is listed as long ago as its days can be entered, and no longer', async () => {
    await save(await form(), { name: 'Forum Tech', firstDay: '2024-09-16', lastDay: '2024-09-17' });
    expect(await listed()).toContain('Forum Tech');
    bot.setNow('2027-09-02T08:00:00.000Z');
    expect(await listed()).not.toContain('Forum Tech');
  });

  it('is listed to coordinators alone', async () => {
    for (const year of [2025, 2027]) await add(year);
    const text = textOf((await bot.say(ines, 'temps forts'))[0]);
    expect(text).toContain('1 à 4 sur 6');
    expect(await listed(ines)).not.toContain('Forum Tech');
  });
});

describe('an offer from a campaign', () => {
  it('keeps its event through a fault, another way to give its days, and a correction, whatever its day', async () => {
    const opened = (await bot.click(ines, 'volunteer.open', formData(await view(ines), 'volunteer.open')))
      .value;
    const exact = (await bot.click(ines, 'volunteer.timing', formData(opened, 'volunteer.timing'))).value;
    const faulty = (
      await bot.click(
        ines,
        'volunteer.submit',
        formData(exact, 'volunteer.submit', { ...talk, firstDay: '' }),
      )
    ).value;
    expect(textOf(faulty)).toContain(name);
    await bot.click(ines, 'volunteer.submit', formData(faulty, 'volunteer.submit', talk));
    const [action] = await all(bot, 'actions');
    expect(action).toMatchObject({ event: 'semaine-industrie', firstDay: talk.firstDay });
    const again = (await bot.click(ines, 'volunteer.edit', { id: action?.id })).value;
    await bot.click(
      ines,
      'volunteer.submit',
      formData(again, 'volunteer.submit', { ...inputsOf(again), firstDay: '2026-12-09' }),
    );
    expect((await all(bot, 'actions'))[0]).toMatchObject({
      event: 'semaine-industrie',
      firstDay: '2026-12-09',
    });
  });

  it('of an event that does not exist has none', async () => {
    const [card = {}] = await bot.say(ines, 'proposer');
    await bot.click(ines, 'volunteer.submit', {
      ...formData(card, 'volunteer.submit', talk),
      event: 'inconnu',
    });
    expect((await all(bot, 'actions'))[0]).not.toHaveProperty('event');
  });
});

describe('a campaign', () => {
  it('goes out once to the announcement channel, eight weeks before, however often the job runs', async () => {
    await announce();
    bot.setNow(new Date(Date.parse(due) - 1_000).toISOString());
    await campaigns();
    expect(await posted()).toEqual([]);
    bot.setNow(due);
    expect(await campaigns(true)).toContain(industry);
    await Promise.all([campaigns(), campaigns()]);
    await bot.restart();
    await campaigns();
    const [card, ...more] = await posted();
    expect(more).toEqual([]);
    expect(textOf(card)).toContain(name);
    expect(lintCard(card ?? {})).toEqual([]);
    expect(formData(card ?? {}, 'host.open')).toMatchObject({
      start: 'event=semaine-industrie&firstDay=2026-11-16&lastDay=2026-11-20',
    });
    expect(textOf(await view())).toContain(fr('sent', { day: 'lundi 21 septembre' }));
  });

  it.each([
    ['at night', '2026-09-21T20:00:00.000Z'],
    ['on a Sunday', '2026-09-27T09:00:00.000Z'],
    ['once the event has begun', '2026-11-16T09:00:00.000Z'],
  ])('is not posted %s', async (_, now) => {
    await announce();
    bot.setNow(now);
    await campaigns();
    expect((await posted()).filter((card) => textOf(card).includes(name))).toEqual([]);
  });

  it('waits for a channel of announcements', async () => {
    bot.setNow(due);
    await campaigns();
    expect(textOf(await move('send'))).toContain(fr('obstacle.no-channel'));
    await announce();
    await campaigns();
    expect(await posted()).toHaveLength(1);
  });

  it('is sent earlier by a coordinator, once, and by no other coordinator again', async () => {
    await announce();
    await Promise.all([move('send'), move('send', industry, louis)]);
    await move('send');
    bot.setNow(due);
    await campaigns();
    expect(await posted()).toHaveLength(1);
    expect((await records())[0]?.history.map(({ did }) => did)).toEqual(['send']);
  });

  it('that is held back goes out once it is released', async () => {
    await announce();
    await move('hold');
    await move('hold');
    bot.setNow(due);
    await campaigns();
    expect(await posted()).toEqual([]);
    await move('release');
    await campaigns();
    expect(await posted()).toHaveLength(1);
    expect((await records())[0]?.history.map(({ did }) => did)).toEqual(['hold', 'release']);
  });

  it('follows the event when it is moved, put aside, taken up again, and over', async () => {
    await announce();
    bot.setNow(due);
    await campaigns();
    bot.setNow('2026-09-22T08:00:00.000Z');
    await edit({ firstDay: '2026-11-23', lastDay: '2026-11-27' });
    const now = async () => textOf((await shown())[0]);
    expect(await now()).toContain('du lundi 23 au vendredi 27 novembre 2026');
    expect(await now()).toContain(fr('moved'));
    await move('aside');
    expect(await now()).toContain(fr('closed.aside'));
    expect(hasButton((await shown())[0], 'host.open')).toBe(false);
    await move('resume');
    expect(hasButton((await shown())[0], 'host.open')).toBe(true);
    await campaigns();
    expect(await posted()).toHaveLength(1);
  });

  it('takes words of the register only when they are agreed, and until then the coordinators are told once', async () => {
    await announce();
    const words = 'Compétences et métiers d’avenir : venez en parler.';
    const entry = await enterAndFind(bot, hugo, 'communication', { day: '2026-09-14', text: words });
    await edit({ communication: entry });
    bot.setNow(due);
    await campaigns();
    await campaigns();
    expect(await posted()).toEqual([]);
    const [ask, ...more] = await posted(coordination);
    expect(more).toEqual([]);
    expect(textOf(ask)).toContain(fr('obstacle.not-agreed'));
    expect(formData(ask ?? {}, 'registers.list')).toMatchObject({ id: 'communications' });
    expect(textOf(await move('send'))).toContain(fr('obstacle.not-agreed'));
    const [forCoordinator, forEmployee] = [await view(), await view(ines)];
    expect(textOf(forCoordinator)).toContain(fr('obstacle.not-agreed'));
    expect(hasButton(forCoordinator, 'registers.list')).toBe(true);
    expect(textOf(forEmployee)).not.toContain(fr('obstacle.not-agreed'));
    expect(hasButton(forEmployee, 'registers.list')).toBe(false);
    await note(bot, hugo, entry, 'agree', { day: '2026-09-21' });
    await campaigns();
    const [card] = await posted();
    expect(textOf(card)).toContain(words);
    expect(textOf((await shown(coordination))[0])).toContain(fr('obstacle.sent'));
  });
});

describe('the form of an event', () => {
  it('lists the communication it has, also one that was refused since', async () => {
    const entry = await enterAndFind(bot, hugo, 'communication', { day: '2026-09-14', text: 'Venez.' });
    await edit({ communication: entry });
    await note(bot, hugo, entry, 'refuse', { day: '2026-09-15' });
    const opened = await form(industry);
    expect(inputsOf(opened)).toMatchObject({ communication: entry });
    expect(JSON.stringify(opened)).toContain(entryInputs.communication.title);
    expect(JSON.stringify(await form())).not.toContain(entryInputs.communication.title);
  });

  it.each([
    ['no name', { name: '' }, fr('fault.name')],
    ['a phone number in the name', { name: 'Appeler le 06 39 98 01 02' }, says('fr', 'form.personalDataWhy')],
    ['days in reverse', { firstDay: '2026-11-20', lastDay: '2026-11-16' }, says('fr', 'form.order')],
    ['one day of two', { lastDay: '' }, says('fr', 'form.lastDayError')],
    ['a quarter', { firstDay: '2026-09-01', lastDay: '2026-11-30' }, fr('fault.long', { count: 31 })],
    ['another year', { firstDay: '2027-01-04', lastDay: '2027-01-08' }, fr('fault.year-why')],
  ])('with %s says the rule, and keeps what was typed', async (_, inputs, rule) => {
    const back = await edit({ name: 'Semaine déplacée', ...inputs });
    expect(
      faultsOf(back)
        .map(({ text }) => text)
        .join(' '),
    ).toContain(rule);
    expect(inputsOf(back)).toMatchObject({ name: 'Semaine déplacée', ...inputs });
    expect(await records()).toEqual([]);
  });

  it('sent twice changes an event once; with nothing new it changes nothing', async () => {
    const opened = await form(industry);
    const inputs = { firstDay: '2026-11-23', lastDay: '2026-11-27' };
    const answers = await Promise.all([save(opened, inputs), save(opened, inputs)]);
    for (const answer of answers) expect(textOf(answer)).toContain(fr('saved.edited'));
    expect((await records())[0]?.history).toHaveLength(1);
    const stolen = formData(opened, 'events.save', { ...inputsOf(opened), ...inputs });
    expect(errorText(await bot.click(louis, 'events.save', stolen))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
    expect(textOf(await edit({}))).toContain(fr('saved.unchanged'));
    await bot.restart();
    expect(textOf(await view())).toContain('du lundi 23 au vendredi 27 novembre 2026');
  });

  it('says to the second of two coordinators what the first has done', async () => {
    const [one, other] = [await form(industry), await form(industry, louis)];
    await save(one, { name: 'Semaine des usines' });
    const back = await save(other, { name: 'Semaine des métiers' }, louis);
    expect(textOf(back)).toContain(fr('fault.changed'));
    expect(textOf(back)).toContain('Hugo');
    expect(inputsOf(back)).toMatchObject({ name: 'Semaine des métiers' });
    await save(back, {}, louis);
    expect((await records())[0]?.event.name).toBe('Semaine des métiers');
  });

  it('adds an event of its own, or another year of one that is known, once', async () => {
    const days = { firstDay: '2027-03-15', lastDay: '2027-03-19' };
    await save(await form(), { name: 'Compétences et métiers d’avenir', ...days });
    await save(await form(), {
      name: 'semaine de l’INDUSTRIE',
      firstDay: '2027-11-15',
      lastDay: '2027-11-19',
    });
    const keys = (await records()).map(({ id }) => id);
    expect(keys).toContain('semaine-industrie:2027');
    const twice = await save(await form(), { name, ...days, firstDay: '2026-11-17', lastDay: '2026-11-18' });
    expect(textOf(twice)).toContain(fr('fault.listed', { year: '2026' }));
    expect(await records()).toHaveLength(2);
    expect(textOf((await bot.say(ines, 'agenda'))[0]).length).toBeGreaterThan(0);
  });
});

describe('the figures of an event', () => {
  const inside = (id: string, more: object = {}) =>
    aHeldTalk([ines.aadObjectId], {
      id: `01${id.padEnd(24, '0')}`,
      firstDay: '2026-11-17',
      lastDay: '2026-11-17',
      ...more,
    });

  it('count what lies in its days, what was made for it, and follow the days in a year that is open', async () => {
    await storeAll(bot, [
      inside('A'),
      inside('B', { firstDay: '2026-11-25', lastDay: '2026-11-25' }),
      inside('C', { firstDay: '2026-12-01', lastDay: '2026-12-01', event: 'semaine-industrie' }),
      aPlannedTalk([ines.aadObjectId], {
        id: `01${'D'.padEnd(24, '0')}`,
        firstDay: '2026-11-18',
        lastDay: '2026-11-18',
      }),
    ]);
    const facts = async () => textOf(await view());
    expect(await facts()).toContain(fr('planned', { count: 1 }));
    expect(await facts()).toContain(fr('held', { count: 2 }));
    await edit({ firstDay: '2026-11-16', lastDay: '2026-11-27' });
    expect(await facts()).toContain(fr('held', { count: 3 }));
    await move('aside');
    expect(await facts()).toContain(fr('held', { count: 1 }));
  });

  it('stay as they are in a year that was closed before', async () => {
    await storeAll(bot, [inside('A'), inside('B')]);
    bot.setNow('2027-07-02T08:00:00.000Z');
    const open = (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
    await bot.click(hugo, 'closing.close', formData(open, 'closing.close'));
    await edit({ firstDay: '2026-11-23', lastDay: '2026-11-27' });
    const shownCut = async (version: string) =>
      textOf(
        (
          await bot.click(hugo, 'report.show', {
            from: '2026-09-01',
            year: '2026-09-01',
            cut: 'event',
            version,
          })
        ).value,
      );
    expect(await shownCut('1')).toContain(`${name} | 1 personne · aujourd’hui 0 · l’an dernier 0 | 2 |`);
    expect(await shownCut('today')).not.toContain(`${name} |`);
    expect(textOf(await view())).toContain(fr('held', { count: 2 }));
  });
});

it('is in the agenda of employees, with the form for it, until it is put aside', async () => {
  const agenda = async () => textOf((await bot.say(ines, 'agenda 16 au 22 novembre 2026'))[0]);
  expect(await agenda()).toContain(name);
  const date = (await bot.click(ines, 'agenda.date', { id: industry })).value;
  const opened = (await bot.click(ines, 'volunteer.open', formData(date, 'volunteer.open'))).value;
  expect(textOf(opened)).toContain(says('fr', 'form.event', { name }));
  await edit({ name: 'Semaine des usines' });
  expect(await agenda()).toContain('Semaine des usines');
  await move('aside');
  expect(await agenda()).not.toContain('Semaine des usines');
});

it('is posted once by two instances on one database, with the event as it was edited', async () => {
  const server = await startPostgres();
  const env = { DATABASE_URL: await server.createDatabase() };
  const one = await startFast({ now: '2026-09-15T08:00:00.000Z', env });
  const other = await createApp(readConfig({ ...env, PORT: '0', LOG_LEVEL: 'silent' }), {
    clock: one.app.services.clock,
  });
  try {
    await one.setUp([hugo]);
    await one.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
    const opened = (await one.click(hugo, 'events.edit', { id: industry })).value;
    const inputs = { ...inputsOf(opened), name: 'Semaine des usines' };
    await one.click(hugo, 'events.save', formData(opened, 'events.save', inputs));
    one.setNow(due);
    const run = (app: typeof other) => app.runJob('campaigns', { dryRun: false });
    await Promise.all([run(one.app), run(other), run(one.app), run(other)]);
    await other.close();
    const cards = (await postsIn(one, announcements)).map(textOf);
    expect(cards.filter((text) => text.includes('Semaine des usines'))).toHaveLength(1);
    expect(cards.filter((text) => text.includes(name))).toEqual([]);
    expect((await all(one, 'events')).map(({ id }) => id)).toEqual([industry]);
  } finally {
    await one.close();
    await server.remove();
  }
}, 60_000);

it('nothing of it reaches somebody’s own chat unasked', async () => {
  await announce();
  bot.setNow(due);
  await campaigns();
  expect((await postsIn(bot, chatOf(ines))).filter(isCampaign)).toEqual([]);
});
