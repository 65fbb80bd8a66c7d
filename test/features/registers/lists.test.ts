import { ownTool } from '../../../src/domain/registers/entry.js';
import { kindsOf, registers } from '../../../src/domain/registers/kinds.js';
import { amy, type CardJson, formData, hugo, louis, type TestBot, textOf } from '../../support/bot.js';
import { lintCard } from '../../support/card-lint.js';
import { all, inputsOf, says, startFast } from '../../support/flows.js';
import { enterAndFind, entryOf, note } from '../../support/register-flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis, amy]);
  for (const who of [hugo, louis, amy]) await bot.say(who, 'aide');
});
afterAll(() => bot.close());

const fr = (key: string, params = {}) => says('fr', `registers.${key}`, params);

describe('the lists', () => {
  it.each([
    ['fr', hugo, 'registres'],
    ['fr', hugo, 'outils'],
    ['en', amy, 'registers'],
    ['en', amy, 'communications'],
  ] as const)('in %s, “%s” writes %s and sees the five registers', async (lang, who, command) => {
    const [card = {}] = await bot.say(who, command);
    for (const register of registers)
      expect(textOf(card)).toContain(says(lang, `registers.name.${register}`));
    expect(lintCard(card)).toEqual([]);
    expect(textOf((await bot.click(who, 'registers.open')).value)).toBe(textOf(card));
  });

  it('what waits comes first, the nearest day before all, four a page; then the rest', async () => {
    const fresh = await startFast();
    try {
      await fresh.setUp([hugo]);
      const titles = ['Sans date', 'Mars', 'Janvier', 'Refusée', 'Février', 'Décembre'];
      const due = {
        Mars: '2027-03-01',
        Janvier: '2027-01-04',
        Février: '2027-02-01',
        Décembre: '2026-12-01',
      };
      for (const title of titles) {
        const day = (due as Record<string, string>)[title] ?? '';
        const id = await enterAndFind(fresh, hugo, 'communication', { title, due: day });
        if (title === 'Refusée') await note(fresh, hugo, id, 'refuse');
      }
      const shown = async (page: number) => {
        const card = (await fresh.click(hugo, 'registers.list', { id: 'communications', page })).value;
        expect(lintCard(card)).toEqual([]);
        const said = textOf(card);
        return titles
          .filter((title) => said.includes(`| ${title} |`))
          .sort((a, b) => said.indexOf(`| ${a} |`) - said.indexOf(`| ${b} |`));
      };
      expect(await shown(0)).toEqual(['Décembre', 'Janvier', 'Février', 'Mars']);
      expect(await shown(1)).toEqual(['Sans date', 'Refusée']);
      expect(await shown(9)).toEqual(['Sans date', 'Refusée']);
      const menu = textOf((await fresh.say(hugo, 'registres'))[0]);
      expect(menu).toContain(
        `${fr('waiting', { count: 5 })} | ${fr('due.communication', { day: 'mardi 1er décembre 2026', left: 'dans 8 jours' })}`,
      );
    } finally {
      await fresh.close();
    }
  });

  it.each([
    ['registers.list', { id: 'gossip' }],
    ['registers.view', { id: '01N0TTHERE0000000000000000' }],
    ['registers.view', { id: '../entries' }],
    ['registers.create', { kind: 'toString' }],
    ['registers.ask', { id: ownTool.id, move: 'enter' }],
    ['registers.ask', { id: ownTool.id, move: 'constructor' }],
    ['registers.edit', { id: '01N0TTHERE0000000000000000' }],
  ])('%s with %j is refused', async (verb, data) => {
    const { value } = await bot.click(hugo, verb, data);
    expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
  });

  it.each([
    [{ kind: 'logo' }],
    [{ id: '01N0TTHERE0000000000000000', seen: 3 }],
    [{ seen: 'soon' }],
    [{ formKey: 'x' }],
  ])('a form of another entry, or of none, is refused: %j', async (forged) => {
    const id = await enterAndFind(bot, hugo, 'communication');
    const before = await all(bot, 'entries');
    const form = (await bot.click(hugo, 'registers.edit', { id })).value;
    const data = formData(form, 'registers.save', { ...inputsOf(form), title: 'Autre', ...forged });
    expect((await bot.click(hugo, 'registers.save', data)).value).toMatchObject({ code: 'refusal.outdated' });
    expect(await all(bot, 'entries')).toEqual(before);
  });
});

it('ten thousand entries are counted, listed and moved', async () => {
  const fresh = await startFast();
  try {
    await fresh.setUp([hugo]);
    const id = await enterAndFind(fresh, hugo, 'communication');
    const entry = await entryOf(fresh, id);
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      ...entry,
      id: `01MANY${String(i).padStart(20, '0')}`,
      state: i % 2 ? ('requested' as const) : ('published' as const),
    }));
    await fresh.app.services.store.transact(async (tx) => {
      for (const one of many) await tx.add('entries', one);
    });
    const menu = textOf((await fresh.say(hugo, 'registres'))[0]);
    expect(menu).toContain(fr('waiting', { count: 5_001 }));
    const last = (await fresh.click(hugo, 'registers.list', { id: 'communications', page: 90_000 })).value;
    expect(textOf(last)).toContain(fr('latest', { count: 400 }));
    expect(lintCard(last)).toEqual([]);
    expect(textOf(await note(fresh, hugo, id, 'agree'))).toContain(fr('state.agreed'));
  } finally {
    await fresh.close();
  }
});

it('every kind can be entered from its register', async () => {
  for (const register of registers) {
    const list = (await bot.click(hugo, 'registers.list', { id: register })).value;
    const kinds = (list.actions as CardJson[]).flatMap(({ verb, data }) =>
      verb === 'registers.create' ? (data as { kind: string }).kind : [],
    );
    expect(kinds).toEqual(kindsOf(register));
  }
});
