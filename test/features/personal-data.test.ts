import { findPersonalData } from '../../src/domain/personal-data/index.js';
import { personalDataKinds } from '../../src/domain/personal-data/kinds.js';
import { amy, type CardJson, formData, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import {
  all,
  faultsOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  offerTalk,
  period,
  placement,
  publishSession,
  says,
  startFast,
  talk,
  written,
} from '../support/flows.js';
import { sendersIn, textFields } from '../support/inputs.js';
import { ask, enterAndFind, entryInputs, noted } from '../support/register-flows.js';
import { realLog, tracesOf } from '../support/traces.js';

/** Scenario 10, and a text of each kind. */
const scenario10 = 'Léa, 06 12 34 56 78, PAI asthme';
const words = ['Léa', '06 12 34', 'asthme'];
const leaks = {
  phone: 'Joindre sa mère au 06 39 98 56 78',
  email: 'écrire à lea.fictive@example.org',
  'birth-date': 'née le 3 mai 2012',
  ine: 'INE 1234567890K',
  nir: '2 11 03 75 116 001 14',
  health: 'prévoir un fauteuil roulant',
  pupil: 'Tom (14 ans) viendra',
  teacher: 'vu avec Mme Spécimen',
  address: 'habite au 12 rue des Exemples',
  handle: 'son insta : tom_ex',
} satisfies Record<(typeof personalDataKinds)[number], string>;

const { log, text: logged } = realLog();
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ parts: { log }, settings: { maxOpenOffers: 500 } });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());
const traces = (...words: string[]) => tracesOf(words, logged(), bot.file);

async function approvedTalk(): Promise<string> {
  bot.setNow('2026-11-23T08:00:00.000Z');
  const id = await offerTalk(bot, ines);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  bot.setNow('2026-12-08T11:30:00.000Z');
  return id;
}
async function approvedPlacement(): Promise<string> {
  const { value } = await fill(bot, ines, 'accueillir', placement);
  const id = idIn(value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return id;
}
async function approvedPeriod(): Promise<string> {
  const { value } = await fill(bot, ines, 'proposer', { timing: 'availability', ...period, halfDays: 'am' });
  const id = idIn(value, 'mine.withdraw');
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  return id;
}
async function fixedDate(): Promise<string> {
  const form = await clicked(hugo, 'dates.open', { id: await approvedPeriod() }, inChannel);
  const day = { firstDay: '2027-01-12', from: '10:00', until: '11:00', school: 'Collège Jean-Fictif, Lyon' };
  await bot.click(hugo, 'dates.fix', formData(form, 'dates.fix', day), inChannel);
  return (await all(bot, 'actions')).find(({ availability }) => availability)?.id ?? '';
}
const said = async (who: typeof ines, command: string) => (await bot.say(who, command))[0] ?? {};
const clicked = async (who: typeof ines, verb: string, data: object, where = {}) =>
  (await bot.click(who, verb, data, where)).value;

/** Every card that people type a text into: how it is opened, by whom it is sent, and an answer that is accepted. */
interface Form {
  readonly template: string;
  readonly who: typeof ines;
  readonly where?: { readonly where: string };
  readonly filled: object;
  open(): Promise<CardJson>;
}
const forms: readonly Form[] = [
  { template: 'host-form', who: ines, filled: placement, open: () => said(ines, 'accueillir') },
  { template: 'volunteer-form', who: ines, filled: talk, open: () => said(ines, 'proposer') },
  {
    template: 'volunteer-form',
    who: ines,
    filled: {
      kind: 'careers-fair',
      level: '3e',
      academies: '10',
      firstDay: '2027-01-04',
      lastDay: '2027-03-26',
      halfDays: 'am',
    },
    open: async () => {
      const form = await said(ines, 'proposer');
      return clicked(ines, 'volunteer.timing', formData(form, 'volunteer.timing'));
    },
  },
  { template: 'publish-form', who: hugo, filled: { ...talk, seats: '2' }, open: () => said(hugo, 'publier') },
  {
    template: 'approval-request',
    who: hugo,
    where: inChannel,
    filled: {},
    open: async () => clicked(hugo, 'approval.view', { id: await offerTalk(bot, ines) }, inChannel),
  },
  ...(['decline', 'askChanges'] as const).map((move) => ({
    template: 'approval-text',
    who: hugo,
    where: inChannel,
    filled: {},
    open: async () => {
      const empty = { id: await offerTalk(bot, ines), reason: '', changes: '' };
      return clicked(hugo, `approval.${move}`, empty, inChannel);
    },
  })),
  {
    template: 'sessions-manage',
    who: hugo,
    where: inChannel,
    filled: {},
    open: async () => clicked(hugo, 'sessions.manage', { id: await publishSession(bot, hugo) }, inChannel),
  },
  {
    template: 'agreements-form',
    who: ines,
    filled: { filled: '1', agreements: '0' },
    open: async () => clicked(ines, 'agreements.open', { id: await approvedPlacement() }),
  },
  {
    template: 'dates-form',
    who: hugo,
    where: inChannel,
    filled: { firstDay: '2027-01-12', from: '10:00', until: '11:00', schools: '0699001J' },
    open: async () => clicked(hugo, 'dates.open', { id: await approvedPeriod() }, inChannel),
  },
  {
    template: 'dates-propose',
    who: ines,
    filled: {},
    open: async () => clicked(ines, 'dates.propose', { id: await fixedDate() }),
  },
  {
    template: 'pending-several',
    who: hugo,
    filled: { tick0: `${'0'.repeat(26)}|2026-11-23T08:00:00.000Z` },
    open: async () => {
      for (const level of ['4e', '3e']) await offerTalk(bot, ines, { level });
      return clicked(hugo, 'pending.several', { page: 0, filter: '', all: false });
    },
  },
  {
    template: 'outcome-form',
    who: ines,
    filled: { pupils: '28' },
    open: async () => clicked(ines, 'outcome.open', { id: await approvedTalk() }),
  },
  {
    template: 'amendments-form',
    who: hugo,
    filled: { subject: 'Un objectif', from: '2027-01-01', commitment: 'none', target: '', kinds: '' },
    open: () => clicked(hugo, 'amendments.draft', {}),
  },
  {
    template: 'amendments-signature',
    who: hugo,
    filled: { signers: 'Les deux directions', signedOn: '2026-11-20' },
    open: async () => {
      const form = await clicked(hugo, 'amendments.draft', {});
      const about = { subject: 'Un objectif', from: '2027-01-01', commitment: 'none', target: '', kinds: '' };
      const data = formData(form, 'amendments.save', about);
      await bot.click(hugo, 'amendments.save', data);
      return clicked(hugo, 'amendments.signature', { id: data.id });
    },
  },
  {
    template: 'deadlines-deadline',
    who: hugo,
    filled: { evidence: 'Bilan envoyé.' },
    open: async () => {
      const id = 'committee:2027-07-05';
      const card = await clicked(hugo, 'deadlines.view', { id });
      if (!hasButton(card, 'deadlines.undo')) return card;
      await bot.click(hugo, 'deadlines.undo', formData(card, 'deadlines.undo'));
      return clicked(hugo, 'deadlines.view', { id });
    },
  },
  {
    template: 'events-form',
    who: hugo,
    filled: { name: 'Semaine des métiers', firstDay: '2027-03-08', lastDay: '2027-03-12', communication: '' },
    open: () => clicked(hugo, 'events.create', {}),
  },
  {
    template: 'registers-form',
    who: hugo,
    filled: entryInputs.communication,
    open: () => clicked(hugo, 'registers.create', { kind: 'communication' }),
  },
  {
    template: 'registers-move',
    who: hugo,
    filled: noted,
    open: async () => ask(bot, hugo, await enterAndFind(bot, hugo, 'communication'), 'agree'),
  },
  {
    template: 'report-correction',
    who: hugo,
    filled: { state: 'held', pupils: '30', attended: ines.aadObjectId },
    open: async () => {
      const id = await approvedTalk();
      const form = await clicked(ines, 'outcome.open', { id });
      await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
      return clicked(hugo, 'report.correct', { id });
    },
  },
  {
    template: 'closing-reopen',
    who: hugo,
    filled: {},
    open: async () => {
      const card = await said(hugo, 'clôturer');
      if (hasButton(card, 'closing.close'))
        await bot.click(hugo, 'closing.close', formData(card, 'closing.close'));
      return clicked(hugo, 'closing.askReopen', { id: '2026-2027:1' });
    },
  },
];

/** What is typed here is looked for, and kept nowhere: a person's name is no fault in it. */
const searches = [
  ['search-results', 'words', 'search.find'],
  ['behalf-choose', 'name', 'behalf.choose'],
  // No button sends it: it is there to be copied.
  ['report-form-text', 'copied', 'report.formText'],
] as const;

describe('every text that can be typed into a card', () => {
  const tried: string[] = [];
  afterEach(() => bot.setNow('2026-11-23T08:00:00.000Z'));

  test.each(
    forms.map((form, i) => [`${form.template} (${i})`, form] as const),
  )('of %s is refused at its field with the reason, given back, and neither stored nor logged', async (_, {
    template,
    who,
    where,
    filled,
    open,
  }) => {
    const senders = sendersIn(await open()).filter(({ texts }) => texts.length > 0);
    expect(senders).not.toEqual([]);
    const before = await written(bot);
    for (const { verb, data, texts } of senders) {
      for (const field of texts) {
        tried.push(`${template} ${field}`);
        for (const [kind, text] of [['phone', scenario10], ...Object.entries(leaks)] as const) {
          const answer = await bot.click(who, verb, { ...data, ...filled, [field]: text }, where);
          const why = says('fr', 'form.personalData', { what: says('fr', `personalData.${kind}`) });
          expect([verb, field, faultsOf(answer.value)]).toEqual([
            verb,
            field,
            [{ text: `${why} ${says('fr', 'form.personalDataWhy')}`, before: field }],
          ]);
          expect(textOf(answer.value)).toContain(text);
        }
      }
    }
    expect(await written(bot)).toBe(before);
    expect(traces(...words, ...Object.values(leaks))).toEqual([]);
  });

  test('was tried: a field or a form that is new has to be added above', () => {
    const there = Object.entries(textFields()).flatMap(([template, ids]) =>
      ids.map((id) => `${template} ${id}`),
    );
    const searched = searches.map(([template, field]) => `${template} ${field}`);
    expect([...new Set(tried), ...searched].sort()).toEqual(there.sort());
  });

  test.each(searches)('of %s, %s, is looked for without a trace', async (_, field, verb) => {
    for (const text of [scenario10, ...Object.values(leaks)]) await bot.click(hugo, verb, { [field]: text });
    await bot.app.drain();
    expect(traces(...words, ...Object.values(leaks))).toEqual([]);
  });

  test.each(
    forms.map((form, i) => [`${form.template} (${i})`, form] as const),
  )('of %s leaves no trace when it comes where none is expected', async (_, { who, where, filled, open }) => {
    const [sender] = sendersIn(await open());
    for (const field of [...(sender?.others ?? []), 'unknown']) {
      const [own] = sendersIn(await open()).filter(({ verb }) => verb === sender?.verb);
      await bot.click(who, own?.verb ?? '', { ...own?.data, ...filled, [field]: scenario10 }, where);
    }
    await bot.app.drain();
    expect(traces(...words)).toEqual([]);
  });
});
test('the refusal is worded in the reader’s language', async () => {
  const { value } = await fill(bot, amy, 'proposer', { ...talk, remark: 'Call 06 12 34 56 78' });
  expect(faultsOf(value)[0]?.text).toContain(says('en', 'personalData.phone'));
});

test('a school’s functional mailbox is the school’s, nobody’s', async () => {
  const remark = 'Écrire à ce.0932030B@ac-creteil.fr';
  await fill(bot, ines, 'proposer', { ...talk, remark });
  expect((await all(bot, 'actions')).at(-1)).toMatchObject({ remark });
});

test('the texts tried are of the kind they are said to be', () => {
  expect(Object.entries(leaks).map(([, text]) => findPersonalData(text))).toEqual(Object.keys(leaks));
  expect(Object.keys(leaks).sort()).toEqual([...personalDataKinds].sort());
});
