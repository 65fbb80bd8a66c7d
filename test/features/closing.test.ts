import type { Closing } from '../../src/domain/report/closing.js';
import { figureNames } from '../../src/domain/report/figures.js';
import {
  amy,
  type CardJson,
  formData,
  hugo,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  faultsOf,
  hasButton,
  inChannel,
  offerTalk,
  says,
  startFast,
  written,
} from '../support/flows.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, emptyYear, storeAll } from '../support/report-data.js';

const talkId = '01TA1K00000000000000000001';
const placementId = '01P1ACEMENT000000000000001';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ now: '2027-06-28T08:00:00.000Z' });
  await bot.setUp([hugo, louis, amy]);
  for (const who of [ines, zoe]) await bot.click(who, 'help.open');
});
afterAll(() => bot.close());

/** A second more for each test: two versions of one moment would be the same. */
let seconds = 0;
const at = (minutes: string): string => `${minutes}:${String(seconds).padStart(2, '0')}.000Z`;
const later = '2027-07-02T09:30';
beforeEach(async () => {
  seconds += 1;
  await bot.app.drain();
  await emptyYear(bot, '2026-2027');
  bot.setNow(at('2027-06-28T08:00'));
});

const someYear = () =>
  storeAll(bot, [
    aHeldTalk([ines.aadObjectId], { id: talkId, number: 11, schools: ['0699001J', '0579001Z'], school: '' }),
    aHeldPlacement([zoe.aadObjectId], { id: placementId, number: 12 }),
    aPlannedTalk([ines.aadObjectId], {
      id: '01P1ANNED00000000000000001',
      number: 13,
      firstDay: '2027-07-05',
    }),
  ]);

const open = async (who: TestPerson = hugo): Promise<CardJson> =>
  (await bot.click(who, 'closing.open', { from: '2026-09-01' })).value;
const close = async (who: TestPerson = hugo, card?: CardJson): Promise<CardJson> =>
  (await bot.click(who, 'closing.close', formData(card ?? (await open(who)), 'closing.close'))).value;
const reopen = async (reason: string, who: TestPerson = hugo): Promise<CardJson> => {
  const form = (await bot.click(who, 'closing.askReopen', formData(await open(who), 'closing.askReopen')))
    .value;
  return (await bot.click(who, 'closing.reopen', formData(form, 'closing.reopen', { reason }))).value;
};
/** Corrects what an action counts. */
const correct = async (id: string, inputs: object, who: TestPerson = hugo): Promise<CardJson> => {
  const form = (await bot.click(who, 'report.correct', { id })).value;
  const attended = (await all(bot, 'engagements'))
    .filter((e) => e.actionId === id && e.state === 'attended')
    .map((e) => e.employeeId)
    .join(',');
  const usual = { state: 'held', pupils: '30', places: '3', attended, why: 'Une élève de plus était là.' };
  return (
    await bot.click(
      who,
      'report.saveCorrection',
      formData(form, 'report.saveCorrection', { ...usual, ...inputs }),
    )
  ).value;
};
const report = async (): Promise<string> => textOf((await bot.say(hugo, 'bilan'))[0]);

describe('closing a year', () => {
  it('says before what is frozen, in whose name, and what may still change it', async () => {
    await someYear();
    await storeAll(bot, [
      aPlannedTalk(['nour'], { id: 'past', firstDay: '2027-06-01' }),
      aHeldTalk(['ines'], {
        id: 'twice',
        contradiction: { state: 'held', pupils: 3, by: 'zoe', at: '2026-10-08T08:00:00.000Z' },
      }),
    ]);
    const [card = {}] = await bot.say(hugo, 'clôturer');
    const text = textOf(card);
    for (const said of [
      says('fr', 'closing.lead.open'),
      says('fr', 'closing.waits.unanswered', { count: 1 }),
      says('fr', 'closing.waits.contradicted', { count: 1 }),
      says('fr', 'closing.waits.toCome', { count: 1 }),
    ])
      expect(text).toContain(said);
    expect(text).toContain('3 | actions tenues');
    expect(hasButton(card, 'pending.open')).toBe(true);
    expect(await all(bot, 'closings')).toEqual([]);
  });

  it('keeps the figures with who and when; the report shows them, whatever is entered afterwards', async () => {
    await someYear();
    const text = textOf(await close());
    expect(text).toContain('Clôturé, version 1 |  par Hugo Témoin, lundi 28 juin 2027 à 10 h');
    expect(await all(bot, 'closings')).toEqual([
      expect.objectContaining<Partial<Closing>>({
        id: '2026-2027:1',
        version: 1,
        by: hugo.aadObjectId,
        at: bot.now(),
        lines: 3,
        total: expect.objectContaining({ actions: 2, pupils: 30, employees: 2, planned: 1 }),
      }),
    ]);
    expect(await report()).toContain(says('fr', 'report.late.none'));
    bot.setNow(at(later));
    await correct(talkId, { pupils: '31' });
    const shown = await report();
    expect(shown).toContain('2 actions tenues, 30 élèves');
    expect(shown).toContain('Après la clôture : 1 ligne. Élèves : +3');
    expect(shown).toContain('30 | élèves | aujourd’hui 33');
  });

  it('is the same after a restart, in English too', async () => {
    await someYear();
    await close();
    bot.setNow(at(later));
    await correct(talkId, { pupils: '31' });
    await bot.restart();
    const [card = {}] = await bot.say(amy, 'report');
    expect(textOf(card)).toContain('2 actions held, 30 pupils');
    expect(textOf(card)).toContain('After closing: 1 line. Pupils: +3');
    expect(textOf((await bot.say(amy, 'close'))[0])).toContain('Closed, version 1');
  });

  it('two coordinators who close at once make one version, and so does whoever clicks twice', async () => {
    await someYear();
    const [mine, theirs] = [await open(hugo), await open(louis)];
    const cards = await Promise.all([close(hugo, mine), close(louis, theirs), close(hugo, mine)]);
    const versions = await all(bot, 'closings');
    expect(versions).toHaveLength(1);
    for (const card of cards) expect(textOf(card)).toContain('Clôturé, version 1');
    expect(cards.filter((card) => textOf(card).includes(says('fr', 'closing.news.already')))).toHaveLength(2);
  });

  it('closes nothing that the coordinator has not seen', async () => {
    await someYear();
    const card = await open();
    await correct(talkId, { pupils: '31' });
    const again = await close(hugo, card);
    expect(textOf(again)).toContain(says('fr', 'closing.news.moved'));
    expect(textOf(again)).toContain('33 | élèves');
    expect(await all(bot, 'closings')).toEqual([]);
    expect(textOf(await close(hugo, again))).toContain('Clôturé, version 1');
  });

  it('does not close a year that has not begun, nor one that was closed meanwhile', async () => {
    const next = (await bot.click(hugo, 'closing.open', { from: '2027-09-01' })).value;
    expect(hasButton(next, 'closing.close')).toBe(false);
    const before = await written(bot);
    const seen = [...Array(figureNames.length).fill(0), 0, 0, 10, 0, 0, ''].join('-');
    const forged = { from: '2027-09-01', seen, after: 0 };
    expect(textOf((await bot.click(hugo, 'closing.close', forged)).value)).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
    expect(await written(bot)).toBe(before);
    expect(await all(bot, 'closings')).toEqual([]);
  });

  it('an old card closes nothing after the year was reopened', async () => {
    await someYear();
    const card = await open();
    await close(hugo, card);
    await reopen('Une visite manquait.');
    expect(textOf(await close(hugo, card))).toContain(says('fr', 'closing.news.already'));
    expect(await all(bot, 'closings')).toHaveLength(1);
  });

  it('compares later years with the closed figures', async () => {
    await someYear();
    await close();
    bot.setNow(at('2027-11-02T09:00'));
    await correct(talkId, { pupils: '1' });
    const [card = {}] = await bot.say(hugo, 'bilan');
    expect(textOf(card)).toContain('0 | élève | l’an dernier 30');
  });
});

describe('reopening', () => {
  it.each([
    ['no reason', '  ', 'closing.reopen.missing'],
    ['something about a pupil', 'Léa, 06 12 34 56 78, manquait.', 'form.personalDataWhy'],
  ])('%s is refused', async (_, reason, why) => {
    await someYear();
    await close();
    const card = await reopen(reason);
    expect(faultsOf(card)[0]?.text).toContain(says('fr', why));
    expect((await all(bot, 'closings'))[0]?.reopened).toBeUndefined();
  });

  it('keeps every version with its figures, who reopened it and why, and each can be shown', async () => {
    await someYear();
    await close(hugo);
    bot.setNow(at(later));
    const text = textOf(await reopen('Une visite manquait.', louis));
    expect(text).toContain('Rouvert |  par Louis Fictif, vendredi 2 juillet 2027 à 11 h 30');
    expect(text).toContain('« Une visite manquait. »');
    await correct(talkId, { pupils: '31' });
    expect(await report()).toContain('2 actions tenues, 33 élèves');
    await close(louis);
    const versions = (await bot.click(hugo, 'closing.versions', { from: '2026-09-01' })).value;
    expect(textOf(versions)).toMatch(
      /Version 2.*Louis Fictif.*33 élèves.*Version 1.*Hugo Témoin.*30 élèves, 2 personnes\s+Rouverte.*manquait/,
    );
    const first = (await bot.click(hugo, 'closing.version', { id: '2026-2027:1' })).value;
    expect(textOf(first)).toContain('Élèves | 30 | 33');
    const whole = (await bot.click(hugo, 'report.page', formData(first, 'report.page'))).value;
    expect(textOf(whole)).toContain('2 actions tenues, 30 élèves');
    expect(await report()).toContain('2 actions tenues, 33 élèves');
  });

  it('happens once: a second form changes nothing', async () => {
    await someYear();
    await close();
    const form = (await bot.click(louis, 'closing.askReopen', { id: '2026-2027:1' })).value;
    await reopen('Une visite manquait.');
    const second = formData(form, 'closing.reopen', { reason: 'Une autre raison.' });
    expect(textOf((await bot.click(louis, 'closing.reopen', second)).value)).toContain(
      says('fr', 'closing.news.reopened-already'),
    );
    expect((await all(bot, 'closings'))[0]?.reopened?.why).toBe('Une visite manquait.');
  });
});

describe('what is entered after closing', () => {
  const differences = async (id = '2026-2027:1') =>
    textOf((await bot.click(hugo, 'closing.differences', { id })).value);

  it('is explained line by line: added, changed and gone, by whom and why', async () => {
    await someYear();
    await close();
    bot.setNow(at('2027-07-01T08:00'));
    const added = await offerTalk(bot, zoe, { firstDay: '2027-07-06', school: 'Collège Jean-Fictif' });
    await bot.click(hugo, 'approval.approve', { id: added }, inChannel);
    bot.setNow(at('2027-07-06T12:00'));
    const form = (await bot.click(zoe, 'outcome.open', { id: added })).value;
    await bot.click(zoe, 'outcome.held', formData(form, 'outcome.held', { pupils: '25' }));
    await correct(talkId, { pupils: '31' });
    await correct(placementId, { state: 'not-held', why: 'Le stage a été annulé.' });
    const card = await open();
    expect(textOf(card)).toContain('Après la clôture : 3 lignes. Élèves : +26');
    const said = textOf(
      (await bot.click(hugo, 'closing.differences', formData(card, 'closing.differences'))).value,
    );
    expect(said).toContain('Depuis la version 1 : 3 lignes');
    expect(said).toContain('Élèves : 31 au lieu de 28');
    expect(said).not.toContain('Établissements :');
    expect(said).toContain(
      'Hugo Témoin a corrigé le nombre d’élèves : 31 au lieu de 28. | « Une élève de plus était là. »',
    );
    expect(said).toContain('État : non tenue au lieu de tenue');
    expect(said).toContain('« Le stage a été annulé. »');
    expect(said).toContain('ajoutée');
    expect(said).toContain('Zoé Spécimen a répondu que l’action a eu lieu.');
    const data = { id: '2026-2027:1', byArea: '12' };
    const there = textOf((await bot.click(hugo, 'closing.differences', data)).value);
    expect(there).toContain('Seulement : Nancy-Metz.');
    expect(there).toContain('Depuis la version 1 : 1 ligne');
    expect(there).toContain('Élèves : 31 au lieu de 28');
    expect(there).not.toContain('« Le stage a été annulé. »');
    const everywhere = textOf(
      (await bot.click(hugo, 'closing.differences', { ...data, byArea: 'all' })).value,
    );
    expect(everywhere).toContain('Depuis la version 1 : 3 lignes');
  });

  it('says that a line is gone because its action was cancelled, or is in another year now', async () => {
    await someYear();
    await close();
    await bot.app.services.store.transact(async (tx) => {
      const talk = await tx.get('actions', talkId);
      const placement = await tx.get('actions', placementId);
      if (!talk || !placement) throw new Error('they are stored');
      await tx.put('actions', { ...talk, state: 'cancelled' });
      await tx.put('actions', { ...placement, firstDay: '2027-09-07', lastDay: '2027-09-11' });
    });
    // What is written past the moves is known after a start.
    await bot.restart();
    const said = await differences();
    expect(said).toContain(says('fr', 'report.late.cancelled'));
    expect(said).toContain('Reportée au mardi 7 septembre 2027, dans une autre année');
    expect(said).toContain(says('fr', 'report.late.noMove'));
  });

  it('between two versions is explained too, and nothing is left over', async () => {
    await someYear();
    await close();
    bot.setNow(at(later));
    await reopen('Un nombre était faux.');
    await correct(talkId, { pupils: '31' });
    await close();
    bot.setNow(at('2027-07-03T08:00'));
    await correct(placementId, { pupils: '3' });
    expect(await differences('2026-2027:1')).toContain(
      'De la version 1 à la 2 : 1 ligne | En tout : Élèves : +3.',
    );
    const since = await differences('2026-2027:2');
    expect(since).toContain('Depuis la version 2 : 1 ligne');
    expect(since).toContain(
      'Élèves : +1 · Élèves accueillis : +1 · Places pourvues : +1 · Journées d’accueil : +5',
    );
  });
});

describe('a commitment that an amendment has changed since', () => {
  const click = async (verb: string, data: object): Promise<CardJson> =>
    (await bot.click(hugo, verb, data, inChannel)).value;
  const clearAmendments = () =>
    bot.app.services.store.transact(async (tx) => {
      for (const { id } of await tx.all('amendments')) await tx.remove('amendments', id);
    });
  /** Drafts an amendment to article 2, and notes its signature. */
  const amend = async (inputs: object): Promise<string> => {
    const usual = { subject: 'Article 2', from: '2026-09-01', commitment: 'mobilised-employees' };
    const form = await click('amendments.draft', {});
    const data = formData(form, 'amendments.save', { ...usual, target: '', kinds: '', ...inputs });
    await click('amendments.save', data);
    const id = String(data.id);
    const signature = { signers: 'Les deux directions', signedOn: '2027-06-25' };
    const asked = await click('amendments.signature', { id });
    await click('amendments.sign', formData(asked, 'amendments.sign', signature));
    return id;
  };
  const fewer = { target: '5', kinds: 'placement-3e' };
  const instead = 'Article 2, personnes mobilisées par an : 1 sur 5 au lieu de 2 sur 10';
  const cause = 'Avenant n° 1 : objectif 5 au lieu de 10';
  const kinds = 'Avenant n° 1, à partir du 1er septembre 2026, types d’actions comptés : Stage de 3e';
  const differences = async () =>
    textOf((await bot.click(hugo, 'closing.differences', { id: '2026-2027:1' })).value);
  beforeEach(async () => {
    await clearAmendments();
    await bot.app.services.store.transact(async (tx) => {
      for (const { id } of await tx.all('counters'))
        if (id.includes('amendment')) await tx.remove('counters', id);
    });
    await bot.restart();
    await storeAll(bot, [
      aHeldTalk([ines.aadObjectId], { id: talkId, number: 11 }),
      aHeldTalk([zoe.aadObjectId], { id: '01TA1K00000000000000000002', number: 14 }),
      aHeldPlacement([zoe.aadObjectId], { id: placementId, number: 12 }),
    ]);
    await close();
    bot.setNow(at(later));
  });
  afterAll(async () => {
    await clearAmendments();
    await bot.restart();
  });

  it('differs from today with the amendment as the cause, and no card says that nothing has changed', async () => {
    await amend(fewer);
    const card = await open();
    for (const text of [textOf(card), await report()]) {
      expect(text).not.toContain(says('fr', 'report.late.none'));
      expect(text).toContain(says('fr', 'report.late.rules'));
      expect(text).toContain(`${instead}.`);
    }
    expect(hasButton(card, 'closing.differences')).toBe(true);
    const said = await differences();
    expect(said).toContain('Depuis la version 1, les engagements ont changé');
    for (const part of [instead, cause, kinds]) expect(said).toContain(part);
    expect(said).not.toContain(says('fr', 'closing.differences.none'));
    const version = textOf((await bot.click(hugo, 'closing.version', { id: '2026-2027:1' })).value);
    expect(version).toContain('Article 2 : personnes mobilisées | 2 sur 10 | 1 sur 5');
  });

  it('differs between two versions, and each line only by what it changes itself', async () => {
    await amend(fewer);
    await reopen('Un avenant a été signé.');
    await correct(placementId, { state: 'not-held', why: 'Le stage a été annulé.' });
    await close();
    expect(textOf(await open())).toContain(says('fr', 'report.late.none'));
    const said = await differences();
    expect(said).toContain('De la version 1 à la 2 : 1 ligne');
    expect(said).toContain('Article 2, personnes mobilisées par an : 0 sur 5 au lieu de 2 sur 10.');
    expect(said.match(/Article 2, personnes mobilisées par an : −1/g)).toHaveLength(2);
    expect(said).toContain(cause);
    const version = textOf((await bot.click(hugo, 'closing.version', { id: '2026-2027:1' })).value);
    expect(version).toContain('Article 2 : personnes mobilisées | 2 sur 10 | 0 sur 5');
  });

  it('is what it was again once the signature is withdrawn', async () => {
    const id = await amend(fewer);
    await reopen('Un avenant a été signé.');
    await close();
    const view = await click('amendments.view', { id });
    await click('amendments.reopen', formData(view, 'amendments.reopen'));
    const said = textOf((await bot.click(hugo, 'closing.differences', { id: '2026-2027:2' })).value);
    expect(said).toContain('2 sur 10 au lieu de 1 sur 5');
    expect(said).toContain('Avenant n° 1, signature retirée : objectif 10 au lieu de 5');
  });

  it('in another year only is no difference', async () => {
    await amend({ ...fewer, from: '2027-09-01' });
    expect(textOf(await open())).toContain(says('fr', 'report.late.none'));
    expect(await differences()).toContain(says('fr', 'closing.differences.none'));
  });
});

describe('who may', () => {
  it('only coordinators, and it is not answered where others read', async () => {
    await someYear();
    expect(textOf((await bot.say(ines, 'clôturer'))[0])).toContain(
      says('fr', 'refusal.notCoordinator.heading'),
    );
    for (const verb of ['closing.open', 'closing.close', 'closing.versions'])
      expect(
        textOf((await bot.click(ines, verb, { from: '2026-09-01', seen: '0', after: 0 })).value),
      ).toContain(says('fr', 'refusal.notCoordinator.heading'));
    expect(await all(bot, 'closings')).toEqual([]);
  });

  it.each([
    ['closing.version', { id: '2026-2027:9' }],
    ['closing.differences', { id: '../1' }],
    ['closing.askReopen', { id: {} }],
    ['closing.reopen', { id: '2026-2027:1', reason: 'Rien.' }],
    ['closing.close', { from: [], seen: { length: 1 }, after: -1 }],
  ])('%s of what is not there is refused', async (verb, data) => {
    const { value } = await bot.click(hugo, verb, data);
    expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
  });
});
