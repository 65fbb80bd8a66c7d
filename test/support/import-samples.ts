import type { Lang } from '../../src/records.js';
import { type CardJson, formData } from './bot.js';
import { fileMessage } from './dropped-files.js';
import { activityFrom, chatOf, lastPostIn, startFast } from './flows.js';
import { aLine, aPlacementLine, type FileLine, toCsv } from './import-files.js';
import type { Cast, Keep } from './samples.js';
import { publicUrl } from './samples-reminders.js';

/** Imports: how, what a check finds, and what becomes of a file. */
export async function importSamples(lang: Lang, { hugo, ines }: Cast, keep: Keep): Promise<void> {
  let content = '';
  const fetchFile = async () => new Response(content);
  const bot = await startFast({ now: '2026-11-23T09:05:00.000Z', env: publicUrl, parts: { fetchFile } });
  try {
    await bot.setUp([hugo]);
    await bot.say(ines, lang === 'fr' ? 'aide' : 'help');
    const command = lang === 'fr' ? 'importer' : 'import';
    keep('imports-open', (await bot.say(hugo, command))[0]);
    const drop = async (lines: readonly FileLine[], name = 'engagements-2025.xlsx'): Promise<CardJson> => {
      content = toCsv(lines, lang);
      const address = 'https://exemple-my.sharepoint.com/1';
      await bot.raw(activityFrom(bot, hugo, fileMessage(name, address)));
      return lastPostIn(bot, chatOf(hugo));
    };
    const click = async (card: CardJson, verb: string) =>
      (await bot.click(hugo, verb, formData(card, verb))).value;
    const few = [aLine(), aPlacementLine(), aLine({ firstDay: '14/11/2024' })];

    const faulty = await drop([
      aLine({ kind: 'Conférence', pupils: 'une trentaine' }),
      aPlacementLine({ firstDay: '16/02/2026', lastDay: '20/02/2026' }),
      aLine({ firstDay: '13/03/2026', remark: 'Léa, 06 12 34 56 78' }),
      aLine({ school: '0932030C' }),
      aLine({ firstDay: '24/11/2026' }),
      aLine({ reference: 'A'.repeat(50), firstDay: '10/03/2026' }),
      aLine({ reference: 'A'.repeat(50), firstDay: '11/03/2026', employee: 'Nina Nouvelle' }),
    ]);
    keep('imports-faulty', faulty);
    keep('imports-faulty-next', await click(faulty, 'imports.show'));
    keep(
      'imports-notices',
      await drop([
        ...few,
        aLine({ firstDay: '14/03/2026' }),
        aPlacementLine({ pupils: '3', employee: 'Nina Nouvelle' }),
      ]),
    );
    const ready = await drop(few, `${'engagements-de-toute-l’entreprise-'.repeat(3)}.xlsx`);
    keep('imports-ready', ready);
    const confirm = await click(ready, 'imports.ask');
    keep('imports-confirm', confirm);
    keep('imports-open-waiting', (await bot.say(hugo, command))[0]);
    keep('imports-added', await click(confirm, 'imports.add'));
    keep('imports-nothing', await drop(few));
    keep('imports-open-after', (await bot.say(hugo, command))[0]);
    const year = (await bot.click(hugo, 'closing.open', { from: '2025-09-01' })).value;
    await click(year, 'closing.close');
    const late = await click(await drop([aLine({ firstDay: '17/03/2026' })]), 'imports.ask');
    keep('imports-confirm-closed', late);
    bot.setNow('2026-11-23T09:20:00.000Z');
    keep('imports-added-closed', await click(late, 'imports.add'));
    const long = Array.from({ length: 420 }, (_, i) =>
      aLine({ reference: `R${i}`, employee: `Nom Prénom${i}` }),
    );
    const asked = await click(await drop(long), 'imports.ask');
    const progress = await click(asked, 'imports.add');
    keep('imports-progress', progress);
    keep('imports-dropped', await click(progress, 'imports.drop'));
    // Long enough to be answered later; what it is answered with comes last.
    await drop(Array.from({ length: 900 }, (_, i) => aLine({ reference: `${i}`, remark: 'r'.repeat(200) })));
    keep('imports-reading', bot.connector.personal(chatOf(hugo)).at(-2)?.card as CardJson);
  } finally {
    await bot.close();
  }
}
