import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { createSystemClock } from './clock.js';
import { type Config, requireDatabaseUrl } from './config.js';
import { createOutbox, enqueue, type OutboxOptions } from './delivery/outbox.js';
import { createConventionReader } from './features/convention/in-force.js';
import { createCalendarReader } from './features/events/now.js';
import type { Services } from './features/feature.js';
import { features } from './features/index.js';
import { onPlaceReached, onPlacesGone } from './features/setup/lost-channel.js';
import { createIds } from './ids.js';
import { createJobs } from './jobs.js';
import { startServer, stopServer } from './listen.js';
import { createMetrics } from './metrics.js';
import type { Clock, Store } from './ports.js';
import { readCalendar } from './reference/calendar/read-calendar.js';
import { readConvention } from './reference/convention.js';
import { openSchools } from './reference/schools/school-list.js';
import { createScheduler } from './scheduler.js';
import { createSecrets } from './secrets.js';
import { keepAudit } from './storage/audit.js';
import { keepSettings } from './storage/audit-settings.js';
import { openStore } from './storage/index.js';
import { hideUnfinishedImports } from './storage/unfinished-imports.js';
import type { Reaction } from './teams/ai-marks.js';
import { type Authentication, createAuthentication } from './teams/authentication.js';
import { createBot, type Log } from './teams/bot.js';
import { type CardRenderer, createCards } from './teams/cards.js';
import { readCertificateEnd, warnOfEnd } from './teams/certificate-end.js';
import { createConnectors } from './teams/connectors.js';
import { readCertificate } from './teams/credentials.js';
import { createDirectory } from './teams/directory.js';
import type { FetchFile } from './teams/download.js';
import { createDraw } from './teams/draw-message.js';
import { createFileServer } from './teams/files.js';
import { readMembers } from './teams/members.js';
import { createMessenger } from './teams/messenger.js';
import { createSuggest, type ModelLimits, modelLimits } from './teams/model/suggest.js';
import { createNotice } from './teams/notice.js';
import { type PersonLimits, personLimits } from './teams/person-limit.js';
import { createServers } from './teams/server.js';
import { createLinkTaker } from './teams/take-link.js';
import { textIn } from './text/text.js';

/** What tests can replace. */
export interface Overrides {
  readonly clock?: Clock;
  readonly store?: Store;
  readonly log?: Log;
  /** Verifies who calls the bot, and signs what the bot sends. */
  readonly auth?: Authentication;
  readonly rateLimiter?: NonNullable<OutboxOptions['rateLimiter']>;
  readonly backoff?: NonNullable<OutboxOptions['backoff']>;
  readonly leaseTimes?: NonNullable<OutboxOptions['leaseTimes']>;
  /** How many requests one person may make. */
  readonly personLimits?: PersonLimits;
  /** Reads the files that people drop in their chats. */
  readonly fetchFile?: FetchFile;
  /** How long a language model may take, and how often one person may have it asked. */
  readonly modelLimits?: ModelLimits;
  /** Draws the cards: its templates need not be read again for each app of a process. */
  readonly render?: CardRenderer;
  /** The folder that holds `cards/` and `data/`; by default the working directory. */
  readonly root?: string;
}

export interface App {
  readonly services: Services;
  /** Starts listening; returns the address. */
  listen(): Promise<string>;
  /** Runs a job now; returns its summary. */
  runJob(name: string, options: { dryRun: boolean }): Promise<string>;
  /** Resolves when no message is due any more. */
  drain(): Promise<void>;
  /**
   * Fails `/ready` and hands sending over to another instance. After `DRAIN_SECONDS`, stops accepting connections,
   * waits for requests and messages in progress, and closes the store.
   */
  close(): Promise<void>;
}

/** Wires all parts together. */
export async function createApp(config: Config, parts: Overrides = {}): Promise<App> {
  const log = parts.log ?? pino({ level: config.LOG_LEVEL, base: null });
  const secretOf = createSecrets(config, (reason) =>
    log.warn({ reason }, 'a secret was not read again: the one that is known is used'),
  );
  const clock = parts.clock ?? createSystemClock();
  const ids = createIds();
  const root = parts.root ?? process.cwd();
  const calendar = readCalendar(`${root}/data`);
  const convention = readConvention(config.CONVENTION_FILE, calendar.academies);
  const render = parts.render ?? createCards(`${root}/cards`);
  const schools = openSchools(config.SCHOOLS_FILE);
  const opened =
    parts.store ??
    (await openStore({
      databaseUrl: secretOf('DATABASE_URL', requireDatabaseUrl),
      file: config.DATA_FILE,
      clock,
      log,
      report: { convention, calendar, schools },
    }));
  const store = keepAudit(hideUnfinishedImports(opened), { clock, ids });

  const password = secretOf('MicrosoftAppPassword');
  const certificate = secretOf('MicrosoftAppCertificate', readCertificate);
  const authentication = parts.auth ?? createAuthentication({ ...config, password, certificate });
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
  /** Once it listens, in a local trial. */
  let localAddress: string | undefined;
  const services: Services = {
    store,
    clock,
    ids,
    convention,
    conventionIn: createConventionReader(convention),
    calendar,
    calendarIn: createCalendarReader(calendar),
    schools,
    directory,
    textIn,
    links: {
      address: () => config.PUBLIC_URL ?? localAddress,
      newToken: () => randomBytes(24).toString('base64url'),
      throughTeams: Boolean(config.MicrosoftAppId),
    },
    features,
    enqueue: (tx, message) => enqueue(tx, message, { clock, ids }),
  };

  if (certificate) warnOfEnd(certificate(), { clock, log });
  const metrics = createMetrics(certificate && (() => readCertificateEnd(certificate())));
  // A post with an unknown outcome needs a person to decide, and cannot be retried.
  const messenger = createMessenger({ connectorFor: createConnectors({ ...app, connections: 'own' }), log });
  const outbox = createOutbox({
    store,
    messenger,
    draw: createDraw(services, render),
    clock,
    log,
    singleInstance: !config.DATABASE_URL,
    places: {
      onGone: (tx, id) => onPlacesGone(tx, [id], services),
      onReached: (tx, id) => onPlaceReached(tx, id, services),
    },
    onResult: (outcome, op) => metrics.sent.inc({ outcome, op }),
    ...(parts.rateLimiter ? { rateLimiter: parts.rateLimiter } : {}),
    ...(parts.backoff ? { backoff: parts.backoff } : {}),
    ...(parts.leaseTimes ? { leaseTimes: parts.leaseTimes } : {}),
  });
  let stopping = false;
  const limits = parts.personLimits ?? personLimits;
  const fetchFile = parts.fetchFile ?? fetch;
  const suggest = createSuggest({
    config,
    key: secretOf('AZURE_OPENAI_API_KEY') ?? secretOf('OPENAI_API_KEY'),
    services,
    limits: parts.modelLimits ?? modelLimits,
    log,
    onOutcome: (outcome) => metrics.sentences.inc({ outcome }),
  });
  const links = createLinkTaker(services);
  const bot = createBot({ features, services, render, messenger, limits, fetchFile, links, suggest, log });
  const serverOptions = {
    authentication,
    appId: app.appId,
    maxConnections: config.MAX_CONNECTIONS,
    maxConnectionsPerAddress: config.MAX_CONNECTIONS_PER_ADDRESS,
    connectorFor,
    log,
    bot,
    serveFile: createFileServer({ services, links, limits, log }),
    serveNotice: createNotice(services, suggest !== undefined),
    tenantId: config.MicrosoftAppTenantId,
    metrics: metrics.registry,
    ready: () => (stopping ? Promise.reject(new Error('it is being stopped')) : store.check()),
    isStopping: () => stopping,
    onFeedback: (reaction: Reaction) => metrics.feedback.inc({ reaction }),
    onTurn: (type: string, seconds: number, status: number) => {
      // A rejected request has enqueued nothing.
      if (status < 400 || status === 500) outbox.wake();
      if (status === 200) jobs.trustClock();
      metrics.turns.observe({ type, status: String(status) }, seconds);
    },
  };
  const { server, adminServer } = createServers(serverOptions, config.ADMIN_PORT !== undefined);
  const jobs = createJobs(services, createScheduler(services, log), log, outbox.wake);

  const stopServers = async (): Promise<void> => {
    if (server.listening && config.DRAIN_SECONDS > 0) await pause(config.DRAIN_SECONDS * 1_000);
    await stopServer(server);
    // Until now, it has said that this instance is stopping.
    if (adminServer) await stopServer(adminServer);
  };

  return {
    services,
    runJob: jobs.run,
    drain: async () => {
      await bot.idle();
      await outbox.drain();
    },
    listen: async () => {
      const host = config.HOST ?? (config.MicrosoftAppId ? undefined : '127.0.0.1');
      const port = await startServer(server, config.PORT, host);
      const adminPort = adminServer && (await startServer(adminServer, config.ADMIN_PORT ?? 0, host));
      const address = `http://${host?.includes(':') ? `[${host}]` : (host ?? '127.0.0.1')}:${port}`;
      if (!config.MicrosoftAppId) localAddress = address;
      outbox.start();
      void directory.refresh();
      const { ADMINS: admins, COORDINATORS: coordinators } = config;
      await keepSettings(store, { convention: [JSON.stringify(convention)], admins, coordinators }).catch(
        (error: unknown) =>
          log.warn({ err: error }, 'whether settings have changed is noted at the next start'),
      );
      await jobs.start();
      if (!config.MicrosoftAppId)
        log.warn(
          { address },
          'no MicrosoftAppId: a local trial, listening on loopback only, nobody is checked',
        );
      log.info(
        { address, ...(adminPort ? { adminPort } : {}), company: convention.company },
        'Passerelle listens',
      );
      return address;
    },
    close: async () => {
      jobs.stop();
      stopping = true;
      await Promise.all([stopServers(), outbox.stop()]);
      await bot.idle();
      await store.close();
    },
  };
}
