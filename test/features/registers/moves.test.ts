import type { EntryKind, EntryState } from '../../../src/domain/registers/kinds.js';
import { type EntryMove, formMoves, notesOf } from '../../../src/domain/registers/table.js';
import { formData, hugo, louis, type TestBot, textOf } from '../../support/bot.js';
import { lintCard } from '../../support/card-lint.js';
import { faultsOf, inputsOf, says, startFast } from '../../support/flows.js';
import { ask, enterAndFind, entryOf, note, noted } from '../../support/register-flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
  await bot.say(louis, 'aide');
});
afterAll(() => bot.close());

const fr = (key: string, params = {}) => says('fr', `registers.${key}`, params);
const sendNote = async (form: Parameters<typeof formData>[0], who = hugo, inputs: object = {}) =>
  (await bot.click(who, 'registers.note', formData(form, 'registers.note', { ...noted, ...inputs }))).value;

/** The lives of each kind, move by move, and the state that each leads to. */
const lives: readonly (readonly [EntryKind, object, readonly (readonly [EntryMove, EntryState])[]])[] = [
  [
    'committee',
    {},
    [
      ['hold', 'held'],
      ['receiveMinutes', 'minuted'],
      ['validateMinutes', 'validated'],
    ],
  ],
  [
    'communication',
    {},
    [
      ['agree', 'agreed'],
      ['publish', 'published'],
    ],
  ],
  [
    'logo',
    {},
    [
      ['refuse', 'refused'],
      ['abandon', 'abandoned'],
    ],
  ],
  ['formal-notice', {}, [['remedy', 'remedied']]],
  ['formal-notice', { day: '2026-11-03' }, [['lapse', 'lapsed']]],
  [
    'tool',
    { collects: 'yes' },
    [
      ['askClearance', 'asked'],
      ['denyClearance', 'not-cleared'],
      ['askClearance', 'asked'],
      ['signAmendment', 'asked'],
      ['clear', 'cleared'],
      ['use', 'in-use'],
      ['retire', 'retired'],
    ],
  ],
  ['termination', { day: '2026-05-01' }, [['takeEffect', 'effective']]],
  ['conciliation', {}, [['settle', 'settled']]],
  ['conciliation', {}, [['fail', 'failed']]],
];

it.each(lives)('a %s %j goes its way, and its card tells all of it', async (kind, inputs, moves) => {
  const id = await enterAndFind(bot, hugo, kind, inputs);
  for (const [move, state] of moves) {
    const form = await ask(bot, louis, id, move);
    expect(lintCard(form)).toEqual([]);
    const card = await sendNote(form, louis);
    expect(lintCard(card)).toEqual([]);
    expect((await entryOf(bot, id)).state).toBe(state);
    const said = textOf(card);
    for (const text of [fr('saved.moved'), fr(`state.${state}`), fr(`next.${state}`)])
      expect(said).toContain(text);
    expect(said).toContain(fr(`told.${move}`, { who: louis.name }));
    if (notesOf(move).office) expect(said).toContain('samedi 21 novembre 2026 · Ministère, DGESCO');
    expect(said).toContain(noted.text);
  }
  expect((await entryOf(bot, id)).history.map(({ move, by }) => [move, by])).toEqual([
    ['enter', hugo.aadObjectId],
    ...moves.map(([move]) => [move, louis.aadObjectId]),
  ]);
});

it('every move with a form is in one of these lives', () => {
  const lived = new Set(lives.flatMap(([, , moves]) => moves.map(([move]) => move)));
  expect([...lived].sort()).toEqual([...formMoves].sort());
});

describe('what a rule forbids', () => {
  it.each([
    ['communication', {}, [], 'publish', 'not-agreed'],
    ['logo', {}, [], 'publish', 'not-agreed'],
    ['logo', {}, ['refuse'], 'publish', 'not-agreed'],
    ['tool', {}, [], 'use', 'not-cleared'],
    ['tool', {}, ['askClearance'], 'use', 'not-cleared'],
    ['tool', { collects: 'yes' }, ['askClearance', 'clear'], 'use', 'no-amendment'],
    ['tool', {}, [], 'clear', 'not-asked'],
    ['tool', {}, [], 'signAmendment', 'nothing-collected'],
    ['committee', {}, [], 'receiveMinutes', 'not-held'],
    ['committee', {}, ['hold'], 'validateMinutes', 'no-minutes'],
    ['formal-notice', {}, [], 'lapse', 'not-over'],
    ['termination', {}, [], 'takeEffect', 'before-term'],
  ] as const)('a %s %j after %j: %s is not offered, and is refused by the rule', async (kind, inputs, before, move, because) => {
    const id = await enterAndFind(bot, hugo, kind, inputs);
    for (const made of before) await note(bot, hugo, id, made);
    const entry = await entryOf(bot, id);
    const day = { 'not-over': 'samedi 28 novembre 2026', 'before-term': 'jeudi 20 mai 2027' } as Record<
      string,
      string
    >;
    const rule = fr(`refused.${because}.what`, { day: day[because] ?? '' });
    const shown = await ask(bot, hugo, id, move);
    expect(faultsOf(shown)[0]?.text).toContain(rule);
    expect(JSON.stringify(shown)).not.toContain(`"move":"${move}"`);
    expect(lintCard(shown)).toEqual([]);
    // A form that was made up, or open for long.
    const data = {
      id,
      formKey: '01NEWF0RM00000000000000000',
      seen: entry.history.length + 1,
      move,
      ...noted,
    };
    const { value } = await bot.click(hugo, 'registers.note', data);
    expect(faultsOf(value)[0]?.text).toContain(rule);
    expect(inputsOf(value).text).toBe(noted.text);
    expect(await entryOf(bot, id)).toEqual(entry);
  });

  it.each([
    ['communication', 'agree', { day: '2026-11-19' }, 'day', 'refused.day-order.what'],
    ['communication', 'agree', { day: '2026-11-24' }, 'day', 'refused.day-ahead.what'],
    ['communication', 'agree', { day: '' }, 'day', 'missing.day-missing'],
    ['communication', 'agree', { office: ' ' }, 'office', 'missing.office-missing'],
    ['communication', 'agree', { office: 'Camille Exemple, DGESCO' }, 'office', 'refused.office-named.what'],
    ['communication', 'agree', { office: 'x'.repeat(121) }, 'office', 'form.tooLong'],
    ['communication', 'agree', { office: 'chef@education.example' }, 'office', 'form.personalData'],
    ['communication', 'agree', { text: 'Joindre au 06 12 34 56 78' }, 'text', 'form.personalData'],
    ['communication', 'agree', { day: 'hier' }, 'day', 'form.dayUnread'],
    ['communication', 'abandon', { text: '' }, 'text', 'missing.text-missing'],
    ['formal-notice', 'remedy', { text: '' }, 'text', 'missing.text-missing'],
  ] as const)('of a %s, %s with %j is told at %s, and what is typed stays', async (kind, move, inputs, field, key) => {
    const id = await enterAndFind(bot, hugo, kind);
    const entry = await entryOf(bot, id);
    const card = await note(bot, hugo, id, move, inputs);
    const [said = ''] = says('fr', key.startsWith('form.') ? key : `registers.${key}`).split('{{');
    expect(faultsOf(card)).toEqual([{ text: expect.stringContaining(said), before: field }]);
    const asked = Object.keys(notesOf(move));
    const typed = Object.entries({ ...noted, ...inputs }).filter(([name]) => asked.includes(name));
    expect(inputsOf(card)).toMatchObject(Object.fromEntries(typed));
    expect(lintCard(card)).toEqual([]);
    expect(await entryOf(bot, id)).toEqual(entry);
    // What was wrong is mended in the form that came back.
    expect(textOf(await sendNote(card))).toContain(fr('saved.moved'));
  });

  it('what a move does not note is not kept', async () => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const card = await note(bot, hugo, id, 'abandon', { office: 'Camille Exemple', day: '2027-01-01' });
    expect(textOf(card)).toContain(fr('state.abandoned'));
    const row = (await entryOf(bot, id)).history.at(-1);
    expect([row?.office, row?.day, row?.text]).toEqual([undefined, undefined, noted.text]);
  });
});

describe('two coordinators at once', () => {
  it('the second is told what the first has noted, with what they typed', async () => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const [agree, refuse] = [await ask(bot, hugo, id, 'agree'), await ask(bot, louis, id, 'refuse')];
    const cards = await Promise.all([sendNote(agree), sendNote(refuse, louis, { text: 'Le refus reçu.' })]);
    const entry = await entryOf(bot, id);
    expect(entry.history).toHaveLength(2);
    const isAgreed = entry.state === 'agreed';
    const late = cards[isAgreed ? 1 : 0];
    const [first, move] = isAgreed ? [hugo, 'agree'] : [louis, 'refuse'];
    expect(faultsOf(late)[0]?.text).toContain(fr('refused.moved.what'));
    expect(faultsOf(late)[0]?.text).toContain(fr(`told.${move}`, { who: first.name }).replace('.', ''));
    expect(inputsOf(late)).toMatchObject({ day: noted.day, office: noted.office });
  });

  it('an edit between a form and its sending is told, and the form can be sent again', async () => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const form = await ask(bot, hugo, id, 'agree');
    const edit = (await bot.click(louis, 'registers.edit', { id })).value;
    const change = { ...inputsOf(edit), title: 'Un autre article' };
    await bot.click(louis, 'registers.save', formData(edit, 'registers.save', change));
    const told = await sendNote(form);
    expect(faultsOf(told)[0]?.text).toContain(fr('refused.changed.what'));
    expect(faultsOf(told)[0]?.text).toContain(`${louis.name} a modifié l’objet`);
    expect(textOf(told)).toContain('Un autre article');
    expect((await entryOf(bot, id)).state).toBe('requested');
    await sendNote(told);
    expect((await entryOf(bot, id)).state).toBe('agreed');
  });

  it('the same form sent three times, also after a restart, is one move', async () => {
    const id = await enterAndFind(bot, hugo, 'logo');
    const form = await ask(bot, hugo, id, 'agree');
    const data = formData(form, 'registers.note', noted);
    const send = async () => textOf((await bot.click(hugo, 'registers.note', data)).value);
    const [one, two] = await Promise.all([send(), send()]);
    await bot.restart();
    expect([two, await send()]).toEqual([one, one]);
    expect((await entryOf(bot, id)).history).toHaveLength(2);
    // Nor does it work for somebody else.
    const { value } = await bot.click(louis, 'registers.note', data);
    expect(value).toMatchObject({ code: 'refusal.outdated' });
  });
});

it('a tool that may go live is put into use first of all, and one without its amendment waits for it', async () => {
  const id = await enterAndFind(bot, hugo, 'tool', { title: 'Plateforme de tutorat', collects: 'yes' });
  for (const move of ['askClearance', 'clear'] as const) await note(bot, hugo, id, move);
  const moves = async () => {
    const { actions } = (await bot.click(hugo, 'registers.view', { id })).value;
    return (actions as { verb: string; data: { move: EntryMove } }[])
      .filter(({ verb }) => verb === 'registers.ask')
      .map(({ data }) => data.move);
  };
  expect((await moves())[0]).toBe('signAmendment');
  expect(await moves()).not.toContain('use');
  await note(bot, hugo, id, 'signAmendment');
  expect((await moves()).slice(0, 2)).toEqual(['use', 'signAmendment']);
});
