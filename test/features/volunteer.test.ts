import { amy, coordination, formData, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  errorText,
  faultsOf,
  fill,
  hasButton,
  inputsOf,
  lastPostIn,
  period,
  postsIn,
  rowsOf,
  says,
  startFast,
  talk,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());

const long = 'x'.repeat(501);
const phone = says('fr', 'form.personalData', { what: says('fr', 'personalData.phone') });

describe('an offer on an exact day', () => {
  it('is none of a form that has published a session', async () => {
    const [form = {}] = await bot.say(hugo, 'publier');
    const data = formData(form, 'publish.submit', { ...talk, seats: '2' });
    await bot.click(hugo, 'publish.submit', data);
    const before = await written(bot);
    expect(errorText(await bot.click(hugo, 'volunteer.submit', data))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
    expect(await written(bot)).toBe(before);
  });

  it('is stored, answered to its author, and shown to the coordinators', async () => {
    const { statusCode, value } = await fill(bot, ines, 'proposer', talk);
    expect(statusCode).toBe(200);
    expect(textOf(value)).toContain(says('fr', 'mine.sentProposal'));
    const [action] = (await all(bot, 'actions')).slice(-1);
    expect(action).toMatchObject({
      kind: 'classroom-talk',
      level: '4e',
      firstDay: '2026-12-08',
      lastDay: '2026-12-08',
      hours: { from: '10:00', until: '11:00' },
      school: talk.school,
      origin: 'offer',
      state: 'open',
      createdBy: ines.aadObjectId,
    });
    const [engagement] = (await all(bot, 'engagements')).filter((e) => e.actionId === action?.id);
    expect(engagement).toMatchObject({ employeeId: ines.aadObjectId, state: 'pending' });
    const card = textOf(await lastPostIn(bot, coordination));
    expect(card).toContain('Inès Exemple propose une intervention en classe, 4e');
    expect(card).toContain('mardi 8 décembre 2026, de 10 h à 11 h');
  });

  it.each([
    ['company-visit', '2026-12-08', 'mardi 8 décembre 2026, de 10 h à 11 h'],
    ['company-visit-two-days', '2026-12-09', 'du mardi 8 au mercredi 9 décembre 2026, de 10 h à 11 h'],
  ])('of a visit lasts one day or two in a row (%s)', async (kind, lastDay, said) => {
    const { value } = await fill(bot, ines, 'proposer', { ...talk, kind });
    const stored = (await all(bot, 'actions')).at(-1);
    expect(stored).toMatchObject({ kind: 'company-visit', firstDay: '2026-12-08', lastDay });
    expect(textOf(value)).toContain(said);
    const edit = await bot.click(ines, 'volunteer.edit', { id: stored?.id });
    expect(inputsOf(edit.value)).toMatchObject({ kind, firstDay: '2026-12-08' });
  });

  it('of a visit says of each of its two days whether there are classes', async () => {
    const friday = { ...talk, kind: 'company-visit-two-days', firstDay: '2026-12-11' };
    const { value } = await fill(bot, ines, 'proposer', friday);
    expect(textOf(value)).toContain(`samedi 12 décembre : ${says('fr', 'calendar.saturday')}`);
    expect(textOf(value)).not.toContain('vendredi 11 décembre :');
  });

  it('is answered in English to somebody whose Teams is in English', async () => {
    const { form, value } = await fill(bot, amy, 'proposer', { ...talk, level: '2de' });
    expect(textOf(form)).toContain(says('en', 'volunteer.heading'));
    expect(textOf(value)).toContain(says('en', 'mine.sentProposal'));
    expect(textOf(value)).toContain('8 December 2026, 10:00 to 11:00');
  });

  it('with a UAI code is for the académie of the school, and the code is put in capitals', async () => {
    await fill(bot, ines, 'proposer', { ...talk, school: 'collège 0932030b' });
    const action = (await all(bot, 'actions')).at(-1);
    expect(action).toMatchObject({ school: 'collège 0932030B', academies: ['24'] });
  });
});

describe('an availability', () => {
  const toAvailability = async () => {
    const [form = {}] = await bot.say(zoe, 'proposer');
    const data = formData(form, 'volunteer.timing', { kind: 'careers-fair', level: '3e' });
    return (await bot.click(zoe, 'volunteer.timing', data)).value;
  };

  it('keeps what the two forms have in common when one changes to the other', async () => {
    const form = await toAvailability();
    expect(inputsOf(form)).toMatchObject({ kind: 'careers-fair', level: '3e' });
    expect(inputsOf(form)).not.toHaveProperty('from');
    const back = await bot.click(zoe, 'volunteer.timing', formData(form, 'volunteer.timing'));
    expect(inputsOf(back.value)).toHaveProperty('from');
  });

  it('is stored with its period, half-days and académies', async () => {
    const form = await toAvailability();
    const sent = await bot.click(zoe, 'volunteer.submit', formData(form, 'volunteer.submit', period));
    expect(textOf(sent.value)).toContain('du lundi 4 janvier au vendredi 26 mars 2027, le matin');
    expect((await all(bot, 'actions')).at(-1)).toMatchObject({
      firstDay: '2027-01-04',
      lastDay: '2027-03-26',
      halfDays: ['am'],
      academies: expect.arrayContaining(['10', '25']),
    });
  });

  it.each(
    rowsOf(
      [{ academies: '' }, 'academies', says('fr', 'form.academiesError')],
      [{ academies: '10,atlantis' }, 'academies', says('fr', 'form.academiesError')],
      [{ halfDays: '' }, 'halfDays', says('fr', 'volunteer.halfDaysError')],
      [{ halfDays: 'night' }, 'halfDays', says('fr', 'volunteer.halfDaysError')],
      [{ firstDay: '' }, 'firstDay', says('fr', 'form.firstDayError')],
      [{ lastDay: '' }, 'lastDay', says('fr', 'form.lastDayError')],
      [{ lastDay: '2027-01-03' }, 'lastDay', says('fr', 'form.order')],
      [{ lastDay: '2028-09-01' }, 'lastDay', says('fr', 'form.tooFar', { day: '31 août 2028' })],
      [{ remark: 'Appelez le 06 12 34 56 78' }, 'remark', phone],
    ),
  )('with %s is refused at its field', async (_, wrong, field, why) => {
    const form = await toAvailability();
    const before = await written(bot);
    const data = formData(form, 'volunteer.submit', { ...period, ...wrong });
    const { value } = await bot.click(zoe, 'volunteer.submit', data);
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
    expect(inputsOf(value)).toMatchObject({ ...period, ...wrong });
    expect(await written(bot)).toBe(before);
  });
});

describe('a form that cannot be sent as it is', () => {
  it.each(
    rowsOf(
      [{ kind: 'lecture' }, 'kind', says('fr', 'volunteer.kindError')],
      [{ level: '' }, 'level', says('fr', 'volunteer.levelError')],
      [{ level: 'CP' }, 'level', says('fr', 'volunteer.levelError')],
      [{ firstDay: '' }, 'firstDay', says('fr', 'form.firstDayError')],
      [{ firstDay: '2026-02-30' }, 'firstDay', says('fr', 'form.dayUnread', { typed: '2026-02-30' })],
      [{ firstDay: '2026-11-22' }, 'firstDay', says('fr', 'form.past')],
      [{ firstDay: '2028-09-01' }, 'firstDay', says('fr', 'form.tooFar', { day: '31 août 2028' })],
      [{ from: '' }, 'from', says('fr', 'volunteer.fromError')],
      [{ from: '25:00' }, 'from', says('fr', 'form.timeUnread', { typed: '25:00' })],
      [{ from: '05:59' }, 'from', says('fr', 'volunteer.tooEarly', { earliest: '6 h' })],
      [{ until: '' }, 'from', says('fr', 'volunteer.untilError')],
      [{ until: '20:01' }, 'from', says('fr', 'volunteer.tooLate', { latest: '20 h' })],
      [{ until: '10:00' }, 'from', says('fr', 'volunteer.hoursOrder')],
      [{ school: '' }, 'schools', says('fr', 'volunteer.schoolError')],
      [{ school: '0932030C' }, 'school', says('fr', 'form.uai', { code: '0932030C' })],
      [{ school: 'é'.repeat(121) }, 'school', says('fr', 'form.tooLong', { max: 120, length: 121 })],
      [{ school: 'Collège, 06 12 34 56 78' }, 'school', phone],
      [{ remark: long }, 'remark', says('fr', 'form.tooLong', { max: 500, length: 501 })],
    ),
  )('with %s comes back filled, with the reason at the field, and nothing is stored', async (_, wrong, field, why) => {
    const before = await written(bot);
    const posts = (await postsIn(bot, coordination)).length;
    const { value, form, statusCode } = await fill(bot, ines, 'proposer', { ...talk, ...wrong });
    expect(statusCode).toBe(200);
    expect(faultsOf(value)).toEqual([{ text: expect.stringContaining(why), before: field }]);
    expect(textOf(value)).toContain(says('fr', 'form.mend', { count: 1 }));
    expect(inputsOf(value)).toMatchObject({ ...talk, ...wrong });
    expect(formData(value, 'volunteer.submit')).toEqual(formData(form, 'volunteer.submit'));
    expect(await written(bot)).toBe(before);
    expect(await postsIn(bot, coordination)).toHaveLength(posts);
  });

  it('says everything that is wrong at once, in the reader’s language', async () => {
    const { value } = await fill(bot, amy, 'proposer', { ...talk, level: '', school: '', firstDay: '' });
    expect(textOf(value)).toContain(says('en', 'form.mend', { count: 3 }));
    expect(faultsOf(value).map((f) => f.before)).toEqual(['level', 'firstDay', 'schools']);
    expect(faultsOf(value)[2]?.text).toBe(says('en', 'volunteer.schoolError'));
  });

  it('is sent once it is mended, from the card that came back', async () => {
    const { value } = await fill(bot, ines, 'proposer', { ...talk, level: '' });
    const sent = await bot.click(ines, 'volunteer.submit', formData(value, 'volunteer.submit', talk));
    expect(textOf(sent.value)).toContain(says('fr', 'mine.sentProposal'));
  });
});

it('the same form sent three times at once is one offer, one card, and three times the same answer', async () => {
  const [form = {}] = await bot.say(ines, 'proposer');
  const data = formData(form, 'volunteer.submit', { ...talk, remark: 'Une seule fois.' });
  const posts = (await postsIn(bot, coordination)).length;
  const actions = (await all(bot, 'actions')).length;
  const answers = await Promise.all([1, 2, 3].map(() => bot.click(ines, 'volunteer.submit', data)));
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  expect(await all(bot, 'actions')).toHaveLength(actions + 1);
  expect(await postsIn(bot, coordination)).toHaveLength(posts + 1);
});

it('another person who sends a form with the same keys changes nothing and is told so', async () => {
  const [form = {}] = await bot.say(ines, 'proposer');
  const data = formData(form, 'volunteer.submit', talk);
  await bot.click(ines, 'volunteer.submit', data);
  const before = await written(bot);
  const answer = await bot.click(zoe, 'volunteer.submit', data);
  expect(answer).toMatchObject({ http: 200, statusCode: 400, type: 'application/vnd.microsoft.error' });
  expect(errorText(answer)).toContain(says('fr', 'refusal.outdated.heading'));
  expect(await written(bot)).toBe(before);
});

it('a form put away stores nothing and leads back in one click', async () => {
  const before = await written(bot);
  const [form = {}] = await bot.say(ines, 'proposer');
  const { value } = await bot.click(ines, 'volunteer.cancel', formData(form, 'volunteer.cancel'));
  expect(textOf(value)).toContain(says('fr', 'form.cancelled'));
  expect(hasButton(value, 'volunteer.open')).toBe(true);
  expect(await written(bot)).toBe(before);
});

it('an older client’s Action.Submit, a message with the verb in its value, does the same', async () => {
  const [form = {}] = await bot.say(ines, 'proposer');
  const value = formData(form, 'volunteer.submit', {
    ...talk,
    remark: 'Ancien client.',
    verb: 'volunteer.submit',
  });
  const { status } = await bot.raw(activityFrom(bot, ines, { type: 'message', value }));
  expect(status).toBe(200);
  const answer = bot.connector.personal(chatOf(ines)).at(-1);
  expect(textOf(answer?.card)).toContain(says('fr', 'mine.sentProposal'));
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({ remark: 'Ancien client.' });
});
