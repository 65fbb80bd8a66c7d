/** What coordinators do in the registers, through the cards. */
import type { Entry } from '../../src/domain/registers/entry.js';
import type { EntryKind } from '../../src/domain/registers/kinds.js';
import type { EntryMove } from '../../src/domain/registers/table.js';
import { type CardJson, formData, type TestBot, type TestPerson } from './bot.js';
import { all } from './flows.js';

/** What a form of each kind is filled with. */
export const entryInputs: Record<EntryKind, Record<string, string>> = {
  committee: { title: 'Visioconférence', due: '2027-07-05', text: '' },
  communication: {
    title: 'Article sur le forum des métiers',
    party: 'company',
    day: '2026-11-20',
    due: '2026-12-10',
    text: '',
  },
  logo: { title: 'Logo du ministère sur l’affiche', party: 'company', day: '2026-11-20', due: '', text: '' },
  'formal-notice': { title: 'Logo sur une affiche', party: 'ministry', day: '2026-11-20', text: '' },
  tool: { title: 'Blog des stagiaires', due: '', collects: 'no', text: '' },
  termination: { title: '', party: 'ministry', day: '2026-11-20', due: '', text: '' },
  conciliation: { title: 'Lecture de l’article 2', party: 'company', day: '2026-11-20', due: '', text: '' },
};

/** Enters something in its register; gives the card that answers. */
export async function enter(
  bot: TestBot,
  who: TestPerson,
  kind: EntryKind,
  inputs: object = {},
): Promise<CardJson> {
  const form = (await bot.click(who, 'registers.create', { kind })).value;
  const data = formData(form, 'registers.save', { ...entryInputs[kind], ...inputs });
  return (await bot.click(who, 'registers.save', data)).value;
}

/** Everything that a move can note. */
export const noted = { day: '2026-11-21', office: 'Ministère, DGESCO', text: 'Courrier du 21 novembre.' };

/** Opens the form of a move, as somebody sees it now. */
export const ask = async (bot: TestBot, who: TestPerson, id: string, move: EntryMove): Promise<CardJson> =>
  (await bot.click(who, 'registers.ask', { id, move })).value;

/** Makes a move; gives the card that answers. */
export async function note(
  bot: TestBot,
  who: TestPerson,
  id: string,
  move: EntryMove,
  inputs: object = {},
): Promise<CardJson> {
  const data = formData(await ask(bot, who, id, move), 'registers.note', { ...noted, ...inputs });
  return (await bot.click(who, 'registers.note', data)).value;
}

/** Enters something; gives its id. */
export async function enterAndFind(
  bot: TestBot,
  who: TestPerson,
  kind: EntryKind,
  inputs: object = {},
): Promise<string> {
  const before = new Set((await all(bot, 'entries')).map(({ id }) => id));
  await enter(bot, who, kind, inputs);
  const added = (await all(bot, 'entries')).find(({ id }) => !before.has(id));
  if (!added) throw new Error(`no ${kind} was entered`);
  return added.id;
}

export const entryOf = async (bot: TestBot, id: string): Promise<Entry> => {
  const found = await bot.app.services.store.read((r) => r.get('entries', id));
  if (!found) throw new Error(`there is no entry ${id}`);
  return found;
};
