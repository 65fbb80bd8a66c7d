import { versionOf } from '../../domain/recheck.js';
import { dayAt } from '../../text/dates.js';
import { action, type Feature, type Job, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded.js';
import { readsRequests } from '../shared/coordination.js';
import { pageInput } from '../shared/list.js';
import { notCoordinator } from '../shared/refusals.js';
import { keyOfRun } from '../shared/runs.js';
import { brokenSince, listCard, listPage, toldCard } from './cards.js';
import { plannedPlacements, recheckSome } from './recheck.js';

/** So many at a time hold up nobody else. */
const atOnce = 50;

/**
 * Checks again what is planned when the rules, the calendars or the limits of the convention are not those it was
 * checked under: once per version.
 * Each change is told to who is concerned, and all that breaks is listed to the coordinators.
 */
const recheckJob: Job = {
  async run(services: Services, { dryRun }): Promise<string> {
    const { store, clock } = services;
    const version = versionOf(services.calendar, services.convention);
    const run = `recheck:${version}`;
    // By a clock that was ahead, placements that were still to come were taken for over.
    const key = await store.read((r) => keyOfRun(r, run, ({ early }) => !early));
    if (key === undefined) return `recheck: done for ${version}`;
    const ids = await store.read((r) => plannedPlacements(r, dayAt(clock.now())));
    const found = { broken: 0, confirmed: 0 };
    for (let first = 0; first < ids.length; first += atOnce) {
      const news = await recheckSome(ids.slice(first, first + atOnce), version, services, dryRun);
      found.broken += news.filter((n) => n === 'broken').length;
      found.confirmed += news.filter((n) => n === 'confirmed').length;
    }
    const said = `${ids.length} planned, ${found.broken} possible no more, ${found.confirmed} confirmed`;
    if (dryRun) return `recheck ${version}: ${said}; nothing was changed`;
    await store.transact(async (tx) => {
      await tx.put('jobs', { id: run, at: clock.now() });
      const channel = await tx.get('channels', 'coordinators');
      if (!channel) return;
      const { conversationId, lang } = channel;
      await services.owe(tx, { key, conversationId, lang, message: 'recheck.list', data: { version } });
    });
    return `recheck ${version}: ${said}`;
  },
};

/** Tells people when a calendar or an amendment makes planned placements impossible, or sure at last (article 3). */
export const recheck: Feature = {
  name: 'recheck',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    page: action({
      byRole: true,
      reads: true,
      input: pageInput.extend({ version: boundedId(100) }),
      run: async (actor, at, services) => {
        if (!(await readsRequests(actor, services))) throw notCoordinator(actor, 'refusal.notCoordinator');
        return services.store.read(async (reader) => {
          const broken = await brokenSince(at.version, reader, services);
          return listPage(broken, at, actor.lang, reader, services);
        });
      },
    }),
  },
  messages: { told: toldCard, list: listCard },
  jobs: { recheck: recheckJob },
};
