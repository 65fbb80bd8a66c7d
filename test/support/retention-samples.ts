import type { Lang } from '../../src/records.js';
import type { CardJson, TestPerson } from './bot.js';
import { coordination, formData, person } from './bot.js';
import { activityFrom, chatOf, hasButton, postsIn, startFast } from './flows.js';
import type { Cast, Keep } from './samples.js';

/** The end of the data of people who are inactive: told to them, or to the coordinators if they cannot be told. */
export async function retentionSamples(lang: Lang, { ines, hugo, long }: Cast, keep: Keep): Promise<void> {
  const bot = await startFast({ settings: { channelLanguage: lang } });
  const lastIn = async (place: string, verb: string): Promise<CardJson> =>
    (await postsIn(bot, place)).filter((card) => hasButton(card, verb)).at(-1) ?? {};
  const leave = async (who: TestPerson) => {
    await bot.click(who, 'help.open');
    await bot.raw(activityFrom(bot, who, { type: 'installationUpdate', action: 'remove' }));
  };
  try {
    await bot.setUp([hugo]);
    await bot.click(ines, 'help.open');
    keep('retention-none', (await bot.click(hugo, 'retention.coming', {})).value);
    await leave(long);
    bot.setNow('2027-11-23T09:00:00.000Z');
    await bot.click(hugo, 'help.open');
    bot.setNow('2029-10-23T09:00:00.000Z');
    await bot.app.runJob('retention', { dryRun: false });
    const notice = await lastIn(chatOf(ines), 'retention.keep');
    keep('retention-notice', notice);
    keep('retention-coming', (await postsIn(bot, coordination)).at(-1));
    const kept = await bot.click(ines, 'retention.keep', formData(notice, 'retention.keep'));
    keep('retention-kept', kept.value);
    for (const letter of 'abcdefghijkl') await leave(person(`Personne Inventée ${letter.toUpperCase()}`));
    bot.setNow('2032-09-23T09:00:00.000Z');
    await bot.click(hugo, 'help.open');
    bot.setNow('2032-10-22T09:00:00.000Z');
    await bot.app.runJob('retention', { dryRun: false });
    keep('retention-many', await lastIn(coordination, 'retention.coming'));
    keep('retention-page', (await bot.click(hugo, 'retention.coming', { page: 1 })).value);
  } finally {
    await bot.close();
  }
}
