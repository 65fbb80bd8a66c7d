import { readFileSync, writeFileSync } from 'node:fs';
import { readConvention } from '../../../src/reference/convention.js';
import { type CardJson, formData, hugo, type TestBot, textOf } from '../../support/bot.js';
import { calendar } from '../../support/builders.js';
import { hasButton, inputsOf, says, startFast, tidy } from '../../support/flows.js';
import { aHeldPlacement, aHeldTalk, storeAll } from '../../support/report-data.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ now: '2027-06-28T08:00:00.000Z' });
  await bot.setUp([hugo]);
  await storeAll(bot, [
    aHeldTalk(['ines', 'zoe'], { id: 'a', number: 1 }),
    aHeldTalk(['ines'], { id: 'b', number: 2, schools: ['0699001J'], school: '' }),
    aHeldPlacement(['louis'], {
      id: 'c',
      number: 3,
      places: 8,
      outcome: { pupils: 3, by: 'louis', at: '2026-11-20T16:00:00.000Z' },
    }),
  ]);
});
afterAll(() => bot.close());

const form = async (data: object = {}): Promise<CardJson> =>
  (await bot.click(hugo, 'report.form', { from: '2026-09-01', ...data })).value;
const { form: fields } = readConvention('convention.json', calendar.academies);

it('has the fields of convention.json in their order, and says that the year is not closed', async () => {
  const card = await form();
  const text = textOf(card);
  const places = fields.slice(0, 11).map(({ label }) => text.indexOf(`| ${tidy(label).split(' (')[0]}`));
  expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true);
  expect(text).toContain('Collaborateurs mobilisés dans l’année \\(article 2\\) | 3');
  expect(text).toContain('Interventions en classe | n. c. | Élèves rencontrés en classe | n. c.');
  expect(text).toContain('l’année n’est pas clôturée');
});

it('gives it all as text to copy, whatever page is shown', async () => {
  const card = await form();
  const copy = (await bot.click(hugo, 'report.formText', formData(card, 'report.formText'))).value;
  const text = tidy(String(inputsOf(copy).copied));
  for (const { label } of fields) expect(text).toContain(tidy(label));
  expect(text.split('\n')[0]).toBe('Microsoft France · Année scolaire 2026-2027');
  expect(text).toContain('Collaborateurs mobilisés dans l’année (article 2) : 3\n');
  expect(text).toContain('Élèves accueillis en stage de 3e et de 3e prépa-métiers : n. c.');
});

it('is of the version that is asked for, and of the closed one without a choice', async () => {
  const closing = (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
  await bot.click(hugo, 'closing.close', formData(closing, 'closing.close'));
  await storeAll(bot, [aHeldTalk(['nour'], { id: 'd', number: 4 })]);
  const closed = textOf(await form());
  expect(closed).toContain('Chiffres clôturés le 28 juin 2027, version 1.');
  expect(closed).toContain('article 2\\) | 3');
  expect(textOf(await form({ as: 'today' }))).toContain('article 2\\) | 4');
  const [report = {}] = await bot.say(hugo, 'bilan');
  const files = (await bot.click(hugo, 'report.files', formData(report, 'report.files'))).value;
  expect(textOf((await bot.click(hugo, 'report.form', formData(files, 'report.form'))).value)).toContain(
    'version 1.',
  );
});

describe('convention.json', () => {
  const write = (form: unknown): string => {
    const file = `${bot.file}.convention.json`;
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync('convention.json', 'utf8')), form }));
    return file;
  };
  const read = (form: unknown) => readConvention(write(form), calendar.academies);

  it.each([
    [{ label: 'Joie', figure: 'joy' }, 'form.0.figure'],
    [{ label: 'Jours', figure: 'personDays', cut: 'kind' }, 'form.0.figure'],
    [{ label: 'Types', figure: 'pupils', cut: 'kind', rows: ['nap'] }, 'form.0.rows'],
    [{ label: '', figure: 'pupils' }, 'form.0.label'],
    [{ label: 'Plus', figure: 'pupils', colour: 'red' }, 'form.0'],
  ])('a field that cannot be filled is named at the start: %j', (field, where) => {
    expect(() => read([field])).toThrow(where);
  });

  it('without fields the card says where they are written', async () => {
    const other = await startFast({ env: { CONVENTION_FILE: write(undefined) } });
    await other.setUp([hugo]);
    const { value } = await other.click(hugo, 'report.form', {});
    expect(textOf(value)).toContain(says('fr', 'report.form.empty'));
    expect(hasButton(value, 'report.formText')).toBe(false);
    await other.close();
  });
});
