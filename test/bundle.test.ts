import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ines } from './support/bot.js';
import { type Connector, startConnector } from './support/connector.js';
import { activityFrom } from './support/flows.js';
import { type ModelApi, startModelApi } from './support/model-api.js';
import { settingsOf, unclear } from './support/model-bot.js';
import { type BotProcess, bundleBot, startProcess } from './support/process.js';

// npm makes the bill of materials.
jest.setTimeout(60_000);

let connector: Connector;
let folder: string;
let model: ModelApi;
let bot: BotProcess;

beforeAll(async () => {
  connector = await startConnector();
  model = await startModelApi();
  folder = mkdtempSync(join(tmpdir(), 'passerelle-bundle-'));
  const env = { DATA_FILE: join(folder, 'records.json'), ...settingsOf(model) };
  bot = await startProcess(await bundleBot(folder), env);
});

afterAll(async () => {
  await bot.kill();
  await connector.close();
  await model.close();
  rmSync(folder, { recursive: true });
});

const send = (activity: object): Promise<Response> =>
  fetch(`${bot.address}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: {
    readonly name: string;
    readonly scope: string;
    readonly hashes?: unknown[];
    readonly licenses?: unknown[];
  }[];
}

describe('the bundle that is deployed', () => {
  // What it needs for these is in files of its own, which are read when they are first needed.
  it('answers a button with a card', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'host.open', data: {} } };
    const answer = await send(
      activityFrom({ connector }, ines, { type: 'invoke', name: 'adaptiveCard/action', value }),
    );
    expect(await answer.json()).toMatchObject({ statusCode: 200, value: { type: 'AdaptiveCard' } });
  });

  it('answers a message with a card', async () => {
    const answer = await send(activityFrom({ connector }, ines, { text: 'aide' }));
    expect(answer.status).toBe(200);
    expect(connector.posts.map((p) => p.card)).toEqual([expect.objectContaining({ type: 'AdaptiveCard' })]);
  });

  it('asks a model, whose planner is in none of the files of a start', async () => {
    await send(activityFrom({ connector }, ines, { text: unclear }));
    expect(model.requests.map(({ body }) => body.messages.at(-1)?.content)).toEqual([unclear]);
    const start = readFileSync(join(folder, 'bot.mjs'), 'utf8');
    expect([start.includes('createBot'), start.includes('ActionPlanner')]).toEqual([true, false]);
  });

  it('lists the packages that are in it, all of them dependencies that are deployed', () => {
    const rows: { path: string; version: string; license: string; bytes: number }[] = read('bundled.json');
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const { allowed } = JSON.parse(readFileSync('scripts/licences.json', 'utf8'));
    const inLock = rows.map(({ path }) => [path, packages[path]?.version, Boolean(packages[path]?.dev)]);
    expect(inLock).toEqual(rows.map(({ path, version }) => [path, version, false]));
    expect(rows.filter(({ license }) => !(license in allowed))).toEqual([]);
    expect(rows.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['node_modules/botbuilder', 'node_modules/pg', 'node_modules/fflate']),
    );
    expect(rows.filter(({ bytes }) => bytes === 0)).toEqual([]);
  });

  it('comes with the licences of what is in it', () => {
    const notices = readFileSync(join(folder, 'licences.txt'), 'utf8').split(`\n\n${'-'.repeat(80)}\n\n`);
    const rows: { name: string; version: string; license: string }[] = read('bundled.json');
    const heads = rows.map(({ name, version, license }) => `${name} ${version}: ${license}`);
    expect(notices.map((notice) => notice.trimEnd().split('\n')[0])).toEqual(heads);
    // A few packages are published without a file of their licence.
    expect(notices.filter((notice) => notice.length < 200).length).toBeLessThan(20);
    expect(notices.find((notice) => notice.startsWith('date-holidays 3'))).toMatch(
      /wikipedia|CC-BY|Creative/i,
    );
  });

  it('has a bill of materials, which marks what it leaves out', () => {
    execFileSync(process.execPath, ['scripts/sbom.mjs', folder]);
    const bill: Bill = read('sbom.json');
    expect([bill.bomFormat, bill.metadata.component.name]).toEqual(['CycloneDX', 'passerelle']);
    const scopes = Object.fromEntries(bill.components.map(({ name, scope }) => [name, scope]));
    expect(scopes).toMatchObject({ botbuilder: 'required', pg: 'required', 'dtrace-provider': 'excluded' });
    expect(Object.keys(scopes)).toEqual(expect.not.arrayContaining(['esbuild', 'jest', 'typescript']));
    const bare = bill.components.filter(({ hashes, licenses }) => !hashes?.length || !licenses?.length);
    expect(bare).toEqual([]);
  });

  it('stops when it is asked to', async () => {
    expect(await bot.stop()).toBe(0);
  });
});
