import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { Action } from '../../src/domain/action.js';
import { amy, coordination, formData, hugo, ines, louis, type TestBot, textOf } from '../support/bot.js';
import { anEngagement, aPlacement } from '../support/builders.js';
import {
  all,
  errorText,
  faultsOf,
  hasButton,
  inChannel,
  postsIn,
  says,
  shownIn,
  startFast,
  tidy,
  written,
} from '../support/flows.js';
import { enterAndFind, note } from '../support/register-flows.js';

const start = '2026-11-23T08:00:01.000Z';
let bot: TestBot;
/** How many cards the channel had from the tests before. */
let before = 0;
beforeAll(async () => {
  bot = await startFast({ now: start });
  await bot.setUp([hugo, louis]);
});
afterAll(() => bot.close());

const kinds = [
  'terms',
  'deadlines',
  'jobs',
  'history',
  'outbox',
  'posts',
  'actions',
  'engagements',
  'closings',
  'closedlines',
  'entries',
] as const;
beforeEach(async () => {
  await bot.app.drain();
  bot.setNow(start);
  await bot.app.services.store.transact(async (tx) => {
    for (const kind of kinds) for (const { id } of await tx.all(kind)) await tx.remove(kind, id);
  });
  before = (await postsIn(bot, coordination)).length;
});

/** The convention was signed so that it ends on 30 August 2027, and the ministry is told by Sunday 28 February. */
const sign = (signedOn = '2024-08-31') =>
  bot.app.services.store.transact((tx) =>
    tx.put('terms', { id: 'convention', signature: { signedOn, by: 'aad-alma', at: start } }),
  );
/** Approved placements, whose host is Inès. */
const storePlacements = (count: number, more: Partial<Action>) =>
  bot.app.services.store.transact(async (tx) => {
    for (let n = 1; n <= count; n++) {
      const id = `01P${n}ACEMENT000000000000000`;
      const placement = aPlacement({ number: n, createdBy: ines.aadObjectId, ...more, id });
      await tx.put('actions', placement);
      await tx.put('engagements', anEngagement(placement, ines.aadObjectId, 'approved'));
    }
  });
const committee = 'committee:2027-07-05';
const notice = 'renewal-notice:2027-02-28';
const view = async (id: string, who = hugo) =>
  (await bot.click(who, 'deadlines.view', { id }, inChannel)).value;
const mark = async (id: string, evidence = 'Courriel du 12 mai, dossier Convention', who = hugo) => {
  const data = formData(await view(id, who), 'deadlines.done', { evidence });
  return { data, answer: await bot.click(who, 'deadlines.done', data, inChannel) };
};
const runAt = async (instant: string, dryRun = false) => {
  bot.setNow(instant);
  return bot.app.runJob('deadlines', { dryRun });
};
const reminders = async () =>
  (await postsIn(bot, coordination)).slice(before).filter((card) => hasButton(card, 'deadlines.view'));

describe('the list', () => {
  it.each([
    ['fr', hugo, 'échéances', 'Comité de pilotage', 'dans 224 jours'],
    ['en', amy, 'deadlines', 'Steering committee', 'in 224 days'],
  ] as const)('says in %s what comes, with its article and the days left', async (lang, who, command, title, left) => {
    await bot.setUp([hugo, louis, amy]);
    await sign();
    const [card] = await bot.say(who, command);
    const text = textOf(card);
    expect(text).toContain(says(lang, 'deadlines.heading', { count: 3 }));
    expect(text).toContain(title);
    expect(text).toContain(left);
    for (const article of [5, 8]) expect(text).toContain(says(lang, 'deadlines.article', { article }));
  });

  it('has no deadline of article 8 while nobody knows when the convention was signed, and says why', async () => {
    const text = textOf((await bot.say(hugo, 'échéances'))[0]);
    expect(text).toContain(says('fr', 'deadlines.unsigned'));
    expect(text).not.toContain('Prévenir le ministère');
    await sign();
    const known = textOf((await bot.say(hugo, 'échéances'))[0]);
    expect(known).not.toContain(says('fr', 'deadlines.unsigned'));
    expect(known).toContain('Prévenir le ministère de la fin | Dimanche 28 février 2027, dans 97 jours');
  });

  it('shows first what has passed with nothing noted, and last what is done', async () => {
    await sign();
    bot.setNow('2027-03-01T08:00:00.000Z');
    const late = textOf((await bot.say(hugo, 'échéances'))[0]);
    expect(late).toContain(says('fr', 'deadlines.lateHeading', { count: 1 }));
    expect(late.indexOf('il y a 1 jour')).toBeLessThan(late.indexOf('dans 126 jours'));
    await mark(notice);
    const done = textOf((await bot.say(hugo, 'échéances'))[0]);
    expect(done).toContain(says('fr', 'deadlines.heading', { count: 2 }));
    // Something may be done before its day.
    expect(done).toContain('Faites ou passées');
    expect(done.indexOf('Fait · noté par Hugo Témoin le 1er mars 2027')).toBeGreaterThan(
      done.indexOf('Lundi 30 août 2027'),
    );
  });

  it('forgets a committee that passed long ago with nothing noted, and pages a long list', async () => {
    await sign();
    bot.setNow('2027-07-20T08:00:00.000Z');
    const soon = textOf((await bot.say(hugo, 'échéances'))[0]);
    expect(soon).toContain('Lundi 5 juillet 2027, il y a 15 jours');
    expect(soon).toContain(says('fr', 'deadlines.lateHeading', { count: 2 }));
    await sign('2026-09-01');
    await storePlacements(4, { firstDay: '2027-09-20', lastDay: '2027-09-24' });
    bot.setNow('2027-09-10T08:00:00.000Z');
    const [first = {}] = await bot.say(hugo, 'échéances');
    expect(textOf(first)).not.toContain('Comité');
    expect(textOf(first)).toContain(says('fr', 'list.position', { from: 1, to: 3, total: 7 }));
    const rest = (await bot.click(hugo, 'deadlines.page', formData(first, 'deadlines.page'))).value;
    expect(textOf(rest)).toContain(says('fr', 'list.position', { from: 4, to: 6, total: 7 }));
    expect(textOf(rest)).toContain('Lundi 3 juillet 2028, dans 297 jours');
  });

  it('has the agreements of placements that are due, until they are all signed', async () => {
    await storePlacements(1, { number: 41, agreements: 1 });
    const text = textOf((await bot.say(hugo, 'échéances'))[0]);
    expect(text).toContain('Conventions de stage, demande n° 41 | Lundi 4 janvier 2027, dans 42 jours');
    expect(text).toContain('1 signée sur 2 · premier jour : lundi 18 janvier 2027');
    bot.setNow('2027-01-05T08:00:00.000Z');
    const [late = {}] = await bot.say(hugo, 'échéances');
    expect(textOf(late)).toContain(says('fr', 'deadlines.lateHeading', { count: 1 }));
    const opened = (await bot.click(hugo, 'approval.view', formData(late, 'approval.view'), inChannel)).value;
    expect(textOf(opened)).toContain('Demande n° 41');
    await storePlacements(1, { number: 41, agreements: 2 });
    expect(textOf((await bot.say(hugo, 'échéances'))[0])).not.toContain('Conventions de stage');
  });
});

describe('a deadline', () => {
  it('says by which working day the ministry is told when the last day is a Sunday', async () => {
    await sign();
    const text = textOf(await view(notice));
    expect(text).toContain('Prévenir le ministère de la fin : dans 97 jours');
    expect(text).toContain('le dernier jour ouvré avant est le vendredi 26 février 2027');
    expect(text).toContain('29 janvier 2027, 12 février 2027 et 25 février 2027');
  });

  it('is marked as done with a line, which everybody then reads, and by whom', async () => {
    const { answer } = await mark(committee);
    expect(textOf(answer.value)).toContain(
      'Fait | , noté par Hugo Témoin, le lundi 23 novembre 2026'.replace('Témoin,', 'Témoin'),
    );
    const text = textOf(await view(committee, louis));
    expect(text).toContain('« Courriel du 12 mai, dossier Convention »');
    expect(hasButton(await view(committee), 'deadlines.done')).toBe(false);
  });

  it('is marked once, however often its form is sent, and by one person', async () => {
    const { data } = await mark(committee);
    const before = await written(bot);
    const again = await bot.click(hugo, 'deadlines.done', { ...data, evidence: 'Autre chose' }, inChannel);
    expect(textOf(again.value)).toContain('« Courriel du 12 mai, dossier Convention »');
    const stolen = await bot.click(louis, 'deadlines.done', data, inChannel);
    expect(errorText(stolen)).toContain(says('fr', 'refusal.outdated.heading'));
    const late = await bot.click(
      louis,
      'deadlines.done',
      { ...data, formKey: '01SEC0NDF0RM00000000000000' },
      inChannel,
    );
    expect(errorText(late)).toContain('Hugo Témoin l’a noté le lundi 23 novembre 2026');
    expect(await written(bot)).toBe(before);
    await bot.restart();
    expect(textOf(await view(committee))).toContain('« Courriel du 12 mai, dossier Convention »');
  });

  it('is undone, and keeps who had marked it and who took it back; an older button changes nothing', async () => {
    const first = (await mark(committee)).answer.value;
    bot.setNow('2026-11-24T08:00:00.000Z');
    const undone = await bot.click(louis, 'deadlines.undo', formData(first, 'deadlines.undo'), inChannel);
    const text = textOf(undone.value);
    expect(text).toContain(says('fr', 'deadlines.state.open'));
    expect(text).toContain('Hugo Témoin, le lundi 23 novembre 2026 : c’est fait. |  « Courriel du 12 mai');
    expect(text).toContain('Louis Fictif, le mardi 24 novembre 2026 : ce n’est pas fait.');
    await mark(committee, 'Remis en main propre', louis);
    const before = await written(bot);
    const older = await bot.click(hugo, 'deadlines.undo', formData(first, 'deadlines.undo'), inChannel);
    expect(textOf(older.value)).toContain(says('fr', 'refusal.outdated.heading'));
    expect(await written(bot)).toBe(before);
    const moves = (await all(bot, 'history')).map(({ move, by, why }) => [move, by, why ?? '']);
    expect(moves.sort()).toEqual([
      ['deadlineDone', hugo.aadObjectId, 'Courriel du 12 mai, dossier Convention'],
      ['deadlineDone', louis.aadObjectId, 'Remis en main propre'],
      ['deadlineUndone', louis.aadObjectId, ''],
    ]);
  });

  it.each([
    ['nothing', '  ', says('fr', 'deadlines.evidenceMissing')],
    ['too long a text', 'x'.repeat(201), '201 caractères'],
    ['a phone number', 'Vu avec Léa, 06 12 34 56 78', 'information personnelle'],
    ['no text', { evidence: 1 }, says('fr', 'form.unread')],
  ])('is not marked by %s, and what was typed is given back', async (_, evidence, fault) => {
    const before = await written(bot);
    const data = formData(await view(committee), 'deadlines.done', { evidence });
    const { value } = await bot.click(hugo, 'deadlines.done', data, inChannel);
    expect(
      faultsOf(value)
        .map(({ text }) => text)
        .join(),
    ).toContain(fault);
    expect(faultsOf(value)[0]?.before).toBe('evidence');
    if (typeof evidence === 'string')
      expect(JSON.stringify(value)).toContain(JSON.stringify(evidence).slice(1, -1));
    expect(await written(bot)).toBe(before);
  });

  it('that nobody knows, or that another date of signature had, is out of date', async () => {
    await sign();
    const card = await view(notice);
    await sign('2024-09-30');
    const data = formData(card, 'deadlines.done', { evidence: 'Courriel' });
    expect(errorText(await bot.click(hugo, 'deadlines.done', data, inChannel))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
    for (const id of ['committee:2027-07-06', 'end', '', 1, 'x'.repeat(100)])
      expect(textOf((await bot.click(hugo, 'deadlines.view', { id }, inChannel)).value)).toContain(
        says('fr', 'refusal.outdated.heading'),
      );
  });

  it('of the committee says whether the figures of its year are closed, and what its register says', async () => {
    await sign('2026-09-01');
    bot.setNow('2027-06-28T08:00:00.000Z');
    const open = await view(committee);
    expect(textOf(open)).toContain(`Bilan | ${says('fr', 'deadlines.notClosed')}`);
    expect(textOf(open)).toContain(`Registre | ${says('fr', 'deadlines.notRegistered')}`);

    const closing = await bot.click(hugo, 'closing.open', formData(open, 'closing.open'));
    await bot.click(hugo, 'closing.close', formData(closing.value, 'closing.close'));
    const id = await enterAndFind(bot, hugo, 'committee', { due: '2027-07-06' });
    const closed = await view(committee);
    expect(textOf(closed)).toContain('Bilan | Clôturé le lundi 28 juin 2027, version 1');
    expect(textOf(closed)).toContain('Registre | Prévu · mardi 6 juillet 2027');
    expect(hasButton(closed, 'closing.open')).toBe(false);

    bot.setNow('2027-07-08T08:00:00.000Z');
    await note(bot, louis, id, 'hold', { day: '2027-07-07' });
    expect(textOf(await view(committee))).toContain(
      'Registre | Réuni, compte rendu attendu · mercredi 7 juillet 2027',
    );
    const next = await view('committee:2028-07-03');
    expect(textOf(next)).toContain(`Bilan | ${says('fr', 'deadlines.notClosed')}`);
    expect(textOf(next)).toContain(`Registre | ${says('fr', 'deadlines.notRegistered')}`);
    expect(hasButton(next, 'closing.open')).toBe(false);
    const report = await bot.click(hugo, 'report.open', formData(next, 'report.open'));
    expect(textOf(report.value)).toContain('2027-2028');
  });

  it('the end of the convention comes by itself: nobody marks it', async () => {
    await sign();
    const end = await view('end:2027-08-30');
    expect(textOf(end)).toContain(says('fr', 'deadlines.state.coming'));
    expect(textOf(end)).not.toContain(says('fr', 'deadlines.state.open'));
    expect(hasButton(end, 'deadlines.done')).toBe(false);
    const data = { id: 'end:2027-08-30', formKey: '01ENDF0RM00000000000000000', evidence: 'Fini' };
    expect(errorText(await bot.click(hugo, 'deadlines.done', data, inChannel))).toContain(
      says('fr', 'refusal.outdated.heading'),
    );
  });
});

describe('a convention that ends before its term', () => {
  const list = async () => textOf((await bot.say(hugo, 'échéances'))[0]);

  it('is asked for everything while its termination is notified, and for nothing after its effect', async () => {
    await sign('2025-01-15');
    const id = await enterAndFind(bot, hugo, 'termination', { day: '2026-11-05' });
    const notified =
      'Dénonciation reçue le jeudi 5 novembre 2026 : elle prend effet le mercredi 5 mai 2027 au plus tôt';
    expect(await list()).toContain(notified);
    expect(await list()).toContain(says('fr', 'deadlines.heading', { count: 3 }));
    await runAt('2027-05-05T08:00:00.000Z');
    expect(await reminders()).toHaveLength(1);

    bot.setNow('2027-05-10T08:00:00.000Z');
    await note(bot, hugo, id, 'takeEffect', { day: '2027-05-05' });
    expect(await list()).toContain('La convention est résiliée depuis le mercredi 5 mai 2027 (article 9).');
    expect(await list()).toContain(says('fr', 'deadlines.none'));
    for (const text of [notified, 'Comité de pilotage', 'Prévenir le ministère', 'Fin de la convention'])
      expect(await list()).not.toContain(text);
    expect(textOf(await view(committee))).toContain(says('fr', 'refusal.outdated.heading'));
    expect(textOf((await bot.say(ines, 'agenda'))[0])).not.toContain('Comité de pilotage');
    expect(await runAt('2027-06-04T08:00:00.000Z')).toBe('deadlines: nothing is due');
    expect(await reminders()).toHaveLength(1);

    await note(bot, hugo, id, 'abandon');
    expect(await list()).toContain('Comité de pilotage');
    expect(await runAt('2027-06-04T08:00:00.000Z')).toBe(`deadlines: ${committee} (30)`);
  });

  it('is asked for nothing once a formal notice has lapsed, and what was due to be sent is not', async () => {
    await sign('2025-01-15');
    bot.setNow('2027-06-01T08:00:00.000Z');
    const id = await enterAndFind(bot, hugo, 'formal-notice', { day: '2027-05-20' });
    expect(await list()).toContain('Comité de pilotage');
    await note(bot, hugo, id, 'lapse');
    expect(await list()).toContain('la convention est caduque depuis le vendredi 28 mai 2027 (article 6).');
    expect(await list()).not.toContain('Comité de pilotage');
    await bot.app.services.store.transact((tx) =>
      bot.app.services.enqueue(tx, {
        key: 'early',
        conversationId: coordination,
        lang: 'fr',
        message: 'deadlines.due',
        actionId: committee,
      }),
    );
    expect(await reminders()).toEqual([]);
  });

  it('says so while nobody knows when it was signed', async () => {
    bot.setNow('2027-05-10T08:00:00.000Z');
    const id = await enterAndFind(bot, hugo, 'termination', { day: '2026-11-05' });
    await note(bot, hugo, id, 'takeEffect', { day: '2027-05-05' });
    expect(await list()).toContain('La convention est résiliée');
    for (const text of [says('fr', 'deadlines.unsigned'), 'Comité de pilotage'])
      expect(await list()).not.toContain(text);
  });
});

describe('the agenda and the weekly message', () => {
  it('show the same deadlines', async () => {
    await sign();
    const agenda = textOf((await bot.say(ines, 'agenda'))[0]);
    for (const text of [
      'Prévenir le ministère de la fin',
      'dimanche 28 février 2027',
      'lundi 5 juillet 2027',
    ])
      expect(agenda).toContain(text);
  });

  it('the weekly message names the next one that is not done', async () => {
    await sign();
    const [row] = await bot.app.services.store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      if (channel) await tx.put('channels', { ...channel, at: '2026-01-01T00:00:00.000Z' });
      return [channel];
    });
    expect(row?.lang).toBe('fr');
    const weekly = async (day: string) => {
      bot.setNow(`${day}T09:00:00.000Z`);
      await bot.app.runJob('weekly', { dryRun: false });
      return textOf((await postsIn(bot, coordination)).at(-1));
    };
    expect(await weekly('2027-01-04')).toContain('Prévenir le ministère de la fin de la convention');
    await mark(notice);
    const after = await weekly('2027-01-11');
    expect(after).toContain('Comité de pilotage : lundi 5 juillet 2027');
    expect(after).not.toContain('Prévenir le ministère');
  });
});

describe('the reminders', () => {
  it('come 60, 30, 14 and 3 days before the committee at the usual time, each once', async () => {
    const sent: string[] = [];
    for (const day of [
      '2027-05-05',
      '2027-05-06',
      '2027-06-03',
      '2027-06-04',
      '2027-06-21',
      '2027-07-02',
      '2027-07-05',
    ])
      for (const time of ['06:59', '07:00', '15:00']) {
        const before = (await reminders()).length;
        await runAt(`${day}T${time}:00.000Z`);
        await bot.app.runJob('deadlines', { dryRun: false });
        if ((await reminders()).length > before) sent.push(`${day} ${time}`);
      }
    // Thursday 6 May is Ascension Day, 5 June a Saturday.
    expect(sent).toEqual(['2027-05-05 07:00', '2027-06-04 07:00', '2027-06-21 07:00', '2027-07-02 07:00']);
    const cards = (await reminders()).map(textOf);
    expect(cards).toHaveLength(4);
    expect(cards[2]).toContain('Comité de pilotage : dans 14 jours');
    expect(cards[2]).toContain(says('fr', 'report.others'));
  });

  it('come 7 months before the end, and 14 and 3 days before the ministry must be told', async () => {
    await sign();
    for (const day of ['2027-01-29', '2027-02-12', '2027-02-25', '2027-02-26']) {
      await runAt(`${day}T08:00:00.000Z`);
      await bot.app.drain();
    }
    const runs = (await all(bot, 'jobs')).map(({ id }) => id).filter((id) => id.startsWith('deadlines:'));
    expect(runs.sort()).toEqual(['14', '3', '7-months'].map((distance) => `deadlines:${notice}:${distance}`));
    expect((await reminders()).map(textOf)).toEqual([
      expect.stringContaining('Prévenir le ministère de la fin : dans 30 jours'),
      expect.stringContaining('Prévenir le ministère de la fin : dans 16 jours'),
      expect.stringContaining('Prévenir le ministère de la fin : dans 3 jours'),
    ]);
  });

  it.each([
    ['two distances', '2027-06-22T12:00:00.000Z', 'dans 13 jours'],
    ['three distances, on a Saturday: it waits for Monday', '2027-07-05T06:00:00.000Z', 'aujourd’hui'],
  ])('of %s that passed while the bot was stopped, one comes', async (_, back, left) => {
    await runAt('2027-05-05T08:00:00.000Z');
    expect(await reminders()).toHaveLength(1);
    if (back.startsWith('2027-07-05')) await runAt('2027-07-03T08:00:00.000Z');
    expect(await reminders()).toHaveLength(1);
    bot.setNow(back);
    await bot.restart();
    expect((await reminders()).map(textOf)).toEqual([expect.anything(), expect.stringContaining(left)]);
    await runAt(back);
    expect(await reminders()).toHaveLength(2);
  });

  it('of a committee that is over, or a day later, none comes', async () => {
    await runAt('2027-07-06T08:00:00.000Z');
    expect(await reminders()).toEqual([]);
  });

  it('stop once it is marked as done, whose card in the channel then says so, and come back when it is undone', async () => {
    await runAt('2027-05-05T08:00:00.000Z');
    await bot.app.drain();
    const { answer } = await mark(committee);
    const shown = textOf((await shownIn(bot, coordination)).at(-1));
    expect(shown).toContain('Comité de pilotage : c’est fait');
    expect(shown).toContain('noté par Hugo Témoin');
    await runAt('2027-06-04T08:00:00.000Z');
    expect(await reminders()).toHaveLength(1);
    bot.setNow('2027-06-21T08:00:00.000Z');
    await bot.click(louis, 'deadlines.undo', formData(answer.value, 'deadlines.undo'), inChannel);
    expect(textOf((await shownIn(bot, coordination)).at(-1))).toContain('Comité de pilotage : dans 14 jours');
    await runAt('2027-06-21T08:00:00.000Z');
    expect(await reminders()).toHaveLength(2);
  });

  it('marked as done before it was sent, it is not sent', async () => {
    bot.setNow('2027-06-21T08:00:00.000Z');
    const held = bot.app.services.enqueue;
    await bot.app.services.store.transact(async (tx) => {
      const done = { by: hugo.aadObjectId, at: bot.now(), evidence: 'Remis' };
      const channel = await tx.get('channels', 'coordinators');
      const row = {
        conversationId: coordination,
        lang: 'fr',
        message: 'deadlines.due',
        actionId: committee,
      } as const;
      await held(tx, { ...row, key: 'early' });
      await tx.put('deadlines', { id: committee, done });
      return channel;
    });
    expect(await reminders()).toEqual([]);
  });

  it('a dry run says what is due, and writes nothing', async () => {
    const before = await written(bot);
    expect(await runAt('2027-06-21T08:00:00.000Z', true)).toBe(`deadlines: ${committee} (14)`);
    expect(await written(bot)).toBe(before);
    expect(await reminders()).toEqual([]);
    expect(await runAt('2027-06-21T08:00:00.000Z')).toBe(`deadlines: ${committee} (14)`);
    expect(await runAt('2027-06-21T08:00:00.000Z')).toBe('deadlines: nothing is due');
  });

  it('two instances that run the jobs at once post one', async () => {
    const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
    const { store } = bot.app.services;
    bot.setNow('2027-06-21T08:00:00.000Z');
    const other = await createApp(config, { store, clock: { now: () => bot.now() } });
    const run = (app: typeof other) => app.runJob('deadlines', { dryRun: false });
    await Promise.all([run(bot.app), run(other), run(bot.app), run(other)]);
    expect(await reminders()).toHaveLength(1);
    expect((await all(bot, 'outbox')).map(({ id }) => id)).toEqual([`deadlines:${committee}:14`]);
  });

  it('one that may not have arrived is listed by what it is', async () => {
    await runAt('2027-06-21T08:00:00.000Z');
    await bot.app.drain();
    await bot.app.services.store.transact(async (tx) => {
      for (const row of await tx.all('outbox')) await tx.put('outbox', { ...row, state: 'unknown' });
    });
    const list = (await bot.click(hugo, 'pending.undelivered', {}, inChannel)).value;
    expect(textOf(list)).toContain(
      tidy(says('fr', 'pending.message.deadlines.due', { day: 'lundi 5 juillet 2027' })),
    );
  });
});
