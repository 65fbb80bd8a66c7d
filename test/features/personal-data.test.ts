import { amy, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import {
  all,
  faultsOf,
  fill,
  inChannel,
  keepingLog,
  offerTalk,
  placement,
  says,
  startFast,
  talk,
  written,
} from '../support/flows.js';
import { recordsText } from '../support/records.js';

const { lines, log } = keepingLog();
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ parts: { log } });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

/** Scenario 10, and one of each kind; the word on the right must be nowhere afterwards. */
const leaks = [
  ['Léa, 06 12 34 56 78, PAI asthme', 'phone', 'Léa'],
  ['écrire à lea.dupont@example.org', 'email', 'lea.dupont'],
  ['élève née le 3 mai 2012', 'birth-date', '3 mai 2012'],
  ['INE 1234567890K', 'ine', '1234567890K'],
  ['prévoir un fauteuil roulant', 'health', 'fauteuil'],
  ['Tom (14 ans) viendra', 'pupil', 'Tom'],
] as const;

const expectNoTrace = (word: string) => {
  expect(recordsText(bot.file)).not.toContain(word);
  expect(lines.join('\n')).not.toContain(word);
};

it.each(
  leaks,
)('"%s" in a remark is refused with its reason, neither stored nor logged', async (remark, what, word) => {
  const before = await written(bot);
  for (const [command, inputs] of [
    ['accueillir', placement],
    ['proposer', talk],
  ] as const) {
    const { value } = await fill(bot, ines, command, { ...inputs, remark });
    const why = says('fr', 'form.personalData', { what: says('fr', `personalData.${what}`) });
    expect(faultsOf(value)).toEqual([
      { text: `${why} ${says('fr', 'form.personalDataWhy')}`, before: 'remark' },
    ]);
  }
  expect(await written(bot)).toBe(before);
  expectNoTrace(word);
});

it('the refusal is worded in the reader’s language', async () => {
  const { value } = await fill(bot, amy, 'proposer', { ...talk, remark: 'Call 06 12 34 56 78' });
  expect(faultsOf(value)[0]?.text).toContain(says('en', 'personalData.phone'));
});

it('a coordinator’s reason is held to the same rule, and given back in place', async () => {
  const id = await offerTalk(bot, ines);
  const before = await written(bot);
  for (const [verb, field] of [
    ['approval.decline', 'reason'],
    ['approval.askChanges', 'changes'],
  ] as const) {
    const text = 'Voir avec la maman de Zélie, 06 98 76 54 32';
    const { value } = await bot.click(hugo, verb, { id, [field]: text }, inChannel);
    expect(faultsOf(value)[0]).toMatchObject({ before: field });
    expect(textOf(value)).toContain(text);
  }
  expect(await written(bot)).toBe(before);
  expectNoTrace('Zélie');
});

it('a school’s functional mailbox is the school’s, nobody’s', async () => {
  const remark = 'Écrire à ce.0932030B@ac-creteil.fr';
  await fill(bot, ines, 'proposer', { ...talk, remark });
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({ remark });
});

it('a message that is no command is neither stored nor logged', async () => {
  await bot.say(ines, 'aide-moi pour Maëlys, 06 11 22 33 44');
  expectNoTrace('Maëlys');
  expectNoTrace('06 11 22');
});
