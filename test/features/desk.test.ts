import type { Action, Engagement } from '../../src/domain/action.js';
import {
  type CardJson,
  findAction,
  formData,
  hugo,
  type InvokeAnswer,
  ines,
  louis,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { anAction, anEngagement, aPlacement } from '../support/builders.js';
import { all, chatOf, hasButton, offerTalk, postsIn, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
  for (const who of [ines, zoe, louis]) await bot.click(who, 'help.open');
});
afterEach(() => bot.close());

let ids = 0;
const nextId = () => `01D${String(++ids).padStart(23, '0')}`;

/** Stores an offer of Inès, or what else is asked for, as if it had been made. */
async function store(action: Partial<Action>, engagement: Partial<Engagement> = {}): Promise<string> {
  const id = nextId();
  const build = action.places ? aPlacement : anAction;
  const stored = build({ number: ids, createdBy: ines.aadObjectId, ...action, id });
  await bot.app.services.store.transact(async (tx) => {
    await tx.put('actions', stored);
    const since = '2026-11-22T08:00:00.000Z';
    await tx.put('engagements', { ...anEngagement(stored, stored.createdBy), since, ...engagement });
  });
  return id;
}

const desk = async () => (await bot.say(hugo, 'à valider'))[0] ?? {};
const click = async (card: CardJson, verb: string, inputs: object = {}, who = hugo): Promise<InvokeAnswer> =>
  bot.click(who, verb, formData(card, verb, inputs));
const several = async (card?: CardJson) =>
  (await click(card ?? (await desk()), 'pending.several')).value as CardJson;

interface Box {
  readonly id: string;
  readonly valueOn: string;
  readonly value?: string;
}
/** The boxes of the offers on a card. */
const boxesOn = (card: CardJson): Box[] =>
  (card.body as { items?: { type: string }[] }[]).flatMap(({ items = [] }) =>
    items.flatMap((item) => (item.type === 'Input.Toggle' ? [item as unknown as Box] : [])),
  );
const offersOn = (card: CardJson): string[] => boxesOn(card).map(({ valueOn }) => valueOn);
const sending = (values: readonly string[]) =>
  Object.fromEntries(values.map((value, i) => [`tick${i}`, value]));
/** All offers of a card, ticked. */
const tick = (card: CardJson) => sending(offersOn(card));
/** What is ticked when the card is shown. */
const tickedOn = (card: CardJson): string[] => boxesOn(card).flatMap(({ value }) => value || []);

const movesOf = async (move: string) => (await all(bot, 'history')).filter((row) => row.move === move);

describe('the desk', () => {
  it('lists by urgency, each group under its name', async () => {
    await store({ firstDay: '2027-05-03' });
    await store({ firstDay: '2026-11-02' }, { state: 'approved' });
    await store({ firstDay: '2027-03-01' }, { since: '2026-10-01T08:00:00.000Z' });
    await store({ firstDay: '2026-11-27' });
    await store({ firstDay: '2026-11-20' });
    const at = '2026-11-20T08:00:00.000Z';
    const contradiction = { state: 'not-held', pupils: 0, by: zoe.aadObjectId, at } as const;
    const day = { firstDay: '2026-11-19', state: 'held', contradiction } as const;
    const contradicted = await store(day, { state: 'attended' });
    await bot.app.services.store.transact(async (tx) => {
      const action = anAction({ ...day, id: contradicted });
      await tx.put('engagements', { ...anEngagement(action, zoe.aadObjectId), state: 'attended' });
    });
    const first = await desk();
    const second = (await click(first, 'pending.page')).value;
    const said = textOf(first) + textOf(second);
    const groups = ['contradiction', 'near', 'past', 'late', 'unanswered', 'rest'].map((u) =>
      said.indexOf(says('fr', `pending.group.${u}`)),
    );
    expect(groups.every((at) => at > 0)).toBe(true);
    expect(groups).toEqual(groups.toSorted((a, b) => a - b));
    expect(said).toContain(says('fr', 'pending.contradicts', { name: zoe.name }));
    // The first row: the coordinator decides between both answers.
    const opened = (await click(first, 'outcome.open')).value;
    expect(hasButton(opened, 'outcome.settle')).toBe(true);
  });

  it('shows five a page, and its buttons keep the filter', async () => {
    for (let n = 0; n < 7; n++) await store({ firstDay: `2027-01-0${n + 1}` });
    await store({ places: 2, firstDay: '2027-02-01', lastDay: '2027-02-05' });
    const card = await desk();
    expect(textOf(card)).toContain('1 à 5 sur 8.');
    const choose = (await click(card, 'pending.chooseFilter')).value;
    const filtered = await click(choose, 'pending.filter', { byKind: 'classroom-talk', byMonth: '2027-01' });
    expect(textOf(filtered.value)).toContain('Seulement : Intervention en classe, janvier 2027.');
    expect(textOf(filtered.value)).toContain('1 à 5 sur 7.');
    const next = await click(filtered.value, 'pending.page', { page: 1 });
    expect(textOf(next.value)).toContain('6 à 7 sur 7.');
    expect(offersOn(await several(next.value as CardJson))).toHaveLength(7);
  });

  it.each([
    ['kind', { byKind: 'placement-3e' }, 'Stage de 3e'],
    ['académie', { byArea: '25' }, 'Versailles'],
    ['région académique', { byArea: 'Île-de-France' }, 'Région Île-de-France'],
    ['site', { bySite: 'issy' }, 'Issy-les-Moulineaux'],
    ['month, of each of its days', { byMonth: '2027-02' }, 'février 2027'],
  ])('is filtered by %s, and says so', async (_, inputs, named) => {
    await store({ firstDay: '2027-01-12' });
    const place = { site: 'issy', academies: ['25'] };
    await store({ ...place, places: 2, firstDay: '2027-01-29', lastDay: '2027-02-02' });
    const { value } = await bot.click(hugo, 'pending.filter', inputs);
    expect(textOf(value)).toContain(says('fr', 'pending.filter.shown', { what: named }));
    expect(textOf(value)).toContain('Stage de 3e');
    expect(textOf(value)).not.toContain('Intervention en classe, 4e');
  });

  it.each([
    'placement-9e|99|mars|2027-13',
    '|||',
    '<b>|||'.repeat(20),
  ])('shows everything for a filter that nobody knows: %s', async (filter) => {
    await store({ firstDay: '2027-01-12' });
    const { value } = await bot.click(hugo, 'pending.page', { page: 0, filter });
    expect(textOf(value)).toContain('1 demande à valider');
  });

  it('says that nothing waits with a filter, with the way back to everything', async () => {
    await store({ firstDay: '2027-01-12' });
    const { value } = await bot.click(hugo, 'pending.filter', { byMonth: '2027-09' });
    expect(textOf(value)).toContain(says('fr', 'pending.filter.none'));
    expect(textOf((await click(value, 'pending.page')).value)).toContain('1 demande à valider');
  });

  it('offers to decide on several only to those who may', async () => {
    await store({ createdBy: hugo.aadObjectId });
    await store({ firstDay: '2027-01-12' });
    expect(hasButton(await desk(), 'pending.several')).toBe(false);
    await store({ firstDay: '2027-01-13' });
    const card = await desk();
    expect(hasButton(card, 'pending.several')).toBe(true);
    expect(offersOn(await several(card))).toHaveLength(2);
  });
});

it('the heading counts what the pages count, and the lead says what it is', async () => {
  for (let n = 0; n < 6; n++) await store({ firstDay: `2027-01-0${n + 4}` });
  await store({ firstDay: '2026-11-02' }, { state: 'approved' });
  const said = textOf(await desk());
  expect(said).toContain(says('fr', 'pending.points', { count: 7 }));
  expect(said).toContain('1 à 5 sur 7.');
  expect(said).toContain(says('fr', 'pending.heading', { count: 6 }));
  expect(said).toContain(says('fr', 'pending.toConfirm', { count: 1 }));
});

describe('deciding on several offers at once', () => {
  it('begins where the list was', async () => {
    await store({ firstDay: '2027-01-01', createdBy: hugo.aadObjectId });
    for (let n = 1; n <= 19; n++) await store({ firstDay: `2027-02-${`${n}`.padStart(2, '0')}` });
    const pages = [];
    let card = await desk();
    for (;;) {
      pages.push(Number(formData(card, 'pending.several').page));
      if (!hasButton(card, 'pending.page') || pages.length === 4) break;
      const page = { page: pages.length };
      card = (await bot.click(hugo, 'pending.page', { ...formData(card, 'pending.page'), ...page })).value;
    }
    // Five a page, the first of them the coordinator's own: 0, 4, 9 and 14 offers come before.
    expect(pages).toEqual([0, 0, 1, 1]);
    const { id } = formData(card, 'approval.view') as { id: string };
    expect(offersOn(await several(card)).map((offer) => offer.split('|')[0])).toContain(id);
  });

  it('approves each by itself: a move, a message', async () => {
    const offers = [
      await offerTalk(bot, ines),
      await offerTalk(bot, ines, { level: '3e' }),
      await offerTalk(bot, zoe),
    ];
    const card = await several();
    const before = (await postsIn(bot, chatOf(ines))).length;
    const answer = await click(card, 'pending.approveSeveral', tick(card));
    expect(textOf(answer.value)).toContain('3 offres approuvées');
    const moves = await movesOf('approve');
    expect(moves.map((m) => m.actionId).sort()).toEqual(offers.sort());
    expect(moves.map((m) => m.by)).toEqual(Array(3).fill(hugo.aadObjectId));
    expect(await postsIn(bot, chatOf(ines))).toHaveLength(before + 2);
  });

  it.each([
    ['a Saturday', { firstDay: '2026-12-12' }, 'c’est un samedi'],
    ['a Sunday', { firstDay: '2026-12-13' }, 'pas de cours ce jour-là : dimanche'],
    ['a day in the holidays', { firstDay: '2026-12-24' }, 'Noël'],
    ['a school day', { firstDay: '2026-12-08' }, ''],
    ['days that are fine', { places: 2, firstDay: '2027-02-01', lastDay: '2027-02-05' }, ''],
  ])('an offer for %s says in its row what the calendar says', async (_, offer, said) => {
    await store(offer);
    await store({ firstDay: '2026-12-10' });
    const text = textOf(await several());
    if (said) expect(text).toContain(said);
    else expect(text).not.toMatch(/samedi|cours|vérifié|à vérifier/);
  });

  it('sent again changes nothing and says the same', async () => {
    await offerTalk(bot, ines);
    await offerTalk(bot, zoe);
    const card = await several();
    const data = formData(card, 'pending.approveSeveral', tick(card));
    const first = await bot.click(hugo, 'pending.approveSeveral', data);
    const again = await bot.click(hugo, 'pending.approveSeveral', data);
    expect(textOf(again.value)).toBe(textOf(first.value));
    expect(await movesOf('approve')).toHaveLength(2);
    const declined = await bot.click(hugo, 'pending.declineSeveral', { ...data, reason: 'Complet.' });
    expect(textOf(declined.value)).toContain('0 offre refusée');
    // Who sends a form of somebody else has decided on nothing.
    const stolen = await bot.click(louis, 'pending.approveSeveral', data);
    expect(textOf(stolen.value)).toContain('0 offre approuvée');
    expect(await movesOf('approve')).toHaveLength(2);
  });

  it('declines each with the one reason', async () => {
    await offerTalk(bot, ines);
    await offerTalk(bot, zoe);
    const card = await several();
    const reason = 'L’équipe est complète ce mois-ci.';
    const answer = await click(card, 'pending.declineSeveral', { ...tick(card), reason });
    expect(textOf(answer.value)).toContain('2 offres refusées');
    expect((await movesOf('decline')).map((m) => m.why)).toEqual([reason, reason]);
    expect(textOf((await postsIn(bot, chatOf(zoe))).at(-1))).toContain(reason);
  });

  it.each([
    ['no reason', '', 'Écrivez le motif'],
    ['a phone number in it', 'Appelez le 06 12 34 56 78.', 'information personnelle'],
  ])('with %s gives the form back, what was ticked still ticked', async (_, reason, said) => {
    await offerTalk(bot, ines);
    await offerTalk(bot, zoe);
    const card = await several();
    const answer = await click(card, 'pending.declineSeveral', { ...tick(card), reason });
    expect(textOf(answer.value)).toContain(said);
    expect(tickedOn(answer.value as CardJson)).toEqual(offersOn(card));
    expect(await movesOf('decline')).toEqual([]);
    const mended = await click(answer.value, 'pending.declineSeveral', { ...tick(card), reason: 'Complet.' });
    expect(textOf(mended.value)).toContain('2 offres refusées');
  });

  it('with nothing ticked asks for something', async () => {
    await offerTalk(bot, ines);
    await offerTalk(bot, zoe);
    const { value } = await click(await several(), 'pending.approveSeveral', { tick0: '', tick1: 'false' });
    expect(textOf(value)).toContain(says('fr', 'pending.several.tickSome'));
  });

  it('says of each that did not go why: own, broken, corrected, decided meanwhile', async () => {
    const own = await store({ createdBy: hugo.aadObjectId });
    const checked = { under: 'v', since: 'v', certainty: 'refused' } as const;
    const placement = { places: 2, firstDay: '2027-02-15', lastDay: '2027-02-19' };
    const broken = await store({ ...placement, checked });
    const corrected = await store({});
    const decided = await store({});
    const good = await store({});
    const card = await several();
    const since = '2026-11-22T08:00:00.000Z';
    await bot.click(louis, 'approval.approve', { id: decided });
    const stale = `${corrected}|2026-11-21T08:00:00.000Z`;
    const ticked = [stale, ...[own, broken, decided, good].map((id) => `${id}|${since}`)];
    const { value } = await click(card, 'pending.approveSeveral', sending(ticked));
    const said = textOf(value);
    expect(said).toContain('1 offre approuvée');
    expect(said).toContain('4 offres n’ont pas changé');
    for (const key of ['ownOffer', 'notPossible', 'corrected', 'decided'])
      expect(said).toContain(
        says('fr', `refusal.${key}.heading`, {
          number: numberOf({ notPossible: broken, corrected, decided }[key]),
        }),
      );
    expect((await movesOf('approve')).map((m) => m.actionId)).toEqual([decided, good]);
  });

  it('ticks all on request, but not what cannot be approved', async () => {
    await store({});
    await store({});
    await store({ checked: { under: 'v', since: 'v', certainty: 'refused' } });
    const card = await several();
    expect(tickedOn(card)).toEqual([]);
    const ticked = await bot.click(hugo, 'pending.several', formData(card, 'pending.several'));
    expect(tickedOn(ticked.value as CardJson)).toHaveLength(2);
  });

  it.each([
    ['a card of nobody’s', { tick0: 'x' }],
    ['no key', { formKey: '' }],
    ['a page that is none', { page: 'x' }],
  ])('refuses %s', async (_, inputs) => {
    await store({});
    await store({});
    const card = await several();
    const answer = await click(card, 'pending.approveSeveral', { ...tick(card), ...inputs });
    expect(answer.statusCode).toBe(400);
    expect(await movesOf('approve')).toEqual([]);
  });

  it('200 offers take fewer than 40 clicks, and nobody is told twice', async () => {
    for (let n = 0; n < 200; n++) await store({ firstDay: `2027-0${1 + (n % 6)}-12` });
    let clicks = 1;
    let card = await several();
    const press = async (verb: string, inputs: object) => {
      clicks += 1;
      card = (await click(card, verb, inputs)).value as CardJson;
    };
    await press('pending.several', {});
    while (findAction(card, 'pending.approveSeveral'))
      await press('pending.approveSeveral', sending(tickedOn(card)));
    expect(clicks).toBeLessThan(40);
    const approved = await movesOf('approve');
    expect(new Set(approved.map((m) => m.actionId)).size).toBe(200);
    expect(approved).toHaveLength(200);
    await bot.app.drain();
    const told = (await all(bot, 'outbox')).filter((m) => m.message === 'approval.told');
    expect(told).toHaveLength(200);
  });
});

const numberOf = (id = ''): string => String(Number(id.slice(3)));
