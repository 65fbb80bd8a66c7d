import type { Lang } from '../../src/records.js';
import { formData } from './bot.js';
import { closingSamples, placementId, talkId } from './closing-samples.js';
import { startFast } from './flows.js';
import { aHeldPlacement, aHeldTalk, storeAll } from './report-data.js';
import { aYearOfActions } from './report-year.js';
import type { Cast, Keep } from './samples.js';
import { publicUrl } from './samples-reminders.js';

/** The report: of a year with much in it, cut in several ways, and of one with nothing. */
export async function reportSamples(lang: Lang, cast: Cast, keep: Keep): Promise<void> {
  const { hugo, ines, zoe, louis } = cast;
  const bot = await startFast({ now: '2027-03-23T09:05:00.000Z', env: publicUrl });
  try {
    await bot.setUp([hugo, louis]);
    const command = lang === 'fr' ? 'bilan' : 'report';
    keep('report-nothing', (await bot.say(hugo, command))[0]);
    await storeAll(bot, aYearOfActions(600));
    for (const who of [ines, zoe]) await bot.click(who, 'help.open');
    await storeAll(bot, [
      aHeldTalk([ines.aadObjectId, zoe.aadObjectId], { id: talkId, number: 601, firstDay: '2027-03-02' }),
      aHeldPlacement([zoe.aadObjectId], {
        id: placementId,
        number: 602,
        firstDay: '2027-03-01',
        lastDay: '2027-03-05',
      }),
    ]);
    // What was shown before came from other records.
    await bot.restart();
    const [card = {}] = await bot.say(hugo, command);
    keep('report', card);
    const show = async (cut: string) =>
      (await bot.click(hugo, 'report.show', { cut, year: '2026-09-01' })).value;
    const schools = await show('school');
    keep('report-schools', schools);
    const next = await bot.click(hugo, 'report.page', formData(schools, 'report.page'));
    keep('report-schools-next', next.value);
    keep('report-months', await show('month'));
    const inArea = { cut: 'kind', year: '2026-09-01', byArea: 'Auvergne-Rhône-Alpes' };
    const area = (await bot.click(hugo, 'report.show', inArea)).value;
    keep('report-area', area);
    keep('report-area-files', (await bot.click(hugo, 'report.files', formData(area, 'report.files'))).value);
    keep('report-files', (await bot.click(hugo, 'report.files', formData(card, 'report.files'))).value);
    // Samples are of a local trial; in a chat of Teams, it offers the files itself.
    Object.assign(bot.app.services.links, { throughTeams: true });
    keep('report-files-offered', (await bot.click(hugo, 'report.offer', { file: 'workbook' })).value);
    Object.assign(bot.app.services.links, { throughTeams: false });
    await closingSamples(bot, lang, cast, keep);
    bot.app.services.links.address = () => undefined;
    keep('report-no-address', (await bot.click(hugo, 'report.files', formData(card, 'report.files'))).value);
  } finally {
    await bot.close();
  }
}
