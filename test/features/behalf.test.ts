import {
  type CardJson,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  errorText,
  hasButton,
  inChannel,
  lastPostIn,
  offerTalk,
  placement,
  postsIn,
  publishSession,
  says,
  startFast,
  talk,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
  for (const who of [ines, zoe]) await bot.say(who, 'aide');
});
afterEach(() => bot.close());

const press = async (card: CardJson, verb: string, inputs: object = {}, who = hugo): Promise<CardJson> =>
  (await bot.click(who, verb, formData(card, verb, inputs))).value;

/** What a coordinator can do for somebody whose name they type. */
async function menuFor(who: TestPerson): Promise<CardJson> {
  const [form = {}] = await bot.say(hugo, 'pour un collègue');
  return press(form, 'behalf.choose', { name: who.name });
}
const lastMove = async (move: string) =>
  (await all(bot, 'history')).filter((row) => row.move === move).at(-1);
const signed = { by: hugo.aadObjectId, onBehalfOf: ines.aadObjectId };

describe('for whom a coordinator acts', () => {
  const choices = (card: CardJson) =>
    (card.body as { choices?: { title: string; value: string }[] }[]).flatMap(({ choices = [] }) => choices);

  it('is chosen among those who did something lately, or found by a name', async () => {
    await offerTalk(bot, ines);
    const [form = {}] = await bot.say(hugo, 'pour un collègue');
    expect(choices(form).map(({ title }) => title)).toEqual([ines.name]);
    const chosen = await press(form, 'behalf.choose', { person: ines.aadObjectId });
    expect(textOf(chosen)).toContain(says('fr', 'behalf.forHeading', { name: ines.name }));
    expect(textOf(await press(form, 'behalf.choose', { name: 'spécimen' }))).toContain(zoe.name);
  });

  it('is asked again when the name typed is not that of the person chosen', async () => {
    await offerTalk(bot, ines);
    const [form = {}] = await bot.say(hugo, 'pour un collègue');
    const person = ines.aadObjectId;
    const again = await press(form, 'behalf.choose', { person, name: 'spécimen' });
    expect(textOf(again)).toContain(says('fr', 'behalf.notTheSame'));
    expect(choices(again).map(({ title }) => title)).toEqual([ines.name, zoe.name]);
    const chosen = await press(again, 'behalf.choose', { person: zoe.aadObjectId });
    expect(textOf(chosen)).toContain(says('fr', 'behalf.forHeading', { name: zoe.name }));
    const same = await press(form, 'behalf.choose', { person, name: 'inès' });
    expect(textOf(same)).toContain(says('fr', 'behalf.forHeading', { name: ines.name }));
  });

  it('is neither themselves, in the list, nor somebody whose name is not known', async () => {
    const nobody = person('Max Sansnom');
    const from = { id: nobody.id, aadObjectId: nobody.aadObjectId };
    await bot.raw(activityFrom(bot, nobody, { from, text: 'aide' }));
    const form = (await bot.click(zoe, 'volunteer.open')).value;
    const value = {
      action: {
        type: 'Action.Execute',
        verb: 'volunteer.submit',
        data: formData(form, 'volunteer.submit', talk),
      },
    };
    const sent = { type: 'invoke', name: 'adaptiveCard/action', value };
    expect((await bot.raw(activityFrom(bot, nobody, { from, ...sent }))).status).toBe(200);
    for (const who of [hugo, ines]) await offerTalk(bot, who);
    expect((await all(bot, 'actions')).map(({ createdBy }) => createdBy)).toEqual([
      nobody.aadObjectId,
      hugo.aadObjectId,
      ines.aadObjectId,
    ]);
    const [card = {}] = await bot.say(hugo, 'pour un collègue');
    expect(choices(card).map(({ title }) => title)).toEqual([ines.name]);
  });

  it('is asked again for a name that several have, that nobody has, or without one', async () => {
    await bot.say(person('Zoé Autre'), 'aide');
    const [form = {}] = await bot.say(hugo, 'for a colleague');
    const several = await press(form, 'behalf.choose', { name: 'zoe' });
    expect(choices(several).map(({ title }) => title)).toEqual(['Zoé Autre', 'Zoé Spécimen']);
    const zoeOf = { name: 'zoe', person: zoe.aadObjectId };
    expect(textOf(await press(several, 'behalf.choose', zoeOf))).toContain('Que faire pour Zoé Spécimen');
    expect(textOf(await press(form, 'behalf.choose', { name: 'xyz' }))).toContain(
      says('fr', 'behalf.nobody'),
    );
    expect(textOf(await press(form, 'behalf.choose'))).toContain(says('fr', 'behalf.chooseError'));
  });

  it('is never themselves', async () => {
    const [form = {}] = await bot.say(hugo, 'pour un collègue');
    expect(textOf(await press(form, 'behalf.choose', { name: hugo.name }))).toContain(
      says('fr', 'behalf.nobody'),
    );
    expect(textOf(await press(form, 'behalf.choose', { person: hugo.aadObjectId }))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
  });
});

describe('an offer that a coordinator enters for a colleague', () => {
  it('is the colleague’s, says who entered it, and tells them', async () => {
    const form = await press(await menuFor(ines), 'volunteerFor.open');
    expect(textOf(form)).toContain('Pour Inès Exemple');
    const data = formData(form, 'volunteerFor.submit', talk);
    const done = (await bot.click(hugo, 'volunteerFor.submit', data, { on: 'the-form' })).value;
    // The coordinator's card does not become the one of its author.
    expect((await all(bot, 'outbox')).filter(({ message }) => message === 'mine.request')).toEqual([]);
    expect(textOf(done)).toContain(says('fr', 'behalf.doneLead', { name: ines.name }));
    expect(await lastMove('offer')).toMatchObject({ ...signed, to: 'pending' });
    const [action] = await all(bot, 'actions');
    expect(action).toMatchObject({ createdBy: ines.aadObjectId, enteredBy: hugo.aadObjectId });
    const told = await lastPostIn(bot, chatOf(ines));
    expect(textOf(told)).toContain('Hugo Témoin a agi pour vous');
    expect(textOf(told)).toContain('Hugo Témoin a proposé cette action pour vous.');
    expect(textOf(told)).not.toContain(ines.name);
    expect(hasButton(await press(told, 'mine.show', {}, ines), 'mine.withdraw')).toBe(true);
  });

  it('sent again changes nothing and tells nobody twice', async () => {
    const form = await press(await menuFor(ines), 'volunteerFor.open');
    const data = formData(form, 'volunteerFor.submit', talk);
    const first = await bot.click(hugo, 'volunteerFor.submit', data);
    const posts = (await postsIn(bot, chatOf(ines))).length;
    const again = await bot.click(hugo, 'volunteerFor.submit', data);
    expect(textOf(again.value)).toBe(textOf(first.value));
    expect(await all(bot, 'actions')).toHaveLength(1);
    expect(await postsIn(bot, chatOf(ines))).toHaveLength(posts);
    const stolen = await bot.click(louis, 'volunteerFor.submit', data);
    expect(stolen.statusCode).toBe(400);
  });

  it('sent again for another offer, or for another colleague, is refused', async () => {
    const form = await press(await menuFor(ines), 'volunteerFor.open');
    const data = formData(form, 'volunteerFor.submit', talk);
    await bot.click(hugo, 'volunteerFor.submit', data);
    const other = await offerTalk(bot, ines, { firstDay: '2026-12-09' });
    const before = await written(bot);
    for (const changed of [{ id: other }, { colleague: zoe.aadObjectId }]) {
      const answer = await bot.click(hugo, 'volunteerFor.submit', { ...data, ...changed });
      expect(errorText(answer)).toContain(says('fr', 'refusal.outdated.why'));
    }
    // Nor is it an offer of the coordinator's own.
    const own = await bot.click(hugo, 'volunteer.submit', data);
    expect(errorText(own)).toContain(says('fr', 'refusal.outdated.why'));
    expect(await written(bot)).toBe(before);
  });

  it('is decided on by another coordinator, unless the employee has corrected it', async () => {
    const form = await press(await menuFor(ines), 'volunteerFor.open');
    await press(form, 'volunteerFor.submit', talk);
    const [{ id } = { id: '' }] = await all(bot, 'actions');
    const refused = (await bot.click(hugo, 'approval.approve', { id }, inChannel)).value;
    expect(textOf(refused)).toContain(says('fr', 'refusal.enteredByYou.heading'));
    expect(hasButton((await bot.click(hugo, 'approval.view', { id })).value, 'approval.approve')).toBe(false);
    expect(hasButton((await bot.click(louis, 'approval.view', { id })).value, 'approval.approve')).toBe(true);
    const edit = (await bot.click(ines, 'volunteer.edit', { id })).value;
    await bot.click(ines, 'volunteer.submit', formData(edit, 'volunteer.submit', talk));
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    expect((await all(bot, 'engagements'))[0]?.state).toBe('approved');
  });

  it('comes back with its faults and its other dates, still for the colleague', async () => {
    const form = await press(await menuFor(ines), 'hostFor.open');
    const holidays = { ...placement, firstDay: '2027-02-15', lastDay: '2027-02-19' };
    const refused = await press(form, 'hostFor.submit', holidays);
    expect(textOf(refused)).toContain('Pour Inès Exemple');
    await press(refused, 'hostFor.useDates', holidays);
    expect(await lastMove('offer')).toMatchObject(signed);
    const volunteer = await press(await menuFor(ines), 'volunteerFor.open');
    const period = await press(volunteer, 'volunteerFor.timing');
    expect(textOf(period)).toContain('Pour Inès Exemple');
    expect(textOf(await press(period, 'volunteerFor.cancel'))).toContain('Que faire pour Inès Exemple');
  });
});

it('a seat is taken and given back for a colleague, who is told each time', async () => {
  const id = await publishSession(bot, hugo);
  const sessions = await press(await menuFor(ines), 'behalf.sessions');
  const session = await press(sessions, 'behalf.action');
  const taken = await press(session, 'behalf.join');
  expect(textOf(taken)).toContain('Approuvée');
  expect(await lastMove('join')).toMatchObject(signed);
  const withdrawn = await press(taken, 'behalf.withdraw');
  expect(textOf(withdrawn)).toContain('Retirée');
  expect(await lastMove('withdraw')).toMatchObject({ ...signed, actionId: id });
  const told = (await postsIn(bot, chatOf(ines))).filter((card) => textOf(card).includes('a agi pour vous'));
  expect(told).toHaveLength(2);
  for (const [i, move] of ['join', 'withdraw'].entries()) {
    expect(textOf(told[i])).toContain(says('fr', `behalf.said.${move}`, { name: hugo.name }));
    expect(textOf(told[i])).not.toContain(ines.name);
  }
  expect(textOf((await bot.click(hugo, 'story.view', { id })).value)).toContain(
    'Hugo Témoin, pour Inès Exemple, a pris une place.',
  );
});

it('a colleague is put on the waiting list of a full session, unless it is closed', async () => {
  const id = await publishSession(bot, hugo, { seats: '1' });
  const open = async () => press(await press(await menuFor(ines), 'behalf.sessions'), 'behalf.action');
  expect(textOf(await open())).toContain(says('fr', 'behalf.join'));
  await bot.click(zoe, 'sessions.join', { id });
  const session = await open();
  expect(textOf(session)).not.toContain(says('fr', 'behalf.join'));
  expect(textOf(session)).toContain(says('fr', 'behalf.wait'));
  await bot.click(hugo, 'sessions.close', { id }, inChannel);
  const closed = await bot.click(hugo, 'behalf.action', { id: `${id}:${ines.aadObjectId}` });
  expect(hasButton(closed.value, 'behalf.join')).toBe(false);
  await bot.click(hugo, 'sessions.reopen', { id }, inChannel);
  const waits = await press(session, 'behalf.join');
  expect(textOf(waits)).toContain('Sur liste d’attente');
  expect(hasButton(waits, 'behalf.join')).toBe(false);
  expect(await lastMove('wait')).toMatchObject({ ...signed, actionId: id });
  expect(textOf(await lastPostIn(bot, chatOf(ines)))).toContain(
    says('fr', 'behalf.said.wait', { name: hugo.name }),
  );
});

it('of the sessions to come, a colleague is offered those that take people, with their seats', async () => {
  const publishOn = (firstDay: string) => publishSession(bot, hugo, { firstDay, seats: '1' });
  const [open, full] = [await publishOn('2027-01-12'), await publishOn('2027-01-13')];
  const closed = await publishOn('2027-01-14');
  await bot.click(zoe, 'sessions.join', { id: full });
  await bot.click(hugo, 'sessions.close', { id: closed }, inChannel);
  const card = await press(await menuFor(ines), 'behalf.sessions');
  expect(JSON.stringify(card)).toContain(open);
  expect(JSON.stringify(card)).not.toContain(closed);
  expect(textOf(card)).toContain(says('fr', 'sessions.listHeading', { count: 2 }));
  expect(textOf(card)).toContain(says('fr', 'sessions.seatsLeft', { count: 1, seats: 1 }));
  expect(textOf(card)).toContain(says('fr', 'sessions.full'));
});

it('what a colleague has planned can be withdrawn, or its outcome said; what others have is not theirs', async () => {
  const id = await offerTalk(bot, ines);
  await bot.click(louis, 'approval.approve', { id });
  const action = await press(await menuFor(ines), 'behalf.action');
  expect(hasButton(action, 'behalf.withdraw')).toBe(true);
  expect(hasButton(action, 'outcome.open')).toBe(false);
  bot.setNow('2026-12-08T17:00:00.000Z');
  const after = (await bot.click(hugo, 'behalf.action', formData(action, 'behalf.withdraw'))).value;
  expect(hasButton(after, 'outcome.open')).toBe(true);
  const form = (await press(after, 'outcome.open')) as CardJson;
  for (const _ of [1, 2])
    await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '20' }));
  expect(await lastMove('hold')).toMatchObject({ by: hugo.aadObjectId, onBehalfOf: ines.aadObjectId });
  const told = (await postsIn(bot, chatOf(ines))).filter((card) =>
    textOf(card).includes(says('fr', 'behalf.answeredHeading', { name: hugo.name })),
  );
  expect(told).toHaveLength(1);
  expect(textOf(told[0])).toContain('Hugo Témoin a noté que vous avez participé.');
  const other = await bot.click(hugo, 'behalf.action', { id: `${id}:${zoe.aadObjectId}` });
  expect(textOf(other.value)).toContain(says('fr', 'refusal.outdated.heading'));
});

it('who is answered for, that it did not take place, is told too; who answers for themselves is not', async () => {
  const id = await offerTalk(bot, ines);
  await bot.click(louis, 'approval.approve', { id });
  bot.setNow('2026-12-08T17:00:00.000Z');
  const form = (await bot.click(hugo, 'outcome.open', { id })).value;
  await bot.click(hugo, 'outcome.notHeld', formData(form, 'outcome.notHeld'));
  const { onBehalfOf } = (await lastMove('miss')) ?? {};
  expect(onBehalfOf).toBe(ines.aadObjectId);
  const told = textOf(await lastPostIn(bot, chatOf(ines)));
  expect(told).toContain('Hugo Témoin a répondu pour vous que l’action n’a pas eu lieu.');
  const own = await offerTalk(bot, hugo, { firstDay: '2026-12-09' });
  await bot.click(louis, 'approval.approve', { id: own });
  bot.setNow('2026-12-09T17:00:00.000Z');
  const posts = (await postsIn(bot, chatOf(hugo))).length;
  const answer = (await bot.click(hugo, 'outcome.open', { id: own })).value;
  await bot.click(hugo, 'outcome.held', formData(answer, 'outcome.held', { pupils: '20' }));
  expect(await postsIn(bot, chatOf(hugo))).toHaveLength(posts);
});

it.each([
  '',
  'x',
  ':',
  'nothing:aad-in-s-exemple',
  `${'0'.repeat(26)}:nobody`,
])('an id of no engagement is outdated: “%s”', async (id) => {
  for (const verb of ['behalf.action', 'behalf.join', 'behalf.withdraw'])
    expect(textOf((await bot.click(hugo, verb, { id })).value)).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
});
