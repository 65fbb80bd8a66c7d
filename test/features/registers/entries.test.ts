import { ownTool } from '../../../src/domain/registers/entry.js';
import { entryKinds, entryShapes } from '../../../src/domain/registers/kinds.js';
import {
  amy,
  type CardJson,
  formData,
  hugo,
  louis,
  person,
  type TestBot,
  textOf,
} from '../../support/bot.js';
import { lintCard } from '../../support/card-lint.js';
import { all, faultsOf, hasButton, inputsOf, says, startFast } from '../../support/flows.js';
import { ask, enter, enterAndFind, entryInputs, entryOf, note, noted } from '../../support/register-flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis, amy]);
  for (const who of [hugo, louis, amy]) await bot.say(who, 'aide');
});
afterAll(() => bot.close());

const fr = (key: string, params = {}) => says('fr', `registers.${key}`, params);
const view = async (id: string, who = hugo) => (await bot.click(who, 'registers.view', { id })).value;

describe('what is entered', () => {
  it.each(
    entryKinds,
  )('a %s is in its register with all that was said, and the card says what comes next', async (kind) => {
    const card = await enter(bot, hugo, kind, { text: 'Le courrier est dans le dossier.' });
    expect(lintCard(card)).toEqual([]);
    const { id } = formData(card, 'registers.edit') as { id: string };
    const entry = await entryOf(bot, id);
    const { text: _, collects, ...typed } = entryInputs[kind];
    const facts = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
    expect(entry).toMatchObject({ title: '', ...facts, kind, text: 'Le courrier est dans le dossier.' });
    expect(entry.collects).toBe(collects === undefined ? undefined : false);
    const by = { move: 'enter', from: 'none', by: hugo.aadObjectId, at: bot.now() };
    expect(entry.history).toEqual([expect.objectContaining(by)]);
    const said = textOf(card);
    expect(said).toContain(fr('saved.entered'));
    expect(said).toContain(fr(`state.${entry.state}`));
    expect(said).toContain(fr(`next.${entry.state}`));
    expect(said).toContain(fr('told.enter', { who: hugo.name }));
    const list = (await bot.click(hugo, 'registers.list', { id: entryShapes[kind].register })).value;
    expect(textOf(list)).toContain(fr(`state.${entry.state}`));
  });

  it.each(entryKinds)('a form for a %s without anything is given back with what is missing', async (kind) => {
    const before = await all(bot, 'entries');
    const form = (await bot.click(hugo, 'registers.create', { kind })).value;
    const empty = { title: '', party: '', day: '', due: '', collects: '', text: 'Ce qui est gardé.' };
    const { value } = await bot.click(hugo, 'registers.save', formData(form, 'registers.save', empty));
    const required = (['title', 'party', 'day', 'due', 'collects'] as const).filter(
      (field) => entryShapes[kind][field] === 'required',
    );
    expect(faultsOf(value)).toEqual(
      required.map((before) => ({ text: fr(`missing.${before}-missing`), before })),
    );
    expect(inputsOf(value).text).toBe('Ce qui est gardé.');
    expect(await all(bot, 'entries')).toEqual(before);
  });

  it.each([
    ['a phone number', 'title', { title: 'Joindre Léa au 06 12 34 56 78' }, 'form.personalData'],
    ['a pupil’s health', 'text', { text: 'Léa, PAI asthme' }, 'form.personalData'],
    ['121 characters', 'title', { title: 'é'.repeat(121) }, 'form.tooLong'],
    ['501 characters', 'text', { text: 'é'.repeat(501) }, 'form.tooLong'],
    ['a third party', 'party', { party: 'neighbour' }, 'registers.missing.party-missing'],
    ['an object for a party', 'party', { party: { value: 'company' } }, 'registers.missing.party-missing'],
    ['no day', 'day', { day: 'bientôt' }, 'form.dayUnread'],
    ['tomorrow', 'day', { day: '2026-11-24' }, 'registers.refused.day-ahead.what'],
    ['a day of 2206', 'due', { due: '2206-12-10' }, 'registers.refused.too-far.what'],
    ['an object for a text', 'text', { text: { a: 1 } }, 'form.unread'],
  ])('%s is refused at %s, and nothing is kept but what is typed', async (_, field, inputs, key) => {
    const before = await all(bot, 'entries');
    const card = await enter(bot, hugo, 'communication', inputs);
    const [said = ''] = says('fr', key).split('{{');
    expect(faultsOf(card)).toEqual([{ text: expect.stringContaining(said), before: field }]);
    expect(lintCard(card)).toEqual([]);
    expect(inputsOf(card)).toMatchObject({ ...entryInputs.communication, ...shownOf(inputs) });
    expect(await all(bot, 'entries')).toEqual(before);
  });

  it('a termination before its six months is refused with the day on which it may take effect', async () => {
    const card = await enter(bot, hugo, 'termination', { day: '2026-08-31', due: '2027-02-27' });
    const rule = fr('refused.before-term.what', { day: 'dimanche 28 février 2027' });
    expect(faultsOf(card)).toEqual([{ text: expect.stringContaining(rule), before: 'due' }]);
    expect(textOf(await enter(bot, hugo, 'termination', { day: '2026-08-31' }))).toContain(
      'Effet au plus tôt le dimanche 28 février 2027, dans 97 jours.',
    );
  });

  it('what people type is shown as they typed it', async () => {
    const title = '# *Affiche* [ici](https://example.org) <b>x</b>';
    const id = await enterAndFind(bot, hugo, 'logo', { title, text: '**gras**' });
    const card = await view(id);
    expect(textOf(card)).toContain('\\# \\*Affiche\\* \\[ici\\]\\(https://example.org\\) \\<b\\>x\\</b\\>');
    expect(lintCard(card)).toEqual([]);
    expect((await entryOf(bot, id)).title).toBe(title);
  });

  it('the same form sent again enters nothing more, and another person’s form is none of theirs', async () => {
    const form = (await bot.click(hugo, 'registers.create', { kind: 'tool' })).value;
    const data = formData(form, 'registers.save', { ...entryInputs.tool, title: 'Une seule fois' });
    const [first, second] = await Promise.all([
      bot.click(hugo, 'registers.save', data),
      bot.click(hugo, 'registers.save', data),
    ]);
    expect(textOf(first.value)).toBe(textOf(second.value));
    const third = await bot.click(louis, 'registers.save', data);
    expect(third.value).toMatchObject({ code: 'refusal.outdated' });
    expect((await all(bot, 'entries')).filter(({ title }) => title === 'Une seule fois')).toHaveLength(1);
  });
});

/** What the inputs show of what was typed: nothing of what is no text. */
const shownOf = (inputs: object) =>
  Object.fromEntries(
    Object.entries(inputs).map(([field, value]) => [field, typeof value === 'string' ? value : '']),
  );

describe('an edit', () => {
  it('changes what is said, and the history says of what', async () => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const form = (await bot.click(louis, 'registers.edit', { id })).value;
    expect(inputsOf(form)).toMatchObject(entryInputs.communication);
    const change = { ...inputsOf(form), title: 'Article de juin', due: '' };
    const card = (await bot.click(louis, 'registers.save', formData(form, 'registers.save', change))).value;
    expect(await entryOf(bot, id)).toMatchObject({ title: 'Article de juin', state: 'requested' });
    expect(await entryOf(bot, id)).not.toHaveProperty('due');
    expect(textOf(card)).toContain(fr('told.edit', { who: louis.name, what: 'l’objet et l’échéance' }));
  });

  it('that changes nothing leaves no trace', async () => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const before = await entryOf(bot, id);
    const form = (await bot.click(louis, 'registers.edit', { id })).value;
    const data = formData(form, 'registers.save', inputsOf(form));
    expect(textOf((await bot.click(louis, 'registers.save', data)).value)).toContain(fr('saved.unchanged'));
    expect(await entryOf(bot, id)).toEqual(before);
  });

  it('of what the other party has agreed to is refused with the rule', async () => {
    const id = await enterAndFind(bot, hugo, 'logo');
    const form = (await bot.click(hugo, 'registers.edit', { id })).value;
    await note(bot, louis, id, 'agree');
    const refused = (await bot.click(hugo, 'registers.edit', { id })).value;
    expect(faultsOf(refused)[0]?.text).toContain(fr('refused.agreed-as-is.what'));
    expect(hasButton(refused, 'registers.edit')).toBe(false);
    // The form was open before.
    const typed = { ...inputsOf(form), title: 'Un autre logo' };
    const late = (await bot.click(hugo, 'registers.save', formData(form, 'registers.save', typed))).value;
    expect(faultsOf(late)[0]?.text).toContain(fr('refused.agreed-as-is.what'));
    expect(inputsOf(late).title).toBe('Un autre logo');
    expect((await entryOf(bot, id)).title).toBe(entryInputs.logo.title);
  });

  it('that crosses another is told what the other was, and is stored when it is sent again', async () => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const open = async () => (await bot.click(hugo, 'registers.edit', { id })).value;
    const [mine, theirs] = [await open(), (await bot.click(louis, 'registers.edit', { id })).value];
    const send = async (form: CardJson, who: typeof hugo, inputs: object) =>
      (
        await bot.click(
          who,
          'registers.save',
          formData(form, 'registers.save', { ...inputsOf(form), ...inputs }),
        )
      ).value;
    await send(theirs, louis, { due: '2027-01-15' });
    const crossed = await send(mine, hugo, { title: 'Article de juin' });
    expect(faultsOf(crossed)[0]?.text).toContain(fr('refused.changed.what'));
    expect(faultsOf(crossed)[0]?.text).toContain(`${louis.name} a modifié l’échéance`);
    expect(inputsOf(crossed).title).toBe('Article de juin');
    expect(await entryOf(bot, id)).toMatchObject({
      due: '2027-01-15',
      title: entryInputs.communication.title,
    });
    await send(crossed, hugo, {});
    expect(await entryOf(bot, id)).toMatchObject({ due: '2026-12-10', title: 'Article de juin' });
  });

  it('does not make a tool in use collect personal data without its amendment', async () => {
    const id = await enterAndFind(bot, hugo, 'tool');
    for (const move of ['askClearance', 'clear', 'use'] as const) await note(bot, hugo, id, move);
    const form = (await bot.click(hugo, 'registers.edit', { id })).value;
    const data = formData(form, 'registers.save', { ...inputsOf(form), collects: 'yes' });
    const { value } = await bot.click(hugo, 'registers.save', data);
    expect(faultsOf(value)).toEqual([
      { text: expect.stringContaining(fr('refused.no-amendment.what')), before: 'collects' },
    ]);
    expect((await entryOf(bot, id)).collects).toBe(false);
  });
});

describe('Passerelle itself', () => {
  it('is the first row of the tools, before anybody has entered anything, and moves like any other', async () => {
    const fresh = await startFast();
    try {
      await fresh.setUp([hugo]);
      const list = (await fresh.click(hugo, 'registers.list', { id: 'tools' })).value;
      expect(textOf(list)).toContain(`Passerelle | ${fr('kind.tool')} | ${fr('state.listed')}`);
      expect(textOf((await fresh.say(hugo, 'registres'))[0])).toContain(fr('waiting', { count: 1 }));
      expect(await all(fresh, 'entries')).toEqual([]);
      const use = await ask(fresh, hugo, ownTool.id, 'use');
      expect(faultsOf(use)[0]?.text).toContain(fr('refused.not-cleared.what'));
      for (const move of ['askClearance', 'clear', 'use'] as const) await note(fresh, hugo, ownTool.id, move);
      expect(await all(fresh, 'entries')).toEqual([
        expect.objectContaining({ id: ownTool.id, title: 'Passerelle', state: 'in-use' }),
      ]);
      await fresh.restart();
      const after = (await fresh.click(hugo, 'registers.list', { id: 'tools' })).value;
      expect(textOf(after).match(/Passerelle \|/g)).toHaveLength(1);
      expect(textOf(after)).toContain(fr('state.in-use'));
    } finally {
      await fresh.close();
    }
  });
});

it('somebody who left is still named by what they noted', async () => {
  const gone = person('Nour Modèle');
  await bot.setUp([hugo, louis, amy, gone]);
  const id = await enterAndFind(bot, gone, 'logo', { text: noted.text });
  await bot.setUp([hugo, louis, amy]);
  expect(textOf(await view(id))).toContain(fr('told.enter', { who: gone.name }));
});
