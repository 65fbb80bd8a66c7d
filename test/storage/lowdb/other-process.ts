/**
 * Another process on a data file, for the facts that one process cannot show. Says on its output what came of it.
 * Usage: other-process.ts <file> hold | die-writing | hit-the-limit
 */
import { statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { openLowdbStore } from '../../../src/storage/lowdb/index.js';

const [file = '', task] = process.argv.slice(2);
const say = (word: string) => process.stdout.write(`${word}\n`);
// More than one call writes: a kill or a limit falls in the middle of it.
const big = 'x'.repeat(12_000_000);

async function main(): Promise<void> {
  const clock = { now: () => '2026-11-23T08:00:00.000Z' };
  // To die in the middle of writing the whole file, each commit has to write it.
  const store = await openLowdbStore({
    file,
    clock,
    ...(task === 'die-writing' ? { maxJournalBytes: 0 } : {}),
  });
  const put = (id: string, error: string) =>
    store.transact((tx) => tx.put('conversations', conversation(id, error))).then(() => 'written');
  say('open');
  if (task === 'hold') {
    process.stdin.resume();
  } else if (task === 'die-writing') {
    await put('before', 'small');
    watch(dirname(file), (_, name) => {
      if (!name || !/\.json\.\d+$/.test(name)) return;
      const found = statSync(join(dirname(file), name), { throwIfNoEntry: false });
      if (found && found.size > 0) process.kill(process.pid, 'SIGKILL');
    });
    await put('during', big);
    say('survived');
  } else if (task === 'hit-the-limit') {
    // Without a listener the signal of the limit ends the process; with one, the write fails, as on a full disk.
    process.on('SIGXFSZ', () => {});
    say(await put('before', 'small'));
    say(await put('during', big).catch((error: Error) => error.name));
    say(await put('after', 'small'));
    await store.close();
    process.exit(0);
  }
}

const conversation = (id: string, inactiveReason: string) => ({
  id,
  kind: 'personal' as const,
  serviceUrl: 'https://example.test/',
  botId: '28:bot',
  active: false,
  inactiveReason,
});

main().catch((error: Error) => say(`${error.name}: ${error.message}`));
