import { beginErasure } from '../../src/features/erasure/begin.js';
import { printPlanned, readPlanned } from '../../src/features/erasure/planned.js';
import type { Actor } from '../../src/features/feature.js';
import { formData, hugo, ines, type TestBot, zoe } from '../support/bot.js';
import { askToErase, finishErasing, kindsWith } from '../support/erasure-flows.js';
import { all, chatOf, errorText, offerTalk, says, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  for (const who of [ines, zoe]) await bot.say(who, 'aide');
});
afterEach(() => bot.close());

it('what waits to be sent to them is gone at once, what waits for others stays', async () => {
  const { store } = bot.app.services;
  await offerTalk(bot, zoe);
  await bot.app.drain();
  const [row] = await all(bot, 'outbox');
  if (!row) throw new Error('nothing was sent');
  const due = { ...row, state: 'due', dueAt: '2026-11-23T08:05:00.000Z', op: 'post' } as const;
  await store.transact(async (tx) => {
    await tx.put('outbox', { ...due, id: 'hers', conversationId: chatOf(ines) });
    await tx.put('outbox', { ...due, id: 'his', conversationId: chatOf(zoe) });
  });
  await bot.click(ines, 'erasure.erase', formData(await askToErase(bot), 'erasure.erase'));
  const waiting = (await all(bot, 'outbox')).map(({ id }) => id);
  expect(waiting).not.toContain('hers');
  expect(waiting).toContain('his');
});

it('somebody without a name goes too; who is not known has nothing to erase', async () => {
  const { services } = bot.app;
  await services.store.transact(async (tx) => {
    const person = await tx.get('people', zoe.aadObjectId);
    const { name: _, ...nameless } = person ?? ({} as never);
    await tx.put('people', nameless);
  });
  const actor = { id: zoe.aadObjectId, teamsId: zoe.id, lang: 'fr' } as Actor;
  const planned = await services.store.read((reader) => readPlanned(reader, actor.id, services));
  await beginErasure(actor, printPlanned(planned, services), services);
  expect((await all(bot, 'erasures')).map(({ person }) => person?.name)).toEqual([undefined]);
  await finishErasing(bot);
  expect(await kindsWith(bot, [zoe.aadObjectId, zoe.id])).toEqual([]);
  await expect(beginErasure({ ...actor, id: 'nobody' }, '', services)).rejects.toMatchObject({
    key: 'refusal.outdated',
  });
});

it('somebody who is being erased is told so, and is not remembered anew meanwhile', async () => {
  await bot.click(ines, 'erasure.erase', formData(await askToErase(bot), 'erasure.erase'));
  const clicked = await bot.click(ines, 'help.open');
  expect(errorText(clicked)).toContain(says('fr', 'refusal.beingErased.heading'));
  expect((await all(bot, 'people')).map(({ id }) => id)).not.toContain(ines.aadObjectId);
});

it('one of which only the past of the files is left is finished by the next run', async () => {
  const { store } = bot.app.services;
  await store.transact((tx) => tx.add('erasures', { id: 'new', at: bot.now() }));
  expect(await bot.app.runJob('erasures', { dryRun: false })).toBe('erasures: 1 under way');
  expect(await all(bot, 'erasures')).toEqual([]);
  expect(await bot.app.runJob('erasures', { dryRun: false })).toBe('erasures: nothing to do');
});
