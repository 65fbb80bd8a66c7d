import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { monotonicFactory } from 'ulid';
import type { Config } from './config.js';
import { createOutbox, type OutboxOptions, owe } from './delivery/outbox.js';
import type { Services } from './features/feature.js';
import { features } from './features/index.js';
import { createJobs } from './features/jobs.js';
import { placeReached, placesGone } from './features/shared/lost-channel.js';
import { createMetrics } from './metrics.js';
import type { Clock, OutboxMessage, Reader, Store } from './ports.js';
import { readCalendar } from './reference/calendar.js';
import { readConvention } from './reference/convention.js';
import { lazySchools } from './reference/schools.js';
import { openLowdbStore } from './storage/lowdb.js';
import { type Authentication, createAuthentication } from './teams/authentication.js';
import { createBot, type Log } from './teams/bot.js';
import { createCards } from './teams/cards.js';
import { createConnectors } from './teams/connectors.js';
import { createDirectory } from './teams/directory.js';
import { readMembers } from './teams/members.js';
import { createMessenger } from './teams/messenger.js';
import { type PersonLimits, personLimits } from './teams/person-limit.js';
import { createServer } from './teams/server.js';
import { textIn } from './text/text.js';

/** What a test may put in place of the real thing. */
export interface Parts {
  readonly clock?: Clock;
  readonly store?: Store;
  readonly log?: Log;
  /** Who may speak to the bot, and how it signs what it sends. */
  readonly auth?: Authentication;
  readonly pace?: NonNullable<OutboxOptions['pace']>;
  readonly backoff?: NonNullable<OutboxOptions['backoff']>;
  readonly leaseTimes?: NonNullable<OutboxOptions['leaseTimes']>;
  /** How much one person may ask. */
  readonly personLimits?: PersonLimits;
  /** Where `cards/` and `data/` are; the folder the bot is started in. */
  readonly root?: string;
}

export interface App {
  readonly services: Services;
  /** Starts to listen; gives the address. */
  listen(): Promise<string>;
  /** Runs a job now. */
  runJob(name: string, options: { dryRun: boolean }): Promise<string>;
  /** Resolves when nothing more is due to be sent. */
  drain(): Promise<void>;
  /**
   * Says no on `/ready` and hands over sending; after `DRAIN_SECONDS` stops accepting, finishes what is under way and
   * lets go of the records.
   */
  close(): Promise<void>;
}

/** Asked dozens of times a turn: a moment is put into words once. */
function systemClock(): Clock {
  let ms = Number.NaN;
  let instant = '';
  return {
    now() {
      const now = Date.now();
      if (now !== ms) instant = new Date(now).toISOString();
      ms = now;
      return instant;
    },
  };
}

/** More than any turn takes; a connection that is still open then has nothing under way, or is held open. */
const lastAnswersMs = 10_000;

/** Wires everything. */
export async function createApp(config: Config, parts: Parts = {}): Promise<App> {
  const log = parts.log ?? pino({ level: config.LOG_LEVEL, base: null });
  const clock = parts.clock ?? systemClock();
  // ulid's own source asks the system for each of the 16 letters.
  const ids = { next: monotonicFactory(() => randomInt(32) / 32) };
  const root = parts.root ?? process.cwd();
  const calendar = readCalendar(`${root}/data`);
  const convention = readConvention(config.CONVENTION_FILE, new Set(calendar.academies.map((a) => a.code)));
  const render = createCards(`${root}/cards`);
  const store = parts.store ?? (await openStore(config, clock, log));

  const authentication = parts.auth ?? createAuthentication(config);
  const app = { auth: authentication.outgoing, appId: config.MicrosoftAppId ?? '' };
  const connectorFor = createConnectors({ ...app, connections: 'shared' });
  const directory = createDirectory({
    store,
    clock,
    log,
    membersOf: async (teamId, serviceUrl) => readMembers(await connectorFor(serviceUrl), teamId),
    tenantId: config.MicrosoftAppTenantId,
    coordinators: config.COORDINATORS,
    admins: config.ADMINS,
    ages: convention.roster,
    open: !config.MicrosoftAppId,
  });
  const services: Services = {
    store,
    clock,
    ids,
    convention,
    calendar,
    schools: lazySchools(config.SCHOOLS_FILE),
    directory,
    textIn,
    owe: (tx, message) => owe(tx, message, { clock, ids }),
  };

  const metrics = createMetrics();
  const draw = async (message: OutboxMessage, reader: Reader) => {
    const [feature = '', name = ''] = message.message.split('.');
    const drawMessage = features.find((f) => f.name === feature)?.messages?.[name];
    if (!drawMessage) throw new Error(`no feature draws the message "${message.message}"`);
    const card = await drawMessage(message, reader, services);
    return card && (() => render(card));
  };
  // A post that may or may not have arrived is a matter for people, and cannot be sent again.
  const messenger = createMessenger({ connectorFor: createConnectors({ ...app, connections: 'own' }), log });
  const outbox = createOutbox({
    store,
    messenger,
    draw,
    clock,
    log,
    sole: !config.DATABASE_URL,
    places: {
      onGone: (tx, id) => placesGone(tx, [id], services),
      onReached: (tx, id) => placeReached(tx, id, services),
    },
    onResult: (outcome, op) => metrics.sent.inc({ outcome, op }),
    ...(parts.pace ? { pace: parts.pace } : {}),
    ...(parts.backoff ? { backoff: parts.backoff } : {}),
    ...(parts.leaseTimes ? { leaseTimes: parts.leaseTimes } : {}),
  });
  let stopping = false;
  const limits = parts.personLimits ?? personLimits;
  const bot = createBot({ features, services, render, messenger, limits, log });
  const server = createServer({
    authentication,
    appId: app.appId,
    maxConnections: config.MAX_CONNECTIONS,
    maxConnectionsPerAddress: config.MAX_CONNECTIONS_PER_ADDRESS,
    connectorFor,
    log,
    bot,
    tenantId: config.MicrosoftAppTenantId,
    metrics: metrics.registry,
    ready: () => (stopping ? Promise.reject(new Error('it is being stopped')) : store.check()),
    isStopping: () => stopping,
    onTurn: (type, seconds, status) => {
      // What was refused has caused nothing to be sent.
      if (status < 400 || status === 500) outbox.wake();
      if (status === 200) jobs.trustClock();
      metrics.turns.observe({ type, status: String(status) }, seconds);
    },
  });

  const jobs = createJobs(services, log, outbox.wake);

  const stopServer = async (): Promise<void> => {
    // A server that never listened does not say that it is closed.
    if (!server.listening) return;
    if (config.DRAIN_SECONDS > 0) await pause(config.DRAIN_SECONDS * 1_000);
    const cut = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearTimeout(cut);
  };

  return {
    services,
    runJob: jobs.run,
    drain: () => outbox.drain(),
    listen: async () => {
      const host = config.HOST ?? (config.MicrosoftAppId ? undefined : '127.0.0.1');
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.PORT, host, () => resolve());
      });
      outbox.start();
      void directory.refresh();
      await jobs.start();
      const { port } = server.address() as AddressInfo;
      const address = `http://${host ?? '127.0.0.1'}:${port}`;
      if (!config.MicrosoftAppId)
        log.warn(
          { address },
          'no MicrosoftAppId: a local trial, listening on loopback only, nobody is checked',
        );
      log.info({ address, company: convention.company }, 'Passerelle listens');
      return address;
    },
    close: async () => {
      jobs.stop();
      stopping = true;
      await Promise.all([stopServer(), outbox.stop()]);
      await store.close();
    },
  };
}

async function openStore(config: Config, clock: Clock, log: Log): Promise<Store> {
  if (config.DATABASE_URL) {
    // Read only when it is used: a start without it is that much sooner.
    const { openPostgresStore } = await import('./storage/postgres/index.js');
    return openPostgresStore({ url: config.DATABASE_URL });
  }
  return openLowdbStore({ file: config.DATA_FILE, clock, log: { warn: (text) => log.warn({}, text) } });
}
