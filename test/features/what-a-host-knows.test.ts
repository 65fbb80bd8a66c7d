/** What the law and the ministry's model agreement ask, said where it is needed. */
import { amy, type CardJson, hugo, ines, type TestBot, type TestPerson, textOf } from '../support/bot.js';
import {
  chatOf,
  fill,
  idIn,
  inChannel,
  lastPostIn,
  offerTalk,
  placement,
  says,
  startFast,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const told = async (who: TestPerson, id: string) => {
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return textOf(await lastPostIn(bot, chatOf(who)));
};
const hosted = async (who: TestPerson) => {
  const { value } = await fill(bot, who, 'accueillir', placement);
  return idIn(value, 'mine.withdraw');
};

// Code du travail D.4153-15 and following; code de l'éducation D.331-1 and following; the ministry's model agreement.
const duties = ['danger', 'noWork', 'status', 'tutor', 'insurance', 'accident'];

it.each([
  [ines, 'fr'],
  [amy, 'en'],
] as const)('a host is told with the approval what the model agreement obliges to, once', async (who, lang) => {
  const card = await told(who, await hosted(who));
  for (const duty of duties) expect(card).toContain(says(lang, `approval.duty.${duty}`));
  const mine = textOf((await bot.say(who, lang === 'fr' ? 'mes engagements' : 'mine'))[0]);
  expect(mine).not.toContain(says(lang, 'approval.duty.danger'));
});

it('whoever meets pupils in class is told none of it', async () => {
  expect(await told(ines, await offerTalk(bot, ines))).not.toContain(says('fr', 'approval.duties'));
});

// A visit needs one agreement for the group; a placement one for each pupil, in three originals, that names a tutor.
it('the agreement of a visit and that of a placement are said on the forms and with the approval', async () => {
  const visit = await told(ines, await offerTalk(bot, ines, { kind: 'company-visit' }));
  expect(visit).toContain(says('fr', 'approval.next.approve.visit'));
  expect(textOf((await bot.say(ines, 'proposer'))[0])).toContain(says('fr', 'volunteer.visitHint'));
  expect(textOf((await bot.say(hugo, 'publier'))[0])).toContain(says('fr', 'volunteer.visitHint'));
  expect(textOf((await bot.say(ines, 'accueillir'))[0])).toContain(says('fr', 'host.agreementHint'));
});

// Article 3: the weeks of a 3e prépa-métiers are a pupil's in the year, over all hosts. Code du travail L.3162-3: the break.
it('the form to host says what it cannot check: the weeks over all hosts, and when the break is', async () => {
  const form = textOf((await bot.say(amy, 'host'))[0]);
  expect(form).toContain('A 3e prépa-métiers pupil does 1 to 4 weeks a year, all hosts together');
  expect(form).toContain('30 minutes in one piece from 4 h 30 at the company on');
});

it('the year’s figures stand in words and in the bar before any chart, which some phones do not draw', async () => {
  const [card = {}] = await bot.say(ines, 'progression');
  const types = (card.body as CardJson[]).map(({ type }) => String(type));
  const chart = types.findIndex((type) => type.startsWith('Chart.'));
  expect(types.indexOf('Image')).toBeGreaterThan(0);
  expect(types.indexOf('Image')).toBeLessThan(chart);
});
