import type { Lang } from '../../src/records.js';
import { chatOf, postsIn, startFast } from './flows.js';
import { aHeldPlacement, aHeldTalk, aPlannedTalk, storeAll } from './report-data.js';
import type { Cast, Keep } from './samples.js';

const idOf = (n: number) => `01REG${String(n).padStart(21, '0')}`;

/** The card of each month: for somebody who is named, for a coordinator, with small figures, and with nothing. */
export async function regionalSamples(lang: Lang, cast: Cast, keep: Keep): Promise<void> {
  const { hugo, ines, louis, zoe } = cast;
  const bot = await startFast({
    now: '2026-12-04T09:00:00.000Z',
    convention: {
      regionalCoordinators: [
        { person: ines.aadObjectId, academie: '10' },
        { person: hugo.aadObjectId, region: "Provence-Alpes-Côte d'Azur" },
        { person: louis.aadObjectId, academie: '14' },
      ],
    },
  });
  try {
    await bot.setUp([hugo]);
    for (const who of [hugo, ines, louis]) await bot.click(who, 'help.open');
    const who = [zoe.aadObjectId];
    await storeAll(bot, [
      ...['10', '23'].flatMap((code, i) => [
        aHeldTalk(who, { id: idOf(10 * i + 1), number: 10 * i + 1, academies: [code] }),
        aHeldPlacement(who, { id: idOf(10 * i + 2), number: 10 * i + 2, academies: [code] }),
      ]),
      ...[1, 2, 3, 4, 5, 6, 7].map((n) =>
        aPlannedTalk(who, {
          id: idOf(40 + n),
          number: 40 + n,
          firstDay: `2027-01-${n > 5 ? 12 + n : 10 + n}`,
          academies: [n === 7 ? '23' : '10'],
        }),
      ),
    ]);
    await bot.restart();
    bot.setNow('2026-12-07T08:00:00.000Z');
    await bot.app.runJob('regional', { dryRun: false });
    const last = async (reader: typeof ines) => (await postsIn(bot, chatOf(reader))).at(-1);
    keep('regional', await last(ines));
    keep('regional-coordinator', await last(hugo));
    keep('regional-none', await last(louis));
    const area = '10';
    keep('regional-planned', (await bot.click(ines, 'regional.planned', { area, page: 0 })).value);
    keep('regional-planned-next', (await bot.click(ines, 'regional.planned', { area, page: 1 })).value);
    keep('regional-muted', (await bot.click(ines, 'regional.mute', { area })).value);
    await storeAll(bot, [
      aHeldPlacement(who, { id: idOf(30), number: 30, academies: ['14'], firstDay: '2026-11-09' }),
    ]);
    await bot.restart();
    keep('regional-small', (await bot.click(louis, 'regional.open', { area: '14' })).value);
    const command = lang === 'fr' ? 'préférences' : 'preferences';
    keep('preferences-regional', (await bot.say(ines, command))[0]);
  } finally {
    await bot.close();
  }
}
