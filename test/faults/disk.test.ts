import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BotProcess } from '../support/process.js';
import { fileGround, type Ground } from './grounds.js';
import { type Answer, expectAllKept, openWorkplace, type Workplace } from './workplace.js';

/** Only an administrator may mount a small disk; test/storage/lowdb/disk-failure.test.ts fails writes without one. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

let workplace: Workplace;
let disk: string;
let ground: Ground;
const mount = (options: string): void =>
  void execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
const remount = (options: string): void => void execFileSync('mount', ['-o', `remount,${options}`, disk]);
beforeAll(async () => {
  workplace = await openWorkplace();
  disk = join(workplace.folder, 'disk');
  mkdirSync(disk);
  if (canMount) mount('size=2m');
  ground = fileGround(disk);
}, 60_000);
afterAll(async () => {
  if (canMount) execFileSync('umount', ['-l', disk]);
  await workplace.close();
});

const statusOf = async (bot: BotProcess, path: string) => (await fetch(bot.address + path)).status;
const codeOf = (answer: Answer): string => (typeof answer === 'object' ? answer.code : answer);

/** Writes until there is no room: the bot may write at the same time. */
function fillDisk(): void {
  const filler = openSync(join(disk, 'filler'), 'w');
  try {
    for (;;) writeSync(filler, Buffer.alloc(4_096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(filler);
  }
}

const onSmallDisk = canMount ? describe : describe.skip;
onSmallDisk('a disk of its own', () => {
  it('that is full: offers are refused or kept, and the bot recovers by itself when there is room', async () => {
    let bot = await workplace.start(ground);
    await workplace.setUp(bot);
    const first = workplace.offers(5);
    for (const offer of first) expect(await workplace.send(bot, offer)).toBe('card');

    fillDisk();
    const offers = workplace.offers(20);
    const answers = await Promise.all(offers.map((offer) => workplace.send(bot, offer)));
    const codes = new Set(answers.map(codeOf));
    expect([...codes].filter((code) => code !== 'card')).toEqual(['refusal.store']);
    expect([await statusOf(bot, '/health'), await statusOf(bot, '/ready')]).toEqual([200, 503]);

    rmSync(join(disk, 'filler'));
    expect(await statusOf(bot, '/ready')).toBe(200);
    await bot.kill();
    bot = await workplace.start(ground);
    const { actions } = await ground.kept();
    const kept = offers.filter((_, i) => answers[i] === 'card').map(({ id }) => id);
    expect(Object.keys(actions).sort()).toEqual([...first.map(({ id }) => id), ...kept].sort());
    for (const offer of offers) expect(await workplace.send(bot, offer)).toBe('card');
    await expectAllKept(workplace, ground, bot, [...first, ...offers]);
    expect(await bot.stop()).toBe(0);
  }, 60_000);

  it('that can only be read: the bot does not start, says why, and changes nothing', async () => {
    const before = await ground.kept();
    remount('ro');
    await expect(workplace.start(ground)).rejects.toThrow(/ended with 1: .*records\.json.*read-only/);
    remount('rw');
    const bot = await workplace.start(ground);
    expect(await ground.kept()).toEqual(before);
    expect(await bot.stop()).toBe(0);
  }, 60_000);
});
