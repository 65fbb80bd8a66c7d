import { type CardJson, formData, type TestPerson } from './bot.js';
import { liveAYear } from './erasure-flows.js';
import { offerTalk, startFast } from './flows.js';
import type { Cast, Keep } from './samples.js';
import { publicUrl } from './samples-reminders.js';

/** What is kept about somebody with a year behind them, and how they are erased. */
export async function dataSamples({ ines, hugo, louis, zoe, long }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ env: publicUrl });
  const click = async (who: TestPerson, verb: string, data: object = {}): Promise<CardJson> =>
    (await bot.click(who, verb, data)).value;
  try {
    await liveAYear(bot, { ines, hugo, louis, zoe });
    await bot.say(long, 'aide');
    keep('data', await click(ines, 'data.open'));
    keep('data-long', await click(long, 'data.open'));
    keep('erasure-nothing', await click(long, 'erasure.open'));
    const asked = await click(ines, 'erasure.open');
    keep('erasure', asked);
    await offerTalk(bot, ines, { firstDay: '2027-03-09' });
    const again = await click(ines, 'erasure.erase', formData(asked, 'erasure.erase'));
    keep('erasure-changed', again);
    keep('erasure-begun', await click(ines, 'erasure.erase', formData(again, 'erasure.erase')));
    keep('erasure-message', (await bot.say(ines, 'mes engagements'))[0]);
  } finally {
    await bot.close();
  }
}
