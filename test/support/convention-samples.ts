import type { Lang } from '../../src/records.js';
import { type CardJson, coordination, formData } from './bot.js';
import { anEngagement, aPlacement } from './builders.js';
import { inputsOf, lastPostIn, shownIn, startFast } from './flows.js';
import { enter, enterAndFind, note } from './register-flows.js';
import type { Cast, Keep } from './samples.js';

/** The convention, its deadlines and its amendments: before anybody has entered when it was signed, and after. */
export async function conventionSamples(lang: Lang, { hugo, louis }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z' });
  const fr = lang === 'fr';
  const click = async (verb: string, data: object = {}, who = hugo): Promise<CardJson> =>
    (await bot.click(who, verb, data)).value;
  const press = (card: CardJson, verb: string, inputs: object = {}, who = hugo): Promise<CardJson> =>
    click(verb, formData(card, verb, inputs), who);
  /** A signed amendment, or one that is being prepared. */
  const amend = async (inputs: object, signedOn?: string): Promise<CardJson> => {
    const form = await click('amendments.draft');
    const drafted = await press(form, 'amendments.save', { ...inputsOf(form), ...inputs });
    if (!signedOn) return drafted;
    const signers = fr
      ? 'La direction des ressources humaines et le ministère'
      : 'Human Resources and the ministry';
    return press(await press(drafted, 'amendments.signature'), 'amendments.sign', { signers, signedOn });
  };
  try {
    await bot.setUp([hugo, louis]);
    await bot.say(louis, 'aide');
    const { store } = bot.app.services;
    await store.transact(async (tx) => {
      const channel = await tx.get('channels', 'coordinators');
      if (channel) await tx.put('channels', { ...channel, lang });
    });
    keep('convention-unsigned', await click('convention.open'));
    keep('deadlines-unsigned', await click('deadlines.open'));
    keep('amendments-none', await click('amendments.open'));
    const signature = await click('convention.signature');
    keep('convention-signature', signature);
    keep('convention-signature-wrong', await press(signature, 'convention.sign', { signedOn: '2031-01-01' }));
    keep('convention-signed', await press(signature, 'convention.sign', { signedOn: '2024-08-31' }));
    keep('convention-signature-known', await click('convention.signature'));

    const form = await click('amendments.draft');
    keep('amendments-form', form);
    const wrong = {
      subject: '',
      from: '2031-01-01',
      commitment: 'mobilised-employees',
      target: '',
      kinds: '',
    };
    keep('amendments-form-wrong', await press(form, 'amendments.save', wrong));
    const subject = fr ? 'Un objectif de 15 personnes par an' : 'A target of 15 people a year';
    const target = {
      subject,
      from: '2026-12-01',
      commitment: 'mobilised-employees',
      target: '15',
      kinds: '',
    };
    const drafted = await amend(target);
    keep('amendments-drafted', drafted);
    const signing = await press(drafted, 'amendments.signature');
    keep('amendments-signature', signing);
    keep(
      'amendments-signature-wrong',
      await press(signing, 'amendments.sign', { signers: '', signedOn: '2031-01-01' }),
    );
    keep(
      'amendments-signed',
      await amend(
        {
          subject: fr ? 'Seuls les stages de 2de comptent' : 'Only 2de placements count',
          from: '2026-09-01',
          commitment: 'placements',
          target: '20',
          kinds: 'placement-2de',
        },
        '2026-06-30',
      ),
    );
    const charter = fr ? 'Une charte pour l’accueil des élèves' : 'A charter for hosting pupils';
    const dropped = await amend({ subject: charter, from: '2027-01-01' });
    keep('amendments-dropped', await press(dropped, 'amendments.drop'));
    keep('amendments-list', await click('amendments.open'));

    await store.transact(async (tx) => {
      const placement = aPlacement({ createdBy: hugo.aadObjectId, places: 2 });
      await tx.put('actions', placement);
      await tx.put('engagements', anEngagement(placement, hugo.aadObjectId, 'approved'));
    });
    keep('deadlines-list', await click('deadlines.open'));
    keep('convention-card', await click('convention.open'));
    const id = 'renewal-notice:2027-02-28';
    const open = await click('deadlines.view', { id });
    keep('deadlines-open', open);
    keep('deadlines-wrong', await press(open, 'deadlines.done', { evidence: '' }));
    bot.setNow('2027-02-12T09:05:00.000Z');
    await bot.app.runJob('deadlines', { dryRun: false });
    await bot.app.drain();
    keep('deadlines-due', await lastPostIn(bot, coordination));
    const evidence = fr
      ? 'Lettre recommandée du 15 février, dossier Convention'
      : 'Registered letter of 15 February, folder Convention';
    keep('deadlines-done', await press(open, 'deadlines.done', { evidence }));
    await bot.app.drain();
    keep('deadlines-due-done', (await shownIn(bot, coordination)).at(-1));
    bot.setNow('2027-06-28T09:05:00.000Z');
    const committee = 'committee:2027-07-05';
    keep('deadlines-committee', await click('deadlines.view', { id: committee }));
    const closing = await click('closing.open');
    await press(closing, 'closing.close');
    await enter(bot, hugo, 'committee');
    keep('deadlines-committee-closed', await click('deadlines.view', { id: committee }));
    bot.setNow('2027-07-12T09:05:00.000Z');
    keep('deadlines-late', await click('deadlines.open'));
    const letter = fr ? 'Courrier du 10 février' : 'Letter of 10 February';
    const termination = await enterAndFind(bot, hugo, 'termination', { day: '2027-02-10', text: letter });
    keep('convention-notified', await click('convention.open'));
    bot.setNow('2027-08-12T09:05:00.000Z');
    await note(bot, hugo, termination, 'takeEffect', { day: '2027-08-10', text: letter });
    keep('convention-ended', await click('convention.open'));
    keep('deadlines-ended', await click('deadlines.open'));
  } finally {
    await bot.close();
  }
}
