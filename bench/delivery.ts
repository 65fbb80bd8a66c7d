import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type App, createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import type { Conversation } from '../src/records.js';
import { startServer } from './servers.js';
import type { Report } from './teams.js';

/** What the app may send in a second, and how much longer than at that pace all may take. */
const perSecond = 50;
const goal = 1.1;
/** A channel takes 60 messages in 30 s: these fit into that, and 50 messages to it must not take longer. */
const channelPosts = 50;
const channelGoal = 30;
const channelId = '19:announcements@thread.tacv2';

type Row = Record<string, string | number>;

/** Owes a message to each chat, and in the middle of them the channel's. Gives the conversation of each message. */
async function owe(app: App, teams: string, chats: number): Promise<string[]> {
  const { store } = app.services;
  const place = { serviceUrl: `${teams}/`, tenantId: 'tenant', botId: '28:bot', active: true } as const;
  const places = Array.from({ length: chats }, (_, i): Conversation => {
    return { ...place, id: `a:${i}`, kind: 'personal' };
  });
  const channel: Conversation = { ...place, id: channelId, kind: 'channel' };
  places.splice(chats / 2, 0, ...Array.from({ length: channelPosts }, () => channel));
  for (let first = 0; first < places.length; first += 1_000) {
    await store.transact(async (tx) => {
      for (const [i, conversation] of places.slice(first, first + 1_000).entries()) {
        const key = `message-${first + i}`;
        await tx.put('conversations', conversation);
        await app.services.enqueue(tx, {
          key,
          conversationId: conversation.id,
          message: 'help.welcome',
          lang: 'fr',
          // Shown in the card: the double finds it there.
          data: { addedBy: key },
        });
      }
    });
  }
  return places.map(({ id }) => id);
}

async function round(chats: number): Promise<Row> {
  const teams = await startServer(['--import', 'tsx', 'bench/teams.ts']);
  // Not in the system's temporary folder, which may be memory: a sync to it would cost nothing.
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const app = await createApp(readConfig({ DATA_FILE: `${folder}/records.json`, LOG_LEVEL: 'error' }));
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  try {
    const owed = await owe(app, teams.address, chats);
    stalls.enable();
    const began = performance.now();
    await app.drain();
    const seconds = (performance.now() - began) / 1_000;
    const report = (await (await fetch(`${teams.address}/report`)).json()) as Report;
    return { ...judge(report, owed, seconds), 'stall ms (bot)': Math.round(stalls.max / 1e6) };
  } finally {
    await app.close();
    await teams.stop();
    rmSync(folder, { recursive: true });
  }
}

function judge({ taken, refused, stallMs }: Report, owed: readonly string[], seconds: number): Row {
  const times = owed.map(() => 0);
  for (const [conversationId, n] of taken) if (owed[n] === conversationId) times[n] = (times[n] ?? 0) + 1;
  const inChannel = taken.filter(([conversationId]) => conversationId === channelId);
  const inOrder = inChannel.every(([, n], i) => i === 0 || n > (inChannel[i - 1]?.[1] ?? n));
  const [began = 0, channelBegan = 0] = [taken[0]?.[2], inChannel[0]?.[2]];
  const channelSeconds = ((inChannel.at(-1)?.[2] ?? Number.NaN) - channelBegan) / 1_000;
  const least = owed.length / perSecond;
  return {
    messages: owed.length,
    'least s': least,
    's taken': Number(seconds.toFixed(1)),
    ratio: `${(seconds / least).toFixed(3)} (goal ${goal})`,
    '429 after 1 s': refused.filter((at) => at >= began + 1_000).length,
    lost: times.filter((n) => n === 0).length,
    twice: taken.length - times.filter((n) => n > 0).length,
    channel: `${channelSeconds.toFixed(1)} s (goal ${channelGoal}), ${inOrder ? 'in order' : 'NOT IN ORDER'}`,
    'stall ms (double)': Math.round(stallMs),
  };
}

/**
 * A message to each of so many chats and 50 posts to one channel, against a double that refuses what goes beyond
 * the documented limits: `npm run bench -- delivery [chats] [rounds]`. 10,000 chats take some 3½ minutes a round;
 * with fewer than 1,500 the channel, and not the pace, says how long it takes.
 */
export async function main([chats = '10000', rounds = '1']: readonly string[]): Promise<void> {
  const results: Row[] = [];
  for (let n = 0; n < Number(rounds); n++) results.push(await round(Number(chats)));
  console.log(
    `\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; Teams answers in 150 to 350 ms\n`,
  );
  for (const key of Object.keys(results[0] ?? {})) {
    console.log(`${key.padEnd(20)}${results.map((row) => String(row[key])).join('   ')}`);
  }
}
