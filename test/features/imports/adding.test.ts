import { recount } from '../../../src/domain/engagements/tally.js';
import {
  amy,
  type CardJson,
  findAction,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../../support/bot.js';
import { lintCard } from '../../support/card-lint.js';
import { countUnder } from '../../support/counting.js';
import { drop, type FileHost, startFileHost } from '../../support/dropped-files.js';
import {
  all,
  chatOf,
  errorText,
  fill,
  hasButton,
  lastPostIn,
  says,
  shownIn,
  startFast,
  tidy,
  urlsIn,
} from '../../support/flows.js';
import { aLine, aPlacementLine, type FileLine, toCsv } from '../../support/import-files.js';
import { readRecords } from '../../support/records.js';
import { rosterOf } from '../../support/roster.js';

let host: FileHost;
let bot: TestBot;
beforeAll(async () => {
  host = await startFileHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  bot = await startFast({ parts: { fetchFile: host.fetchFile } });
  await bot.setUp([hugo, louis, amy]);
  await bot.say(ines, 'aide');
});
afterEach(() => bot.close());

const give = async (lines: readonly FileLine[], who = hugo, name = 'engagements.csv') => {
  const cards = await drop(bot, who, name, host.keep(toCsv(lines)));
  return cards.at(-1) ?? {};
};
const click = async (who: TestPerson, card: CardJson, verb: string, options = {}) =>
  bot.click(who, verb, formData(card, verb), options);
/** Drops a file, agrees, and gives the card that answers. */
async function importAll(lines: readonly FileLine[], who = hugo) {
  const { value: asked } = await click(who, await give(lines, who), 'imports.ask');
  return (await click(who, asked, 'imports.add')).value;
}
/** The facts of a card, by their titles. */
const factsIn = (card: CardJson): Record<string, string> => {
  const sets = (card.body as CardJson[]).filter(({ type }) => type === 'FactSet');
  const facts = sets.flatMap((set) => set.facts as { title: string; value: string }[]);
  return Object.fromEntries(facts.map(({ title, value }) => [title, value]));
};
/** Everything that counts or is shown; not the checks of files. */
const counted = async () =>
  JSON.stringify(
    await Promise.all(
      (['actions', 'engagements', 'history', 'tallies', 'counters'] as const).map((kind) => all(bot, kind)),
    ),
  );
const runJob = () => bot.app.runJob('imports', { dryRun: false });
const progressOf = async (who = ines) => textOf((await bot.say(who, 'progression'))[0]);

/** The figures that are kept must equal those counted again from the records. */
async function expectRecounted() {
  const { convention } = bot.app.services;
  const tallies = new Map((await all(bot, 'tallies')).map((tally) => [tally.id, tally]));
  const counted = recount(await all(bot, 'actions'), await all(bot, 'engagements'), countUnder(convention));
  expect(tallies).toEqual(counted.tallies);
}
/** Enough that an answer does not wait for all of it. */
const many = Array.from({ length: 320 }, (_, i) =>
  aLine({ employee: `Prénom Nom${i % 40}`, reference: `R${i}`, firstDay: `1${i % 4}/11/2026` }),
);

it('a file is checked first: what it would add is said, and nothing is written', async () => {
  const before = await counted();
  const card = await give([aLine(), aPlacementLine(), aLine({ firstDay: '12/03/2025' })]);
  expect(textOf(card)).toContain('3 engagements à ajouter');
  expect(textOf(card)).not.toContain('déjà');
  expect(textOf(card)).toContain('2024-2025 : 1, 2025-2026 : 2');
  const { value: asked } = await click(hugo, card, 'imports.ask');
  expect(textOf(asked)).toContain('Ajouter 3 engagements ?');
  expect(await counted()).toBe(before);
  for (const shown of [card, asked]) expect(lintCard(shown)).toEqual([]);
});

it('once agreed, all of it is there: for its people, in the figures, in the search, with who imported it', async () => {
  const report = textOf((await bot.say(hugo, 'bilan'))[0]);
  expect(report).not.toContain('3 actions tenues');
  const done = await importAll([
    aLine({ firstDay: '12/11/2026' }),
    aPlacementLine({ firstDay: '16/11/2026', lastDay: '20/11/2026', employee: 'Nina Nouvelle' }),
    aLine({ firstDay: '13/11/2026', reference: 'x', employee: 'Nino Nouveau' }),
    aLine({ firstDay: '13/11/2026', reference: 'x' }),
  ]);
  expect(textOf(done)).toContain('4 engagements importés');
  await expectRecounted();
  expect(await progressOf()).toContain('3 personnes mobilisées sur 10');
  expect(textOf((await bot.say(ines, 'mes engagements'))[0])).toContain('Intervention en classe');
  // The figures that were shown before are not shown again.
  expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('3 actions');
  const [found = {}] = await bot.say(hugo, 'rechercher Nina Nouvelle');
  expect(textOf(found)).toContain('Stage de 3e, 2 places');
  const [action] = await all(bot, 'actions');
  const { value: story } = await bot.click(hugo, 'story.view', { id: action?.id, page: 0 });
  expect(textOf(story)).toContain('Hugo Témoin a importé cette action d’un fichier. | « engagements.csv »');
  const { value: shown } = await bot.click(hugo, 'approval.view', { id: action?.id });
  expect(textOf(shown)).toContain('Tenue');
  expect(textOf((await bot.say(hugo, 'importer'))[0])).toContain(
    'Hugo Témoin : 4 engagements de engagements.csv',
  );
  expect(await all(bot, 'imports')).toMatchObject([
    { by: hugo.aadObjectId, fileName: 'engagements.csv', engagements: 4, actions: 3, state: 'added' },
  ]);
  expect(lintCard(done)).toEqual([]);
});

it('an event that coordinators have added is known in a file too', async () => {
  const form = (await bot.click(hugo, 'events.create')).value;
  const inputs = {
    name: 'Nuit des métiers',
    firstDay: '2026-11-17',
    lastDay: '2026-11-18',
    communication: '',
  };
  await bot.click(hugo, 'events.save', formData(form, 'events.save', inputs));
  await importAll([aLine({ event: 'Nuit des métiers' })]);
  const [added] = await all(bot, 'events');
  expect((await all(bot, 'actions')).map(({ event }) => event)).toEqual([added?.event.id]);
});

it('every imported action is shown by whatever shows requests', async () => {
  await importAll([
    aLine({ reference: 'x' }),
    aLine({ reference: 'x', employee: 'Nino Nouveau' }),
    aPlacementLine({ reference: 'y' }),
    aPlacementLine({ reference: 'y', employee: 'Nino Nouveau' }),
    aLine({ kind: 'Forum des métiers', level: '', academie: 'Lyon', school: '', event: 'worldskills' }),
  ]);
  const [found = {}] = await bot.say(hugo, 'rechercher mars 2026');
  const rows = [
    ...JSON.stringify(found).matchAll(/"verb":"(approval|sessions)\.view","data":\{"id":"(\w+)"/g),
  ];
  expect(new Set(rows.map(([, , id]) => id)).size).toBe(3);
  for (const [, feature, id] of rows) {
    const { statusCode, value } = await bot.click(hugo, `${feature}.view`, { id });
    expect(statusCode).toBe(200);
    expect(textOf(value)).toContain('Inès Exemple');
  }
  expect((await bot.click(ines, 'mine.open')).statusCode).toBe(200);
  expect((await bot.say(hugo, 'agenda')).length).toBe(1);
});

it('the report that is opened afterwards is that of the imported year, the latest of several', async () => {
  bot.setNow('2027-07-05T09:00:00.000Z');
  const done = await importAll([aLine({ firstDay: '10/03/2026' }), aLine({ firstDay: '12/03/2025' })]);
  const report = textOf((await click(hugo, done, 'report.open')).value);
  expect(report).toContain('Année scolaire 2025-2026');
  expect(report).toContain('1 | action tenue');
});

describe('a year that is closed', () => {
  const openClosing = async () => (await bot.click(hugo, 'closing.open', { from: '2026-09-01' })).value;
  const close = async () => click(hugo, await openClosing(), 'closing.close');
  const reopen = async () => {
    const { value: form } = await click(hugo, await openClosing(), 'closing.askReopen');
    await bot.click(hugo, 'closing.reopen', formData(form, 'closing.reopen', { reason: 'Un oubli.' }));
  };
  /** The cards of a check, of the question, and of the result. */
  const shown = async () => {
    const card = await give([aLine({ firstDay: '12/11/2026' }), aLine({ firstDay: '12/03/2026' })]);
    const { value: asked } = await click(hugo, card, 'imports.ask');
    return [card, asked, (await click(hugo, asked, 'imports.add')).value];
  };
  const closed = 'le bilan est déjà clôturé';

  it('is named before one agrees and afterwards: its lines stand beside the closed figures', async () => {
    await close();
    bot.setNow('2026-11-24T09:00:00.000Z');
    for (const card of await shown()) {
      expect(textOf(card)).toContain(
        `Année scolaire 2026-2027 : ${closed} (version 1, lundi 23 novembre 2026 à `,
      );
      expect(textOf(card)).toContain('« après la clôture », tant que l’année n’est pas rouverte');
      expect(textOf(card)).not.toContain(`2025-2026 : ${closed}`);
      expect(lintCard(card)).toEqual([]);
    }
    expect(textOf((await bot.say(hugo, 'bilan'))[0])).toContain('Après la clôture : 1 ligne');
  });

  it('is not named once it is reopened, nor if it was closed after the import', async () => {
    await close();
    bot.setNow('2026-11-24T09:00:00.000Z');
    await reopen();
    const cards = await shown();
    for (const card of cards) expect(textOf(card)).not.toContain(closed);
    bot.setNow('2026-11-25T09:00:00.000Z');
    await close();
    const [added] = await all(bot, 'imports');
    const { value: later } = await bot.click(hugo, 'imports.show', { id: added?.id });
    expect(textOf(later)).toContain('2 engagements importés');
    expect(textOf(later)).not.toContain(closed);
  });
});

it('the same file again adds nothing, nor does the button twice', async () => {
  const { value: asked } = await click(hugo, await give([aLine(), aPlacementLine()]), 'imports.ask');
  const twice = await Promise.all([
    click(hugo, asked, 'imports.add'),
    click(hugo, asked, 'imports.add'),
    click(louis, asked, 'imports.add'),
  ]);
  expect(twice.map(({ value }) => textOf(value).includes('2 engagements importés'))).toContain(true);
  expect([(await all(bot, 'actions')).length, (await all(bot, 'engagements')).length]).toEqual([2, 2]);
  await expectRecounted();
  const before = await counted();
  const again = await give([aPlacementLine(), aLine({ employee: 'exemple INÈS' })]);
  expect(textOf(again)).toContain('Tout est déjà dans Passerelle');
  expect(hasButton(again, 'imports.ask')).toBe(false);
  expect(await counted()).toBe(before);
  // A file with more adds only what is new.
  expect(textOf(await give([aLine(), aLine({ firstDay: '13/03/2026' })]))).toContain(
    '1 engagement à ajouter',
  );
});

it('the same message that comes again is the same check', async () => {
  const url = host.keep(toCsv([aLine()]));
  const ids = [];
  for (let n = 0; n < 2; n++) {
    const [card = {}] = await drop(bot, hugo, 'a.csv', url, { id: 'same-1' });
    ids.push((formData(card, 'imports.ask') as { id: string }).id);
  }
  expect(ids[0]).toBe(ids[1]);
  expect(await all(bot, 'imports')).toHaveLength(1);
});

it('a file with a fault adds nothing of it, and lists all, by page and as CSV', async () => {
  const before = await counted();
  const days = ['09', '10', '11', '12', '13', '16'];
  const wrong = days.map((day) => aLine({ firstDay: `${day}/03/2026`, pupils: '=SUM(A1)' }));
  const card = await give([aLine({ firstDay: '20/03/2026' }), ...wrong]);
  expect(textOf(card)).toContain('6 points à corriger, rien n’est ajouté');
  expect(textOf(card)).toContain('Ligne 3 · Élèves | « =SUM(A1) » n’est pas un nombre entier en chiffres.');
  expect(textOf(card)).not.toContain('Ligne 8');
  expect(hasButton(card, 'imports.ask')).toBe(false);
  const { value: next } = await click(hugo, card, 'imports.show');
  expect(textOf(next)).toContain('Ligne 8 · Élèves');
  const csv = await (await fetch(urlsIn(card)[0] ?? '', { method: 'POST' })).text();
  expect(csv.split('\r\n')).toHaveLength(8);
  expect(csv).toContain('3;Élèves;À corriger;');
  const { id } = (await all(bot, 'imports'))[0] ?? {};
  for (const verb of ['imports.add', 'imports.ask']) await bot.click(hugo, verb, { id });
  expect(await counted()).toBe(before);
});

it('what is refused is neither kept nor told', async () => {
  await give([aLine({ remark: 'Léa, 06 12 34 56 78, PAI asthme', kind: 'lea@gmail.com' })]);
  await bot.restart();
  expect(JSON.stringify(readRecords(bot.file))).not.toMatch(/Léa|06 12 34|gmail/);
  expect(JSON.stringify(bot.connector.posts)).not.toMatch(/Léa|06 12 34|gmail/);
});

describe('a long file', () => {
  let progress: CardJson;
  let on: string;
  beforeEach(async () => {
    const card = await give(many);
    on = bot.connector.posts.at(-1)?.activityId ?? '';
    const { value: asked } = await click(hugo, card, 'imports.ask', { on });
    progress = (await click(hugo, asked, 'imports.add', { on })).value;
  });

  it('is added by a job, which goes on after a restart; until it is done, nothing of it exists', async () => {
    expect(textOf(progress)).toContain('320 engagements en cours d’ajout');
    expect(lintCard(progress)).toEqual([]);
    const onDisk = () => Object.keys(readRecords(bot.file).actions ?? {}).length;
    expect(onDisk()).toBeGreaterThan(200);
    expect([(await all(bot, 'actions')).length, (await all(bot, 'tallies')).length]).toEqual([0, 0]);
    expect(await progressOf()).toContain('0 personne mobilisée sur 10');
    expect(textOf((await bot.say(hugo, 'rechercher novembre 2026'))[0])).toContain('0 demande');
    expect(textOf((await bot.say(hugo, 'rechercher 1'))[0])).toContain('0 demande');
    await bot.restart();
    expect(onDisk()).toBe(320);
    expect(await progressOf()).toContain('40 personnes mobilisées sur 10');
    await expectRecounted();
  });

  it('shows how far it is where it was begun, and tells when it is done, once', async () => {
    const { value: seen } = await click(hugo, progress, 'imports.show');
    expect(textOf(seen)).toMatch(/[1-9]\d* sur 320 engagements/);
    await runJob();
    await runJob();
    await bot.app.drain();
    expect(textOf(bot.connector.cardOf(on))).toContain('320 engagements importés');
    const told = (await shownIn(bot, chatOf(hugo))).filter((card) =>
      textOf(card).includes('320 engagements importés'),
    );
    // The card that was clicked, and the news.
    expect(told).toHaveLength(2);
  });

  it('goes on while others use Passerelle, whose figures stay right', async () => {
    const { value } = await fill(bot, ines, 'proposer', {
      kind: 'classroom-talk',
      level: '4e',
      firstDay: '2026-11-23',
      from: '10:00',
      until: '11:00',
      school: 'Collège Jean-Fictif, Lyon',
      remark: '',
    });
    const { id } = formData(value, 'mine.withdraw') as { id: string };
    const [, approved] = await Promise.all([runJob(), bot.click(hugo, 'approval.approve', { id })]);
    expect(approved.statusCode).toBe(200);
    await expectRecounted();
    expect(new Set((await all(bot, 'actions')).map(({ number }) => number)).size).toBe(321);
  });

  it('can be stopped: nothing of it is left, nor of whom only it has named', async () => {
    const { value: stopped } = await click(louis, progress, 'imports.drop', { on });
    expect(textOf(stopped)).toContain(says('fr', 'imports.dropped'));
    await runJob();
    await runJob();
    await bot.app.drain();
    expect(textOf(bot.connector.cardOf(on))).toContain(says('fr', 'imports.dropped'));
    await bot.restart();
    const { actions, engagements, history, importparts, imports, words, people } = readRecords(bot.file);
    const count = (kind: object | undefined) => Object.keys(kind ?? {}).length;
    expect([actions, engagements, history, importparts, imports].map(count)).toEqual([0, 0, 0, 0, 0]);
    expect(Object.keys(people ?? {}).filter((id) => id.startsWith('name:'))).toEqual([]);
    expect(JSON.stringify(words)).not.toContain('nom');
    expect(Object.values(words ?? {}).filter((word) => (word as { of: string }).of === 'school')).toEqual([]);
    // And it can be given again.
    expect(textOf(await give(many))).toContain('320 engagements à ajouter');
  });

  it('keeps another file waiting, which adds nothing that came with it', async () => {
    const other = await give([...many.slice(0, 2), aLine()]);
    expect(textOf(other)).toContain('3 engagements à ajouter');
    const busy = await click(hugo, other, 'imports.ask').then(({ value }) =>
      click(hugo, value, 'imports.add'),
    );
    expect([busy.statusCode, errorText(busy)]).toEqual([
      400,
      expect.stringContaining(says('fr', 'refusal.importBusy.heading')),
    ]);
    await runJob();
    const { value: asked } = await click(hugo, other, 'imports.ask');
    expect(textOf((await click(hugo, asked, 'imports.add')).value)).toContain('1 engagement importé');
    expect((await all(bot, 'actions')).length).toBe(321);
    await expectRecounted();
  });
});

it('somebody whom an earlier file has named stays when another one is stopped', async () => {
  await importAll([aLine({ employee: 'Prénom Nom1', firstDay: '09/03/2026' })]);
  const { value: asked } = await click(hugo, await give([aLine(), ...many]), 'imports.ask');
  await click(hugo, (await click(hugo, asked, 'imports.add')).value, 'imports.drop');
  await runJob();
  // Nor does whoever uses Passerelle go with it.
  expect((await all(bot, 'people')).map(({ id }) => id)).toContain(ines.aadObjectId);
  const named = (await all(bot, 'people')).flatMap(({ id, name }) => (id.startsWith('name:') ? name : []));
  expect(named).toEqual(['Prénom Nom1']);
  await expectRecounted();
});

it('what waits for a decision is offered to whoever gave it, and what is being added to all', async () => {
  const buttons = async (who: TestPerson) =>
    textOf((await bot.say(who, 'importer'))[0]).match(/Voir [^|]+/g) ?? [];
  await give([aLine({ kind: 'x' })], hugo, 'faulty.csv');
  const card = await give(many, hugo, 'long.csv');
  expect([(await buttons(hugo)).length, (await buttons(louis)).length]).toEqual([2, 0]);
  const { value: asked } = await click(hugo, card, 'imports.ask');
  await click(hugo, asked, 'imports.add');
  expect(await buttons(louis)).toEqual(['Voir long.csv']);
});

it('the files of its links are for those who still coordinate', async () => {
  const [card = {}] = await bot.say(louis, 'importer');
  const faulty = await give([aLine({ kind: 'x' })], louis);
  rosterOf(bot).set(hugo);
  // What Teams said is no longer recent.
  bot.setNow('2026-11-23T08:05:00.000Z');
  for (const url of [...urlsIn(card), ...urlsIn(faulty)]) {
    const answer = await fetch(url, { method: 'POST' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([410, 'text/html; charset=utf-8']);
  }
});

it('a check is kept for a day, and not longer', async () => {
  const card = await give([aLine()]);
  bot.setNow('2026-11-24T08:00:00.000Z');
  await runJob();
  expect((await click(hugo, card, 'imports.ask')).statusCode).toBe(200);
  bot.setNow('2026-11-24T08:00:02.000Z');
  await runJob();
  const gone = await click(hugo, card, 'imports.ask');
  expect(textOf(gone.value)).toContain(says('fr', 'refusal.importGone.heading'));
  expect([await all(bot, 'imports'), await all(bot, 'importparts')]).toEqual([[], []]);
});

it('one that is not wanted leaves nothing, at once', async () => {
  const card = await give([aLine()]);
  expect(textOf((await click(louis, card, 'imports.drop')).value)).toContain(says('fr', 'imports.dropped'));
  expect([await all(bot, 'imports'), await all(bot, 'importparts')]).toEqual([[], []]);
  const gone = await bot.click(hugo, 'imports.add', formData(card, 'imports.ask'));
  expect(textOf(gone.value)).toContain(says('fr', 'refusal.importGone.heading'));
});

it('the trail names who dropped an import, not who had given the file or begun to add it', async () => {
  await click(louis, await give([aLine()], hugo), 'imports.drop');
  const { value: asked } = await click(hugo, await give(many, amy), 'imports.ask');
  await click(louis, (await click(hugo, asked, 'imports.add')).value, 'imports.drop');
  const moves = (await all(bot, 'audit')).filter(({ kind }) => kind === 'import');
  expect(moves.map(({ what, by }) => [what, by])).toEqual([
    ['dropped', louis.aadObjectId],
    ['adding', hugo.aadObjectId],
    ['dropped', louis.aadObjectId],
  ]);
  const told = (who: TestPerson, word: string) => bot.say(who, word).then(([card]) => tidy(textOf(card)));
  expect(await told(hugo, 'historique')).toContain('Louis Fictif a abandonné un import : 1 engagement.');
  expect(await told(amy, 'history')).toContain('Louis Fictif dropped an import: 1 engagement.');
});

describe('what Passerelle has already', () => {
  it('is not added again from a file: the line names its number', async () => {
    await importAll([aLine({ firstDay: '12/11/2026', reference: 'mine' })]);
    const same = aLine({ firstDay: '12/11/2026' });
    const card = await give([same, aLine({ firstDay: '13/11/2026' })]);
    expect(textOf(card)).toContain('1 engagement à ajouter');
    expect(textOf(card)).toContain(says('fr', 'imports.readyKnown', { count: 1 }));
    expect(factsIn(card)).toMatchObject({ [says('fr', 'imports.fact.known')]: '1' });
    const fresh = await give([aLine({ firstDay: '13/11/2026' })]);
    expect(textOf(fresh)).toContain(says('fr', 'imports.readyLead'));
    expect(factsIn(fresh)).not.toHaveProperty([says('fr', 'imports.fact.known')]);
    expect(textOf(card)).toContain(
      'Ligne 2 | Passerelle a déjà cette action, n° 1 : la ligne n’ajoute rien.',
    );
    expect(textOf(await give([{ ...same, pupils: '30' }]))).toContain('n° 1, autrement');
    // Of another school, or with a reference of its own, it is another one.
    expect(textOf(await give([{ ...same, school: 'Lycée Modèle' }]))).toContain('1 engagement à ajouter');
    expect(textOf(await give([{ ...same, reference: 'other' }]))).toContain('1 engagement à ajouter');
  });

  it('a reference that is taken by others is a fault', async () => {
    await importAll([aLine({ reference: 'x' })]);
    const card = await give([aLine({ reference: 'x' }), aLine({ reference: 'x', employee: 'Nino Nouveau' })]);
    expect(textOf(card)).toContain('Ligne 3 · Référence | Cette action est déjà dans Passerelle (n° 1)');
  });
});

describe('somebody who was only a name in a file', () => {
  const nina = { ...zoe, aadObjectId: 'aad-nina', id: '29:nina', name: 'Nina Nouvelle' };
  const double = { ...nina, aadObjectId: 'aad-other', id: '29:other-nina' };

  it('gets what was under it when they first write to Passerelle, and counts once', async () => {
    const november = { employee: 'NOUVELLE Nina', firstDay: '12/11/2026' };
    await importAll([aLine(november), aPlacementLine({ employee: 'Nina Nouvelle' })]);
    expect(await progressOf()).toContain('1 personne mobilisée sur 10');
    await bot.say(nina, 'aide');
    await runJob();
    expect(textOf((await bot.say(nina, 'mes engagements'))[0])).toContain('Stage de 3e');
    for (const { id, createdBy } of await all(bot, 'actions')) {
      expect(createdBy).toBe('aad-nina');
      const { value } = await bot.click(hugo, 'story.view', { id, page: 0 });
      expect(textOf(value)).toContain('Passerelle connaît maintenant Nina Nouvelle');
    }
    const engagements = await all(bot, 'engagements');
    expect(engagements.map(({ employeeId }) => employeeId)).toEqual(['aad-nina', 'aad-nina']);
    expect((await all(bot, 'people')).filter(({ id }) => id.startsWith('name:'))).toEqual([]);
    expect(await progressOf()).toContain('1 personne mobilisée sur 10');
    await expectRecounted();
    // The same file still adds nothing, and the next one is theirs.
    expect(textOf(await give([aLine(november)]))).toContain('Tout est déjà dans Passerelle');
    await importAll([aLine({ ...november, firstDay: '13/11/2026' })]);
    expect(await progressOf()).toContain('1 personne mobilisée sur 10');
  });

  it('is the first who bears the name, not the second', async () => {
    await importAll([aLine({ employee: 'Nina Nouvelle' })]);
    await bot.say(nina, 'aide');
    await bot.say(double, 'aide');
    await runJob();
    expect((await all(bot, 'engagements')).map(({ employeeId }) => employeeId)).toEqual(['aad-nina']);
  });

  it('may come between the check and the import', async () => {
    const card = await give([aLine({ employee: 'Nina Nouvelle' })]);
    await bot.say(nina, 'aide');
    const { value: asked } = await click(hugo, card, 'imports.ask');
    await click(hugo, asked, 'imports.add');
    expect((await all(bot, 'engagements')).map(({ employeeId }) => employeeId)).toEqual(['aad-nina']);
    await expectRecounted();
  });

  it('gets all of it when they come while another file is added', async () => {
    await importAll([aLine({ employee: 'Nina Nouvelle' })]);
    const { value: asked } = await click(
      hugo,
      await give([...many, aLine({ employee: 'Nina Nouvelle', firstDay: '13/03/2026' })]),
      'imports.ask',
    );
    const { value: progress } = await click(hugo, asked, 'imports.add');
    await bot.say(nina, 'aide');
    expect(textOf((await click(hugo, progress, 'imports.show')).value)).toContain('en cours d’ajout');
    await runJob();
    await runJob();
    const hers = (await all(bot, 'engagements')).filter(({ employeeId }) => employeeId === 'aad-nina');
    expect(hers).toHaveLength(2);
    await expectRecounted();
  });

  it('may be somebody whom the file names otherwise, too', async () => {
    const both = { reference: 'x', firstDay: '12/11/2026' };
    await bot.say({ ...nina, name: 'Nina N.' }, 'aide');
    const card = await give([
      aLine({ ...both, employee: 'Nina N.' }),
      aLine({ ...both, employee: 'Nina Nouvelle' }),
    ]);
    await bot.say(nina, 'aide');
    const { value: asked } = await click(hugo, card, 'imports.ask');
    expect(textOf((await click(hugo, asked, 'imports.add')).value)).toContain('1 engagement importé');
    await expectRecounted();
    expect((await all(bot, 'mobilised')).map(({ attended }) => attended)).toEqual([1]);
  });

  it('may have a part in an action beside their own name', async () => {
    const both = { reference: 'x', firstDay: '12/11/2026' };
    await bot.say({ ...nina, name: 'Nina N.' }, 'aide');
    await importAll([aLine({ ...both, employee: 'Nina N.' }), aLine({ ...both, employee: 'Nina Nouvelle' })]);
    expect(await progressOf()).toContain('2 personnes mobilisées sur 10');
    // Teams now calls her by her whole name.
    await bot.say(nina, 'aide');
    await runJob();
    expect((await all(bot, 'engagements')).map(({ employeeId }) => employeeId)).toEqual(['aad-nina']);
    expect(await progressOf()).toContain('1 personne mobilisée sur 10');
    await expectRecounted();
  });

  it('leaves those who were there too as they are, and the action its author', async () => {
    const together = { reference: 'x', firstDay: '12/11/2026' };
    await importAll([
      aLine({ ...together, employee: 'Inès Exemple' }),
      aLine({ ...together, employee: 'Nina Nouvelle' }),
    ]);
    const [{ createdBy } = { createdBy: '' }] = await all(bot, 'actions');
    await bot.say(nina, 'aide');
    await runJob();
    expect((await all(bot, 'actions')).map((action) => action.createdBy)).toEqual([createdBy]);
    expect((await all(bot, 'engagements')).map(({ employeeId }) => employeeId).sort()).toEqual(
      [ines.aadObjectId, 'aad-nina'].sort(),
    );
    expect(await progressOf()).toContain('2 personnes mobilisées sur 10');
    await expectRecounted();
  });

  it('is no colleague for whom a coordinator acts, and nothing is sent to them', async () => {
    await importAll([aLine({ employee: 'Nina Nouvelle' })]);
    const [card = {}] = await bot.say(hugo, 'pour un collègue');
    const { value } = await bot.click(hugo, 'behalf.choose', {
      ...formData(card, 'behalf.choose'),
      name: 'Nina',
    });
    expect(textOf(value)).not.toContain('Nina Nouvelle');
    const standIn = (await all(bot, 'people')).find(({ name }) => name === 'Nina Nouvelle');
    const refused = await bot.click(hugo, 'behalf.menu', { colleague: standIn?.id });
    expect(textOf(refused.value)).toContain(says('fr', 'refusal.outdated.heading'));
  });

  it('whose AAD object id was given is that person once they come', async () => {
    const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    await importAll([aLine({ employee: id })]);
    const paul = { ...nina, aadObjectId: id, name: 'Paul Fictif' };
    expect(textOf((await bot.say(paul, 'mes engagements'))[0])).toContain('Intervention en classe');
    expect((await all(bot, 'people')).find((person) => person.id === id)).toMatchObject({
      name: 'Paul Fictif',
    });
  });
});

it('in English it is said in English', async () => {
  const [how = {}] = await bot.say(amy, 'import');
  expect(textOf(how)).toContain('Import past engagements');
  const card = await give([aLine(), aLine({ firstDay: '14/03/2026' })], amy);
  expect(textOf(card)).toContain('2 engagements to add');
  expect(textOf(card)).toContain('Line 3 · First day | There are no classes on Saturday 14 March 2026.');
  const { value } = await click(amy, card, 'imports.ask');
  expect(textOf((await click(amy, value, 'imports.add')).value)).toContain('2 engagements imported');
  expect(findAction(await lastPostIn(bot, chatOf(amy)), 'imports.ask')).toBeDefined();
});
