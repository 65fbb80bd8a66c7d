import { amy, coordination, formData, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  activityFrom,
  all,
  faultsOf,
  fill,
  inputsOf,
  lastPostIn,
  placement,
  rowsOf,
  says,
  startFast,
  talk,
  written,
} from '../support/flows.js';

// Invented schools of the list that ships: a collège in Lyon (zone A), one in Nice (zone B).
let lyon: string;
const nice = '0069001B';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  lyon = bot.app.services.schools.search('lyon', { limit: 1 })[0]?.uai ?? '';
});
afterAll(() => bot.close());

interface Answer {
  statusCode: number;
  type: string;
  value: { results: { title: string; value: string }[] };
}

/** What Teams asks while somebody types. */
async function type(queryText: unknown, more: object = {}): Promise<{ status: number; answer: Answer }> {
  const value = {
    kind: 'search',
    queryText,
    queryOptions: { skip: 0, top: 15 },
    dataset: 'schools',
    ...more,
  };
  const response = await bot.raw(
    activityFrom(bot, ines, { type: 'invoke', name: 'application/search', value }),
  );
  return { status: response.status, answer: (await response.json()) as Answer };
}
const found = async (text: string) => (await type(text)).answer.value.results;

describe('a school that is typed', () => {
  test.each([
    ['by its name', 'promenade'],
    ['by its town', 'nice'],
    ['by its postcode', '06000'],
    ['by its UAI code, in lower case', '0069001b'],
    ['abbreviated, without capitals', 'clg ex promenade'],
    ['by the start of a word', 'college exemple prom'],
  ])('is found %s', async (_, text) => {
    const results = await found(text);
    expect(results[0]).toEqual({
      title: 'Collège Exemple de la Promenade, Nice (06000), 0069001B',
      value: nice,
    });
  });

  test('is answered as Teams wants it, fifteen at most, and page by page', async () => {
    const { status, answer } = await type('exemple');
    expect([status, answer.statusCode]).toEqual([200, 200]);
    expect(answer.type).toBe('application/vnd.microsoft.search.searchResponse');
    expect(answer.value.results).toHaveLength(15);
    const second = await type('exemple', { queryOptions: { skip: 10, top: 5 } });
    expect(second.answer.value.results).toEqual(answer.value.results.slice(10));
  });

  test('that nobody has is an empty list, and so is nothing typed', async () => {
    expect(await found('zzzzzz')).toEqual([]);
    expect(await found('')).toEqual([]);
  });

  test.each([
    [{ dataset: 'people' }],
    [{ dataset: undefined }],
    [{ queryOptions: { skip: -1 } }],
    [{ queryText: { text: 'nice' } }],
    [{ queryText: 'x'.repeat(1_001) }],
  ])('in a search that is none is refused, and nothing is said of why: %j', async (more) => {
    const { status, answer } = await type('nice', more);
    expect([status, answer.statusCode, answer.type]).toEqual([200, 400, 'application/vnd.microsoft.error']);
  });

  test('is kept by its code and shown by its name, to its author, in the channel and in the list', async () => {
    const { value } = await fill(bot, zoe, 'proposer', { ...talk, schools: nice, school: '' });
    const kept = (await all(bot, 'actions')).at(-1);
    expect(kept).toMatchObject({ schools: [nice], academies: ['23'] });
    expect(kept).not.toHaveProperty('school');
    const [list] = await bot.say(zoe, 'mes engagements');
    for (const card of [value, await lastPostIn(bot, coordination), list])
      expect(textOf(card)).toContain('Collège Exemple de la Promenade, Nice');
  });

  test('alone in the text field, as a code, is one of the list too', async () => {
    await fill(bot, zoe, 'proposer', { ...talk, school: nice.toLowerCase() });
    const kept = (await all(bot, 'actions')).at(-1);
    expect(kept).toMatchObject({ schools: [nice] });
    expect(kept).not.toHaveProperty('school');
  });

  test('has its name in a form that comes back', async () => {
    const { value } = await fill(bot, amy, 'proposer', { ...talk, schools: nice, school: '', level: '' });
    expect(inputsOf(value)).toMatchObject({ schools: nice });
    expect(textOf(value)).toContain('Collège Exemple de la Promenade, Nice (06000), 0069001B');
  });

  test('that has left the list since is shown by its code', async () => {
    await bot.app.services.store.transact(async (tx) => {
      const [action] = await tx.all('actions');
      if (action) await tx.put('actions', { ...action, id: action.id, schools: ['0061234X'] });
    });
    const [first] = await all(bot, 'actions');
    const card = await bot.click(zoe, 'mine.show', { id: first?.id });
    expect(textOf(card.value)).toContain('0061234X');
  });
});

describe('schools that a client made up', () => {
  test.each(
    rowsOf(
      [{ schools: 'Atlantis' }, says('fr', 'form.schoolUnknown')],
      [{ schools: '0932030C' }, says('fr', 'form.schoolUnknown')],
      [{ schools: `${nice},0139001N` }, says('fr', 'form.schoolsMost', { count: 1 })],
    ),
  )('as %s are refused at the field, and the form comes back', async (_, wrong, why) => {
    const before = await written(bot);
    const { value } = await fill(bot, ines, 'proposer', { ...talk, school: '', ...wrong });
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: 'schools' }]);
    expect(await written(bot)).toBe(before);
  });

  test('fifty of them are too many', async () => {
    const many = bot.app.services.schools.search('exemple', { limit: 50 }).map((s) => s.uai);
    const { value } = await fill(bot, ines, 'accueillir', { ...placement, schools: many.join(',') });
    expect(faultsOf(value).map((f) => f.before)).toContain('schools');
  });
});

describe('an offer for schools of several zones', () => {
  // Zone A is off from 13 February 2027 on, zone B is not.
  const week = { ...placement, firstDay: '2027-02-15', lastDay: '2027-02-19', academies: '' };

  test('gets one answer for each: the form says which is not possible, and keeps the other in one click', async () => {
    const { value } = await fill(bot, ines, 'accueillir', { ...week, schools: `${lyon},${nice}` });
    const [fault] = faultsOf(value);
    const name = bot.app.services.schools.byUai(lyon)?.name ?? '?';
    expect(fault?.text).toContain(
      says('fr', 'broken.schools', { count: 1, names: `${name}, Lyon` }).slice(0, -1),
    );
    expect(fault?.text).toContain('C’est possible pour Collège Exemple de la Promenade, Nice.');
    const data = formData(value, 'host.keepPossible', inputsOf(value) as object);
    const sent = await bot.click(ines, 'host.keepPossible', data);
    expect(textOf(sent.value)).toContain(says('fr', 'mine.sentOffer'));
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({ schools: [nice], academies: ['23'] });
  });

  test('is accepted when all allow it, each school in its own calendar', async () => {
    const { value } = await fill(bot, ines, 'accueillir', {
      ...placement,
      academies: '',
      schools: `${lyon},${nice}`,
    });
    expect(textOf(value)).toContain(says('fr', 'calendar.days', { count: 5 }));
    expect((await all(bot, 'actions')).at(-1)?.academies.toSorted()).toEqual(['10', '23']);
  });
});

it('a school that is typed is shown as typed in lists too: no Markdown in it makes a link', async () => {
  await fill(bot, ines, 'proposer', { ...talk, school: 'Collège [ici](https://exemple.invalid)' });
  const [list] = await bot.say(ines, 'mes engagements');
  const shown = JSON.stringify(list);
  expect(shown).toContain('\\\\[ici\\\\]');
  expect(shown).not.toMatch(/"text":"[^"]* \[ici\]/);
});
