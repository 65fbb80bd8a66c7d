import type { Lang } from '../../src/records.js';
import { type CardJson, formData, type TestBot } from './bot.js';
import { chatOf, inputsOf, lastPostIn } from './flows.js';
import { aHeldTalk, storeAll } from './report-data.js';
import type { Cast, Keep } from './samples.js';

export const talkId = '01TA1K00000000000000000001';
export const placementId = '01P1ACEMENT000000000000001';
const from = '2026-09-01';

/** The ministry's form, the lines of the report with a correction, and a year that is closed, reopened and closed again. */
export async function closingSamples(
  bot: TestBot,
  lang: Lang,
  { hugo, louis, ines }: Cast,
  keep: Keep,
): Promise<void> {
  const click = async (verb: string, data: object, who = hugo): Promise<CardJson> =>
    (await bot.click(who, verb, data)).value;
  const press = (card: CardJson, verb: string, inputs: object = {}, who = hugo): Promise<CardJson> =>
    click(verb, formData(card, verb, inputs), who);
  const why = lang === 'fr' ? 'Compté sur la feuille d’émargement.' : 'Counted on the attendance sheet.';
  const correct = async (id: string, inputs: object): Promise<CardJson> => {
    const form = await click('report.correct', { id });
    return press(form, 'report.saveCorrection', { ...inputsOf(form), why, ...inputs });
  };

  keep('report-form', await click('report.form', { from }));
  keep('report-form-next', await click('report.form', { from, page: 1 }));
  keep('report-form-text', await click('report.formText', { from }));
  keep('report-lines', await click('report.lines', { from, of: '2027-03' }));
  keep('report-lines-missing', await click('report.findLine', { from, number: '99999' }));
  keep('report-lines-none', await click('report.lines', { from: '2023-09-01' }));
  keep('report-line', await click('report.line', { id: placementId }));
  const form = await click('report.correct', { id: placementId });
  keep('report-correction', form);
  keep('report-correction-talk', await click('report.correct', { id: talkId }));
  keep('report-correction-wrong', await press(form, 'report.saveCorrection', { pupils: '9', why: '' }));
  keep('report-line-corrected', await correct(talkId, { pupils: '31' }));
  keep('report-corrected', await lastPostIn(bot, chatOf(ines)));

  const open = await click('closing.open', { from });
  keep('closing-open', open);
  keep('closing-not-begun', await click('closing.open', { from: '2027-09-01' }));
  keep('closing-closed', await press(open, 'closing.close'));
  bot.setNow('2027-03-24T09:05:00.000Z');
  await storeAll(bot, [
    aHeldTalk([ines.aadObjectId], {
      id: '01ADDED0000000000000000001',
      number: 603,
      schools: ['0579001Z'],
      school: '',
    }),
  ]);
  await correct(talkId, { pupils: '25' });
  await correct(placementId, { state: 'not-held' });
  bot.setNow('2027-03-24T10:20:00.000Z');
  const late = await click('closing.open', { from });
  keep('closing-late', late);
  keep('closing-differences', await press(late, 'closing.differences'));
  keep('report-late', await click('report.open', { from }));
  keep('report-lines-late', await click('report.lines', { from, of: '2027-03', page: 0 }));
  keep('report-line-late', await click('report.line', { id: talkId }));
  keep('report-form-closed', await click('report.form', { from }));
  const reopening = await press(late, 'closing.askReopen');
  keep('closing-reopen', reopening);
  keep('closing-reopen-wrong', await press(reopening, 'closing.reopen', { reason: ' ' }));
  const reason = lang === 'fr' ? 'Deux nombres étaient faux.' : 'Two numbers were wrong.';
  const reopened = await press(reopening, 'closing.reopen', { reason }, louis);
  keep('closing-reopened', reopened);
  keep('closing-moved', await press(open, 'closing.close'));
  keep('report-reopened', await click('report.open', { from }));
  await press(reopened, 'closing.close', {}, louis);
  keep('closing-versions', await click('closing.versions', { from }));
  const first = await click('closing.version', { id: '2026-2027:1' });
  keep('closing-version', first);
  keep('closing-version-differences', await press(first, 'closing.differences'));
  keep('report-version', await press(first, 'report.page'));
  keep('report-today', await click('report.open', { from, as: 'today' }));

  const draft = await click('amendments.draft', {});
  const drafted = await press(draft, 'amendments.save', {
    ...inputsOf(draft),
    subject: lang === 'fr' ? 'Un objectif de 15 personnes par an' : 'A target of 15 people a year',
    from,
    commitment: 'mobilised-employees',
    target: '15',
    kinds: 'placement-3e',
  });
  const signers = lang === 'fr' ? 'Les deux directions' : 'Both directors';
  await press(await press(drafted, 'amendments.signature'), 'amendments.sign', {
    signers,
    signedOn: '2027-03-20',
  });
  const amended = await click('closing.open', { from });
  keep('closing-amended', amended);
  keep('closing-amended-differences', await press(amended, 'closing.differences'));
}
